using System.Diagnostics;
using System.Diagnostics.Metrics;

namespace ImageRestoration.Restoration;

/// <summary>Names of the metrics and traces that <see cref="TelemetryRestorer"/> gives, for those who listen to them.</summary>
/// <remarks>
/// Every measurement and activity carries the tags <c>restorer</c> (name that it is registered by, or of its model), <c>backend</c>,
/// <c>device</c> and <c>task</c> (of <see cref="RestorerInfo"/>); after an exception, also <c>error.type</c> with the exception's full
/// name. Activities are called <see cref="Activity"/> and carry, besides, <c>batch</c>, <c>channels</c>, <c>height</c>, <c>width</c>,
/// <c>masked</c> and, after success, <c>compute_seconds</c>.
/// </remarks>
public static class RestorationTelemetry
{
    /// <summary>Name of <see cref="System.Diagnostics.Metrics.Meter"/> and <see cref="System.Diagnostics.ActivitySource"/>.</summary>
    public const string Name = "ImageRestoration";

    /// <summary>Name of the activity around a call.</summary>
    public const string Activity = "image_restoration.restore";

    /// <summary>Name of the histogram of calls' durations in seconds; those that ended with an exception carry <c>error.type</c>.</summary>
    public const string Duration = "image_restoration.restore.duration";

    /// <summary>Name of the counter of pixels restored: batch × height × width of the calls that succeeded.</summary>
    public const string Pixels = "image_restoration.restore.pixels";

    /// <summary>Name of the counter of calls that failed. Cancelled ones are not failures.</summary>
    public const string Failures = "image_restoration.restore.failures";

    private static readonly Meter _meter = new(Name);

    internal static ActivitySource Source { get; } = new(Name);

    internal static Histogram<double> DurationHistogram { get; } = _meter.CreateHistogram(
        Duration,
        "s",
        "Duration of calls to restorers.",
        tags: null,
        new InstrumentAdvice<double>
        {
            HistogramBucketBoundaries = [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30, 60, 300],
        });

    internal static Counter<long> PixelCounter { get; } = _meter.CreateCounter<long>(Pixels, "{pixel}", "Pixels restored.");

    internal static Counter<long> FailureCounter { get; }
        = _meter.CreateCounter<long>(Failures, "{failure}", "Calls to restorers that failed.");
}
