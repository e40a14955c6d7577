using System.Diagnostics;
using ImageRestoration.Imaging;

namespace ImageRestoration.Restoration;

/// <summary>
/// Measures and traces the calls to a restorer, by <see cref="System.Diagnostics.Metrics"/> and <see cref="ActivitySource"/>; names and
/// tags are those of <see cref="RestorationTelemetry"/>.
/// </summary>
/// <remarks>As thread-safe as the restorer inside. Costs next to nothing while nobody listens.</remarks>
public sealed class TelemetryRestorer : DelegatingRestorer
{
    private readonly string _displayName;
    private readonly KeyValuePair<string, object?>[] _tags;

    /// <summary>Puts measurements and traces around a restorer.</summary>
    /// <param name="inner">The restorer inside.</param>
    /// <param name="name">Value of the tag <c>restorer</c>; <see cref="RestorerInfo.Name"/> where <see langword="null"/>.</param>
    /// <param name="leaveOpen">Whether <paramref name="inner"/> stays open when this restorer is disposed.</param>
    public TelemetryRestorer(IRestorer inner, string? name = null, bool leaveOpen = false)
        : base(inner, leaveOpen)
    {
        RestorerInfo info = inner.Info;
        name ??= info.Name;
        _displayName = $"restore {name}";
        _tags = [new("restorer", name), new("backend", info.Backend), new("device", info.Device), new("task", info.Task.ToString())];
    }

    /// <inheritdoc/>
    public override async Task<RestorationResult> RestoreAsync(
        RestorationRequest request, RestorationOptions? options = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(request);
        ImageShape shape = request.Image.Shape;
        using Activity? activity = Start(request);
        var tags = new TagList(_tags);
        long start = Stopwatch.GetTimestamp();
        try
        {
            RestorationResult result = await Inner.RestoreAsync(request, options, cancellationToken).ConfigureAwait(false);
            activity?.SetTag("compute_seconds", result.ComputeTime.TotalSeconds);
            RestorationTelemetry.PixelCounter.Add((long)shape.Batch * shape.Height * shape.Width, tags);
            return result;
        }
        catch (Exception e)
        {
            tags.Add("error.type", e.GetType().FullName);
            activity?.SetTag("error.type", e.GetType().FullName);
            if (e is not OperationCanceledException)
            {
                activity?.SetStatus(ActivityStatusCode.Error, e.Message);
                RestorationTelemetry.FailureCounter.Add(1, tags);
            }

            throw;
        }
        finally
        {
            RestorationTelemetry.DurationHistogram.Record(Stopwatch.GetElapsedTime(start).TotalSeconds, tags);
        }
    }

    private Activity? Start(RestorationRequest request)
    {
        Activity? activity = RestorationTelemetry.Source.StartActivity(
            RestorationTelemetry.Activity, ActivityKind.Internal, parentContext: default, _tags);
        if (activity is not null)
        {
            ImageShape shape = request.Image.Shape;
            activity.DisplayName = _displayName;
            activity.SetTag("batch", shape.Batch).SetTag("channels", shape.Channels).SetTag("height", shape.Height);
            activity.SetTag("width", shape.Width).SetTag("masked", request.Mask is not null);
        }

        return activity;
    }
}
