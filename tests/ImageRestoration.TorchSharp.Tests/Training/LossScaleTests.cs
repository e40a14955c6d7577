using ImageRestoration.TorchSharp;

namespace ImageRestoration.Tests.TorchSharp;

/// <summary>Scaling the loss changes nothing but what would be lost without.</summary>
public sealed class LossScaleTests
{
    [Theory]
    [InlineData(1)]
    [InlineData(65_536)]
    public async Task TrainAsync_PowersOfTwo_RepeatTheUnscaledRunBitByBit(double scale)
    {
        IReadOnlyList<TrainingProgress> plain = await TrainAsync(SmallRun.Options), scaled = await TrainAsync(SmallRun.Options with { LossScale = scale });
        Assert.Equal(plain.Select(step => step.Loss), scaled.Select(step => step.Loss));
        Assert.Equal(plain.Select(step => step.GradientNorm), scaled.Select(step => step.GradientNorm));
        Assert.All(plain, step => Assert.Empty(step.Terms));
        Assert.All(scaled, step => Assert.Equal(scale, step.Terms["loss scale"]));
    }

    [Fact]
    public async Task TrainAsync_GradientsOverflow_StepsChangeNothingUntilTheyDoNot()
    {
        double scale = Math.ScaleB(1, 126);
        TrainerOptions options = SmallRun.Options with { Steps = 30, LossScale = scale, Loss = new WeightedSumLoss(new LossTerm(new CharbonnierLoss(), 1e4)) };
        IReadOnlyList<TrainingProgress> steps = await TrainAsync(options), plain = await TrainAsync(options with { LossScale = null });
        int skipped = steps.TakeWhile(step => step.GradientNorm == 0).Count();
        Assert.InRange(skipped, 1, 20);
        Assert.All(steps.Take(skipped + 1).Index(), step => Assert.Equal(Math.ScaleB(scale, -step.Index), step.Item.Terms["loss scale"]));
        Assert.All(steps.Skip(skipped), step => Assert.Equal(Math.ScaleB(scale, -skipped), step.Terms["loss scale"]));
        Assert.Equal(plain[0].Loss, steps[0].Loss);
        Assert.NotEqual(plain[1].Loss, steps[1].Loss);
        Assert.All(steps.Skip(skipped), step => Assert.InRange(step.GradientNorm, 1e-3, 1e6));
    }

    [Fact]
    public void Note_OverflowsAndLongRunsWithout_HalveAndDouble()
    {
        var scaler = new LossScaler(4);
        for (int step = 1; step < LossScaler.GrowthInterval; step++)
        {
            Assert.True(scaler.Note(finite: true));
        }

        Assert.Equal(4, scaler.Scale);
        Assert.True(scaler.Note(finite: true));
        Assert.Equal(8, scaler.Scale);
        Assert.Equal(0, scaler.GoodSteps);
        Assert.True(scaler.Note(finite: true));
        Assert.True(scaler.Note(finite: false));
        Assert.Equal((4, 0), (scaler.Scale, scaler.GoodSteps));
        Assert.True(scaler.Note(finite: false));
        Assert.True(scaler.Note(finite: false));
        Assert.False(scaler.Note(finite: false));
    }

    [Theory]
    [InlineData(0.5)]
    [InlineData(3)]
    [InlineData(0)]
    [InlineData(double.NaN)]
    [InlineData(double.PositiveInfinity)]
    public void Constructor_NoPowerOfTwo_SaysWhatItMustBe(double scale)
    {
        var error = Assert.Throws<ArgumentException>(() => SmallRun.Create(SmallRun.Options with { LossScale = scale }));
        Assert.Contains("must be a power of two", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Constructor_Float16OnTheProcessor_NamesTheAlternatives()
    {
        var error = Assert.Throws<BackendUnavailableException>(() => SmallRun.Create(SmallRun.Options with { Precision = ComputePrecision.Float16 }));
        Assert.Contains("BFloat16, or a CUDA device", error.Message, StringComparison.Ordinal);
        Assert.Throws<BackendUnavailableException>(() => new TorchRestorer(SmallRun.Model(), new TorchOptions { Precision = ComputePrecision.Float16 }));
    }

    private static async Task<IReadOnlyList<TrainingProgress>> TrainAsync(TrainerOptions options)
    {
        var recorder = new SmallRun.Recorder();
        using Trainer trainer = SmallRun.Create(options);
        await trainer.TrainAsync(recorder);
        return recorder.Steps;
    }
}
