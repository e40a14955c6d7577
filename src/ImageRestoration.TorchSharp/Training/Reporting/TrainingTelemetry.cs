using System.Diagnostics.Metrics;

namespace ImageRestoration.TorchSharp;

/// <summary>
/// Names of the metrics that <see cref="Trainer"/> gives after every step, for those who listen to them. Nothing is computed for them while
/// nobody does.
/// </summary>
/// <remarks>Every measurement carries the tags <c>model</c> (its name), <c>task</c>, <c>device</c> and <c>precision</c>.</remarks>
public static class TrainingTelemetry
{
    /// <summary>Name of the <see cref="System.Diagnostics.Metrics.Meter"/>.</summary>
    public const string Name = "ImageRestoration.Training";

    /// <summary>Name of the counter of training steps.</summary>
    public const string Steps = "image_restoration.training.steps";

    /// <summary>Name of the counter of patches trained on.</summary>
    public const string Patches = "image_restoration.training.patches";

    /// <summary>Name of the histogram of the duration of steps in seconds, waiting for data, validation and checkpoint included.</summary>
    public const string StepDuration = "image_restoration.training.step.duration";

    /// <summary>Name of the histogram of the norm of all gradients before clipping.</summary>
    public const string GradientNorm = "image_restoration.training.gradient_norm";

    /// <summary>Name of the gauge of the latest batch's loss.</summary>
    public const string Loss = "image_restoration.training.loss";

    /// <summary>Name of the gauge of the learning rate.</summary>
    public const string LearningRate = "image_restoration.training.learning_rate";

    /// <summary>Name of the gauge of the validation score in dB; given when one is measured.</summary>
    public const string ValidationPsnr = "image_restoration.training.validation.psnr";

    /// <summary>Name of the gauge of patches per second since training started or was resumed.</summary>
    public const string PatchesPerSecond = "image_restoration.training.throughput";

    /// <summary>Name of the gauge of the share of time spent waiting for data, in [0, 1], since training started or was resumed.</summary>
    public const string DataWaitShare = "image_restoration.training.data_wait";

    private static readonly Meter _meter = new(Name);

    internal static Counter<long> StepCounter { get; } = _meter.CreateCounter<long>(Steps, "{step}", "Training steps.");

    internal static Counter<long> PatchCounter { get; } = _meter.CreateCounter<long>(Patches, "{patch}", "Patches trained on.");

    internal static Histogram<double> StepDurationHistogram { get; } = _meter.CreateHistogram(
        StepDuration,
        "s",
        "Duration of training steps.",
        tags: null,
        new InstrumentAdvice<double> { HistogramBucketBoundaries = [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30] });

    internal static Histogram<double> GradientNormHistogram { get; } = _meter.CreateHistogram(
        GradientNorm,
        "1",
        "Norm of all gradients before clipping.",
        tags: null,
        new InstrumentAdvice<double> { HistogramBucketBoundaries = [0.001, 0.003, 0.01, 0.03, 0.1, 0.3, 1, 3, 10, 30, 100] });

    internal static Gauge<double> LossGauge { get; } = _meter.CreateGauge<double>(Loss, "1", "Loss of the latest batch.");

    internal static Gauge<double> LearningRateGauge { get; } = _meter.CreateGauge<double>(LearningRate, "1", "Learning rate.");

    internal static Gauge<double> ValidationPsnrGauge { get; } = _meter.CreateGauge<double>(
        ValidationPsnr, "dB", "PSNR of the validation pictures.");

    internal static Gauge<double> PatchesPerSecondGauge { get; } = _meter.CreateGauge<double>(
        PatchesPerSecond, "{patch}/s", "Patches trained on per second.");

    internal static Gauge<double> DataWaitShareGauge { get; } = _meter.CreateGauge<double>(
        DataWaitShare, "1", "Share of time spent waiting for data.");

    /// <summary>Whether anybody listens to any of them.</summary>
    internal static bool IsListenedTo
        => StepCounter.Enabled
            || PatchCounter.Enabled
            || StepDurationHistogram.Enabled
            || GradientNormHistogram.Enabled
            || LossGauge.Enabled
            || LearningRateGauge.Enabled || ValidationPsnrGauge.Enabled || PatchesPerSecondGauge.Enabled || DataWaitShareGauge.Enabled;
}
