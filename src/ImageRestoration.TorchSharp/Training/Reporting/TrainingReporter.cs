using System.Collections.Frozen;
using System.Diagnostics;
using ImageRestoration.Data;
using ImageRestoration.Networks;

namespace ImageRestoration.TorchSharp;

/// <summary>
/// Measures a session of training and tells those who want to know after every step: the caller's progress and listeners to metrics.
/// </summary>
internal sealed class TrainingReporter
{
    private readonly IProgress<TrainingProgress>? _progress;
    private readonly TrainerOptions _options;
    private readonly TrainingState _state;
    private readonly double _patchesPerEpoch;
    private readonly long _patchesPerStep;
    private readonly long _firstStep;
    private readonly long _start = Stopwatch.GetTimestamp();
    private readonly KeyValuePair<string, object?>[] _tags;
    private long _stepStart = Stopwatch.GetTimestamp();
    private TimeSpan _waited;
    private int _patchSize;

    internal TrainingReporter(
        IProgress<TrainingProgress>? progress, Model model, PatchSampler sampler, TrainerOptions options, TrainingState state)
    {
        _progress = progress;
        _options = options;
        _state = state;
        _patchesPerEpoch = sampler.TurnsPerEpoch;
        _patchesPerStep = (long)sampler.Options.BatchSize * options.GradientAccumulation;
        _firstStep = state.Step;
        _tags = [
            new("model", model.Info.Name),
            new("task", model.Info.Task.ToString()),
            new("device", options.Device),
            new("precision", options.Precision.ToString())];
    }

    /// <summary>Notes a batch and how long it was waited for.</summary>
    internal void Add(TrainingBatch batch, TimeSpan waited)
    {
        _waited += waited;
        _patchSize = batch.Input.Width;
    }

    /// <summary>Tells of the step that is done.</summary>
    internal void Report(double loss, double learningRate, double gradientNorm, bool validated, Dictionary<string, double> terms)
    {
        long now = Stopwatch.GetTimestamp(), done = _state.Step - _firstStep;
        TimeSpan duration = Stopwatch.GetElapsedTime(_stepStart, now);
        _stepStart = now;
        bool isListenedTo = TrainingTelemetry.IsListenedTo;
        if (_progress is null && !isListenedTo)
        {
            return;
        }

        TimeSpan elapsed = Stopwatch.GetElapsedTime(_start, now);
        var progress = new TrainingProgress(
            _state.Step,
            _options.Steps,
            _state.Step * _patchesPerStep / _patchesPerEpoch,
            loss,
            learningRate,
            gradientNorm,
            _patchSize,
            done * _patchesPerStep / elapsed.TotalSeconds,
            _waited / elapsed,
            _state.Validations.Count > 0 ? _state.Validations[^1].Psnr : null,
            validated,
            elapsed,
            elapsed * ((double)(_options.Steps - _state.Step) / done))
        {
            Terms = terms.Count == 0 ? FrozenDictionary<string, double>.Empty : terms.ToFrozenDictionary(StringComparer.Ordinal),
        };
        if (isListenedTo)
        {
            Measure(progress, duration);
        }

        _progress?.Report(progress);
    }

    private void Measure(TrainingProgress progress, TimeSpan duration)
    {
        var tags = new TagList(_tags);
        TrainingTelemetry.StepCounter.Add(1, tags);
        TrainingTelemetry.PatchCounter.Add(_patchesPerStep, tags);
        TrainingTelemetry.StepDurationHistogram.Record(duration.TotalSeconds, tags);
        TrainingTelemetry.GradientNormHistogram.Record(progress.GradientNorm, tags);
        TrainingTelemetry.LossGauge.Record(progress.Loss, tags);
        TrainingTelemetry.LearningRateGauge.Record(progress.LearningRate, tags);
        TrainingTelemetry.PatchesPerSecondGauge.Record(progress.PatchesPerSecond, tags);
        TrainingTelemetry.DataWaitShareGauge.Record(progress.DataWaitShare, tags);
        if (progress.Validated)
        {
            TrainingTelemetry.ValidationPsnrGauge.Record(progress.ValidationPsnr!.Value, tags);
        }
    }
}
