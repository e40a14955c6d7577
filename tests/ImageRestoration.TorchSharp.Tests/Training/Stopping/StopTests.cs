using ImageRestoration.TorchSharp;

namespace ImageRestoration.Tests.TorchSharp;

public sealed class StopTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("stop-tests").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Theory]
    [InlineData(1, 2)]
    [InlineData(2, 3)]
    [InlineData(4, 5)]
    [InlineData(0.1, 1)]
    public async Task TrainAsync_Epochs_DrawsEveryPictureSoOften(double epochs, long steps)
    {
        // 5 pictures in batches of 4.
        using Trainer trainer = SmallRun.Create(SmallRun.Options with { Epochs = epochs });
        var progress = new SmallRun.Recorder();
        Assert.Null(trainer.StopReason);
        await trainer.TrainAsync(progress);

        Assert.Equal((steps, steps, TrainingStopReason.LastStep), (trainer.Steps, trainer.Step, trainer.StopReason));
        Assert.Equal(steps * 0.8, progress.Steps[^1].Epoch, 1e-12);
    }

    [Fact]
    public async Task TrainAsync_EpochsWithAccumulation_CountsAllBatchesOfAStep()
    {
        using Trainer trainer = SmallRun.Create(SmallRun.Options with { Epochs = 4, GradientAccumulation = 2 });
        var progress = new SmallRun.Recorder();
        await trainer.TrainAsync(progress);

        Assert.Equal(3, trainer.Step);
        Assert.Equal(4.8, progress.Steps[^1].Epoch, 1e-12);
    }

    [Fact]
    public async Task Resume_RunByEpochs_IsThatOfAsManySteps()
    {
        string path = Path.Combine(_folder, "epochs.checkpoint");
        using (Trainer trainer = SmallRun.Create(SmallRun.Options with { Epochs = 4, CheckpointPath = path }))
        {
            await trainer.TrainAsync();
        }

        using Trainer same = SmallRun.Create(SmallRun.Options with { Steps = 5 });
        same.Resume(path);
        Assert.Equal(TrainingStopReason.LastStep, same.StopReason);
    }

    [Fact]
    public async Task TrainAsync_LossNoLongerFalls_StopsAtTheSameStepAlsoWhenResumed()
    {
        // The learning rate is next to nothing, so the loss of windows only scatters and some window is soon no better than the one before.
        string path = Path.Combine(_folder, "converged.checkpoint");
        TrainerOptions options = SmallRun.Options with
        {
            Steps = 200, LearningRate = 1e-9, MinimumLearningRate = 0, ConvergenceTolerance = 0.02, ConvergenceWindow = 7, CheckpointPath = path, CheckpointInterval = 5,
            Validation = SmallRun.Validation(), ValidationInterval = 1000,
        };
        long end;
        using (Trainer whole = SmallRun.Create(options))
        {
            var progress = new SmallRun.Recorder();
            await whole.TrainAsync(progress);
            end = whole.Step;
            Assert.Equal(TrainingStopReason.Converged, whole.StopReason);
            Assert.Equal(0, end % 7);
            Assert.InRange(end, 14, 199);
            double[] means = [.. progress.Steps.Chunk(7).Select(w => w.Average(s => s.Loss))];
            Assert.True(means[^2] - means[^1] < 0.02 * means[^2]);
            Assert.All(means.Zip(means.Skip(1)).SkipLast(1), pair => Assert.True(pair.First - pair.Second >= 0.02 * pair.First));
            Assert.True(progress.Steps[^1].Validated, "The last step is validated, whatever ends the run.");
        }

        using (Trainer cancelled = SmallRun.Create(options))
        using (var cancellation = new CancellationTokenSource())
        {
            await Assert.ThrowsAnyAsync<OperationCanceledException>(() => cancelled.TrainAsync(new Canceller(cancellation, 11), cancellation.Token));
            Assert.Null(cancelled.StopReason);
        }

        using Trainer resumed = SmallRun.Create(options);
        resumed.Resume(path);
        Assert.Equal(11, resumed.Step);
        await resumed.TrainAsync();
        Assert.Equal((end, TrainingStopReason.Converged), (resumed.Step, resumed.StopReason));
    }

    /// <summary>Asked without a pause from another thread while scores are added.</summary>
    [Fact]
    public async Task StopReason_AskedWhileTraining_IsNullUntilTheEnd()
    {
        TrainerOptions options = SmallRun.Options with { Steps = 300, LearningRate = 1e-4, Validation = SmallRun.Validation(), ValidationInterval = 1, EarlyStoppingPatience = 100 };
        using Trainer trainer = SmallRun.Create(options);
        Task training = trainer.TrainAsync();
        long asked = 0;
        while (!training.IsCompleted)
        {
            TrainingStopReason? reason = trainer.StopReason;
            Assert.True(reason is null || trainer.Step == 300, $"{reason} at step {trainer.Step}");
            asked++;
        }

        await training;
        Assert.True(asked > 300);
        Assert.Equal(TrainingStopReason.LastStep, trainer.StopReason);
    }

    [Fact]
    public async Task TrainAsync_ScoreNoLongerRises_SaysSo()
    {
        // A learning rate that destroys the network: the first score stays the best.
        TrainerOptions options = SmallRun.Options with { Steps = 40, LearningRate = 0.5, Validation = SmallRun.Validation(), ValidationInterval = 2, EarlyStoppingPatience = 2, EmaDecay = 0 };
        using Trainer trainer = SmallRun.Create(options);
        var progress = new SmallRun.Recorder();
        await trainer.TrainAsync(progress);

        Assert.Equal(TrainingStopReason.NoBetterScore, trainer.StopReason);
        double[] scores = [.. progress.Steps.Where(s => s.Validated).Select(s => s.ValidationPsnr!.Value)];
        Assert.Equal(scores.Length - 3, Array.IndexOf(scores, scores.Max()));
    }

    [Fact]
    public async Task TrainAsync_CancelledBeforeAValidation_KeepsItsScoreInTheCheckpoint()
    {
        string path = Path.Combine(_folder, "validated.checkpoint");
        using var cancellation = new CancellationTokenSource();
        TrainerOptions options = SmallRun.Options with { CheckpointPath = path, Validation = SmallRun.Validation(), ValidationInterval = 3 };
        using (Trainer trainer = SmallRun.Create(options with { Loss = new CancellingLoss(cancellation, step: 2) }))
        {
            await Assert.ThrowsAnyAsync<OperationCanceledException>(() => trainer.TrainAsync(null, cancellation.Token));
        }

        using Trainer resumed = SmallRun.Create(options);
        resumed.Resume(path);
        Assert.Equal(3, resumed.Step);
        var progress = new SmallRun.Recorder();
        await resumed.TrainAsync(progress);
        Assert.NotNull(progress.Steps[0].ValidationPsnr);
        Assert.False(progress.Steps[0].Validated);
    }

    [Theory]
    [InlineData("7 3 0.5 0.25 -1", true)]
    [InlineData("9 3 0.5 0.25 1", true)]
    [InlineData("7 0 0  ", true)]
    [InlineData("7 7 0.5 0.25 1", false)]
    [InlineData("7 3 x 0.25 1", false)]
    [InlineData("7 3  0.25 1", false)]
    [InlineData("7 3 NaN 0.25 1", false)]
    [InlineData("7 3 0.5 0.25", false)]
    public void LossWindows_SavedText_IsReadExactlyOrRefused(string text, bool valid)
    {
        var windows = new LossWindows(7);
        Assert.Equal(valid, windows.TryLoad(text));

        // Windows of another length begin anew.
        Assert.Equal(valid && text[0] == '7' ? text : "7 0 0  ", windows.Save());
    }

    [Fact]
    public void HasConverged_Tolerance_IsAShareOfTheWindowBefore()
    {
        var windows = new LossWindows(2);
        double[] losses = [1.2, 0.8, 0.9, 0.91];
        foreach (double loss in losses)
        {
            Assert.False(windows.HasConverged(0.999));
            windows.Add(loss);
        }

        // From 1 to 0.905.
        Assert.True(windows.HasConverged(0.1));
        Assert.False(windows.HasConverged(0.09));
        Assert.False(windows.HasConverged(0));
    }

    [Fact]
    public void Constructor_BadStops_ReportsAllErrorsTogether()
    {
        var error = Assert.Throws<ArgumentException>(() => SmallRun.Create(new TrainerOptions { Epochs = 0, ConvergenceTolerance = 1, ConvergenceWindow = 0, OnValidated = _ => { } }));
        Assert.All(["Epochs is 0", "ConvergenceTolerance is 1", "ConvergenceWindow is 0", "OnValidated"], part => Assert.Contains(part, error.Message, StringComparison.Ordinal));
    }

    private sealed class Canceller(CancellationTokenSource cancellation, long step) : IProgress<TrainingProgress>
    {
        public void Report(TrainingProgress value)
        {
            if (value.Step == step)
            {
                cancellation.Cancel();
            }
        }
    }

    /// <summary>The default loss; cancels while a step runs.</summary>
    private sealed class CancellingLoss(CancellationTokenSource cancellation, long step) : Loss
    {
        private readonly CharbonnierLoss _loss = new();

        public override string Description => _loss.Description;

        public override global::TorchSharp.torch.Tensor Compute(LossInput input)
        {
            if (input.Step == step)
            {
                cancellation.Cancel();
            }

            return _loss.Compute(input);
        }
    }
}
