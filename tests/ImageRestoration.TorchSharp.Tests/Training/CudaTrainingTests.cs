using ImageRestoration.Imaging;
using ImageRestoration.Restoration;
using ImageRestoration.TorchSharp;
using static TorchSharp.torch;

namespace ImageRestoration.Tests.TorchSharp;

/// <summary>On a CUDA device, training and restoring do what they do on the processor.</summary>
[Trait("Device", "Cuda")]
public sealed class CudaTrainingTests
{
    private const int Steps = 100;

    /// <summary>The same batches from the same weights: the curves part only by rounding.</summary>
    [SkippableTheory]
    [InlineData(ComputePrecision.Float32, 0.01)]
    [InlineData(ComputePrecision.BFloat16, 0.05)]
    [InlineData(ComputePrecision.Float16, 0.05)]
    public async Task TrainAsync_HundredSteps_FollowTheProcessorsLosses(ComputePrecision precision, double tolerance)
    {
        SkipWithoutDevice();
        TrainerOptions options = SmallRun.Options with { Steps = Steps };
        IReadOnlyList<TrainingProgress> host = await TrainAsync(options), device = await TrainAsync(options with { Device = "cuda", Precision = precision });
        Assert.Equal(Steps, device.Count);
        Assert.All(host.Zip(device), pair => Assert.Equal(pair.First.Loss, pair.Second.Loss, tolerance * pair.First.Loss));
    }

    [SkippableTheory]
    [InlineData(ComputePrecision.Float32, 1e-3)]
    [InlineData(ComputePrecision.BFloat16, 0.02)]
    [InlineData(ComputePrecision.Float16, 5e-3)]
    public async Task RestoreAsync_EqualsTheProcessor(ComputePrecision precision, double tolerance)
    {
        SkipWithoutDevice();
        using ImageTensor picture = ImageTensor.Create(ImageShape.Single(3, 61, 83));
        new SyntheticPictures(1, 3, 61, 83).Read(0, 0, 0, 61, 83, picture.Span);
        using TorchRestorer host = new(SmallRun.Model()), device = new(SmallRun.Model(), new TorchOptions { Device = "cuda", Precision = precision });
        using RestorationResult expected = await host.RestoreAsync(new RestorationRequest(picture)), actual = await device.RestoreAsync(new RestorationRequest(picture));
        double largest = expected.Image.Span.ToArray().Zip(actual.Image.Span.ToArray(), (a, b) => Math.Abs((double)a - b)).Max();
        Assert.InRange(largest, 0, tolerance);
    }

    [SkippableFact]
    public async Task Resume_OfACheckpointOfTheDevice_GoesOnWhereItWas()
    {
        SkipWithoutDevice();
        string folder = Directory.CreateTempSubdirectory("cuda-tests").FullName;
        try
        {
            string path = Path.Combine(folder, "run.checkpoint");
            TrainerOptions options = SmallRun.Options with { Device = "cuda", Precision = ComputePrecision.Float16, CheckpointPath = path };
            IReadOnlyList<TrainingProgress> steps = await TrainAsync(options);
            using Trainer resumed = SmallRun.Create(options);
            resumed.Resume(path);
            Assert.Equal(steps.Count, resumed.Step);
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    private static void SkipWithoutDevice() => Skip.IfNot(cuda.is_available(), "libtorch finds no CUDA device.");

    private static async Task<IReadOnlyList<TrainingProgress>> TrainAsync(TrainerOptions options)
    {
        var recorder = new SmallRun.Recorder();
        using Trainer trainer = SmallRun.Create(options);
        await trainer.TrainAsync(recorder);
        return recorder.Steps;
    }
}
