using ImageRestoration.Imaging;
using ImageRestoration.Masking;
using ImageRestoration.OnnxRuntime;
using ImageRestoration.Quality.Robustness;
using ImageRestoration.Restoration;
using RestorationDemo;

namespace ImageRestoration.Models.Tests.Quality.Robustness;

public sealed class RobustnessTests
{
    private static readonly IReadOnlyList<RobustnessInput> Inputs = RobustnessInputs.Create([Photograph.Bundled[0].Path], rampLength: 256, photographSize: 96);

    public static TheoryData<string> Models => [.. PretrainedModels.All.Select(model => model.Name)];

    [Theory]
    [MemberData(nameof(Models))]
    public async Task Run_BundledModel_KeepsShapeRangeAndKnownPixels(string name)
    {
        using var restorer = new OnnxRestorer(PretrainedModels.Find(name).Load());

        var rows = new List<RobustnessRow>();
        foreach (RobustnessInput input in Inputs)
        {
            if (await RobustnessRun.RunAsync(restorer, input, "fingerprint", CancellationToken.None) is { } row)
            {
                rows.Add(row);
            }
        }

        Assert.True(rows.Count >= Inputs.Count - 2, $"{rows.Count} inputs were tried.");
        Assert.All(rows, row => Assert.True(row.Failures.Count == 0, $"{row.Input}: {string.Join("; ", row.Failures)}"));
        Assert.All(rows.Where(row => row.Input == RobustnessInputs.NothingMissing), row => Assert.Equal(0, row.MaxDeviation));
    }

    [Fact]
    public async Task Run_RestorerThatChangesNothing_IsIdenticalWithAllLevels()
    {
        using var restorer = new Fake(image => image.Clone());
        RobustnessInput ramp = Inputs.Single(input => input.IsRamp);

        RobustnessRow row = (await RobustnessRun.RunAsync(restorer, ramp, "fingerprint", CancellationToken.None))!;

        Assert.Equal((double.PositiveInfinity, 0, 256), (row.LeastPsnr, row.MaxDeviation, row.Levels));
        Assert.Equal(1, row.LargestStep!.Value, 0.001);
    }

    [Theory]
    [InlineData(float.NaN, "not finite")]
    [InlineData(float.PositiveInfinity, "not finite")]
    [InlineData(1.01f, "outside of [0, 1]")]
    [InlineData(-0.01f, "outside of [0, 1]")]
    public async Task Run_OneBadValue_Fails(float value, string message)
    {
        using var restorer = new Fake(image =>
        {
            ImageTensor result = image.Clone();
            result.Span[^1] = value;
            return result;
        });

        RobustnessRow row = (await RobustnessRun.RunAsync(restorer, Inputs.Single(input => input.Name == "black"), "fingerprint", CancellationToken.None))!;

        Assert.Contains(message, row.Failures[0]);
        Assert.Null(row.LeastPsnr);
    }

    [Fact]
    public async Task Run_OtherShapeOrCrash_FailsAndGoesOn()
    {
        using var smaller = new Fake(_ => ImageTensor.Create(ImageShape.Single(3, 2, 2)));
        using var crash = new Fake(_ => throw new InvalidOperationException("no kernel"));
        RobustnessInput tiny = Inputs.Single(input => input.Pictures.Count == 49);

        RobustnessRow shape = (await RobustnessRun.RunAsync(smaller, tiny, "fingerprint", CancellationToken.None))!;
        RobustnessRow thrown = (await RobustnessRun.RunAsync(crash, tiny, "fingerprint", CancellationToken.None))!;

        Assert.Contains("1×1", shape.Failures[0]);
        Assert.Contains("no kernel", thrown.Failures[0]);
    }

    [Fact]
    public void Check_KnownPixelChanged_IsAFailureAndAMissingOneIsNot()
    {
        using ImageTensor picture = TestImages.CreateConstant(0.5f), result = TestImages.CreateConstant(0.5f);
        var mask = new Mask(picture.Height, picture.Width) { [0, 0] = true };
        result.Span[0] = 0.25f;
        Assert.Empty(RobustnessRun.Check(picture, mask, result));

        result.Span[1] = 0.25f;
        Assert.Equal("1 known values changed", Assert.Single(RobustnessRun.Check(picture, mask, result)));
    }

    private sealed class Fake(Func<ImageTensor, ImageTensor> restore) : IRestorer
    {
        public RestorerInfo Info { get; } = new("fake", RestorationTask.Denoise, Channels: 3, TakesMask: false, "none", "cpu");

        public Task<RestorationResult> RestoreAsync(RestorationRequest request, RestorationOptions? options = null, CancellationToken cancellationToken = default)
            => Task.FromResult(new RestorationResult(restore(request.Image), TimeSpan.Zero));

        public void Dispose()
        {
        }
    }
}
