using ImageRestoration.Imaging;
using ImageRestoration.Metrics;
using ImageRestoration.TorchSharp;

namespace ImageRestoration.Tests.TorchSharp;

public sealed class ValidationReportTests
{
    [Fact]
    public async Task OnValidated_EachValidation_HasItsPicturesSideBySide()
    {
        ValidationSet set = SmallRun.Validation(count: 3);
        var seen = new List<ValidationScore>();
        ImageTensor? kept = null;
        TrainerOptions options = SmallRun.Options with { Steps = 5, Validation = set, ValidationInterval = 2, OnValidated = Check };
        using Trainer trainer = SmallRun.Create(options);
        var progress = new SmallRun.Recorder();
        await trainer.TrainAsync(progress);

        Assert.Equal(progress.Steps.Where(s => s.Validated).Select(s => new ValidationScore(s.Step, s.ValidationPsnr!.Value)), seen);
        Assert.Equal([2L, 4, 5], seen.Select(s => s.Step));
        Assert.Throws<ObjectDisposedException>(() => kept!.Span.Length);

        void Check(ValidationReport report)
        {
            seen.Add(report.Score);
            kept = report.Restored[0];
            Assert.Equal(report.Score.Psnr, report.Pictures.Zip(report.Restored).Average(p => Psnr.Compute(p.First.Clean, p.Second)), 1e-9);
            using ImageTensor grid = report.CreateGrid(count: 2);

            // Pictures of 20×24 and 21×24 with margins of 4.
            Assert.Equal(ImageShape.Single(3, 4 + 20 + 4 + 21 + 4, 4 + (3 * 28)), grid.Shape);
            Assert.Equal(set.Pictures[1].Degraded.Row(0, 1, 7).ToArray(), grid.Row(0, 1, 28 + 7).Slice(4, 24).ToArray());
            Assert.Equal(report.Restored[1].Row(0, 1, 7).ToArray(), grid.Row(0, 1, 28 + 7).Slice(32, 24).ToArray());
            Assert.Equal(set.Pictures[1].Clean.Row(0, 1, 7).ToArray(), grid.Row(0, 1, 28 + 7).Slice(60, 24).ToArray());
        }
    }
}
