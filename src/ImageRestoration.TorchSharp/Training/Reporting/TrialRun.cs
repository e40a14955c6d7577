using System.Diagnostics;
using ImageRestoration.Data;
using ImageRestoration.Networks;

namespace ImageRestoration.TorchSharp;

/// <summary>Runs a few steps with each patch size of a run, on copies of its weights.</summary>
internal static class TrialRun
{
    // The first steps allocate, and libtorch chooses its kernels in them.
    private const int WarmupSteps = 2;

    internal static async Task<TrainingMeasurement> MeasureAsync(
        Model model, PatchSampler sampler, TrainerOptions options, int steps, CancellationToken cancellationToken)
    {
        long allSteps = options.StepsFor(sampler), patchesPerStep = (long)sampler.Options.BatchSize * options.GradientAccumulation;
        TimeSpan duration = TimeSpan.Zero;
        double waited = 0;
        foreach ((long first, long count) in Phases(sampler, options.GradientAccumulation, allSteps))
        {
            (double seconds, double waitSeconds) = await MeasureStepAsync(model, sampler, options, first, steps, cancellationToken)
                .ConfigureAwait(false);
            duration += TimeSpan.FromSeconds(seconds * count);
            waited += waitSeconds * count;
        }

        double patchesPerSecond = allSteps * patchesPerStep / duration.TotalSeconds;
        using Process process = Process.GetCurrentProcess();
        return new TrainingMeasurement(
            patchesPerSecond,
            TimeSpan.FromSeconds(sampler.TurnsPerEpoch / patchesPerSecond),
            duration,
            waited / duration.TotalSeconds,
            process.PeakWorkingSet64);
    }

    /// <summary>First step and number of steps of each patch size.</summary>
    private static IEnumerable<(long First, long Count)> Phases(PatchSampler sampler, int batchesPerStep, long steps)
    {
        // Patch sizes are given by batch; a step's batches may differ in size, which matters to a single step.
        long[] starts = [.. sampler.Options.PatchSizes.Select(p => (p.FromStep + batchesPerStep - 1) / batchesPerStep)
            .Where(first => first < steps), steps];
        return starts.Zip(starts.Skip(1), (first, next) => (first, next - first)).Where(phase => phase.Item2 > 0);
    }

    /// <summary>Seconds of a step, and of waiting for data in it.</summary>
    private static async Task<(double Seconds, double WaitSeconds)> MeasureStepAsync(
        Model model, PatchSampler sampler, TrainerOptions options, long first, int steps, CancellationToken cancellationToken)
    {
        // A learning rate of next to nothing: the weights stay finite whatever the recipe, at the same cost.
        TrainerOptions trial = options with
        {
            Steps = first + WarmupSteps + steps,
            Epochs = null,
            LearningRate = 1e-12,
            MinimumLearningRate = 0,
            WarmupSteps = 0,
            Schedule = new ConstantSchedule(),
            CheckpointPath = null,
            Validation = null,
            OnValidated = null,
            EarlyStoppingPatience = null,
            ConvergenceTolerance = null,
            BestModelPath = null,
        };
        var recorder = new Recorder();
        using var trainer = new Trainer(model, sampler, trial);
        trainer.SkipTo(first);
        await trainer.TrainAsync(recorder, cancellationToken).ConfigureAwait(false);
        TrainingProgress start = recorder.Steps[WarmupSteps - 1], end = recorder.Steps[^1];
        return (
            (end.Elapsed - start.Elapsed).TotalSeconds / steps,
            ((end.DataWaitShare * end.Elapsed) - (start.DataWaitShare * start.Elapsed)).TotalSeconds / steps);
    }

    private sealed class Recorder : IProgress<TrainingProgress>
    {
        internal List<TrainingProgress> Steps { get; } = [];

        public void Report(TrainingProgress value) => Steps.Add(value);
    }
}
