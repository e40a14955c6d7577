using System.Diagnostics;
using System.Diagnostics.Metrics;
using ImageRestoration.Imaging;
using ImageRestoration.Restoration;

namespace ImageRestoration.Tests.Restoration;

public sealed class TelemetryRestorerTests : IDisposable
{
    private readonly string _name = Guid.NewGuid().ToString();
    private readonly List<(string Instrument, string? Unit, double Value, Dictionary<string, object?> Tags)> _measurements = [];
    private readonly List<Activity> _activities = [];
    private readonly MeterListener _meters = new();
    private readonly ActivityListener _traces;

    public TelemetryRestorerTests()
    {
        _meters.InstrumentPublished = (instrument, listener) =>
        {
            if (instrument.Meter.Name == RestorationTelemetry.Name)
            {
                listener.EnableMeasurementEvents(instrument);
            }
        };
        _meters.SetMeasurementEventCallback<double>((instrument, value, tags, _) => Keep(instrument, value, tags));
        _meters.SetMeasurementEventCallback<long>((instrument, value, tags, _) => Keep(instrument, value, tags));
        _meters.Start();
        _traces = new ActivityListener
        {
            ShouldListenTo = source => source.Name == RestorationTelemetry.Name,
            Sample = (ref ActivityCreationOptions<ActivityContext> options) => options.Tags?.Contains(new("restorer", _name)) == true ? ActivitySamplingResult.AllData : ActivitySamplingResult.None,
            ActivityStopped = activity =>
            {
                if (_name.Equals(activity.GetTagItem("restorer")))
                {
                    _activities.Add(activity);
                }
            },
        };
        ActivitySource.AddActivityListener(_traces);
    }

    public void Dispose()
    {
        _meters.Dispose();
        _traces.Dispose();
    }

    [Fact]
    public async Task RestoreAsync_Success_IsMeasuredAndTraced()
    {
        using var restorer = new TelemetryRestorer(new RecordingRestorer(1), _name);
        using ImageTensor image = ImageTensor.Create(new ImageShape(2, 1, 3, 5));

        using RestorationResult result = await restorer.RestoreAsync(new RestorationRequest(image));

        Dictionary<string, object?> tags = new() { ["restorer"] = _name, ["backend"] = "Test", ["device"] = "cpu", ["task"] = "Other" };
        Assert.Equal([RestorationTelemetry.Duration, RestorationTelemetry.Pixels], _measurements.Select(m => m.Instrument).Order(StringComparer.Ordinal));
        Assert.All(_measurements, m => Assert.Equal(tags, m.Tags));
        Assert.Equal(30, Measured(RestorationTelemetry.Pixels).Value);
        (_, string? unit, double seconds, _) = Measured(RestorationTelemetry.Duration);
        Assert.Equal("s", unit);
        Assert.True(seconds >= result.ComputeTime.TotalSeconds, $"The call took {seconds} s and its computing {result.ComputeTime.TotalSeconds} s.");

        Activity activity = Assert.Single(_activities);
        Assert.Equal((RestorationTelemetry.Activity, $"restore {_name}", ActivityStatusCode.Unset), (activity.OperationName, activity.DisplayName, activity.Status));
        foreach ((string key, object? value) in tags.Concat(new Dictionary<string, object?> { ["batch"] = 2, ["channels"] = 1, ["height"] = 3, ["width"] = 5, ["masked"] = false, ["compute_seconds"] = result.ComputeTime.TotalSeconds }))
        {
            Assert.Equal(value, activity.GetTagItem(key));
        }
    }

    [Fact]
    public async Task RestoreAsync_Failure_IsCountedWithItsType()
    {
        using var restorer = new TelemetryRestorer(new RecordingRestorer(1, run: (_, _) => throw new BackendException("broken")), _name);
        using ImageTensor image = ImageTensor.Create(ImageShape.Single(1, 2, 2));

        await Assert.ThrowsAsync<BackendException>(() => restorer.RestoreAsync(new RestorationRequest(image)));

        Assert.Equal([RestorationTelemetry.Duration, RestorationTelemetry.Failures], _measurements.Select(m => m.Instrument).Order(StringComparer.Ordinal));
        Assert.All(_measurements, m => Assert.Equal("ImageRestoration.BackendException", m.Tags["error.type"]));
        Assert.Equal(1, Measured(RestorationTelemetry.Failures).Value);
        Activity activity = Assert.Single(_activities);
        Assert.Equal((ActivityStatusCode.Error, "broken"), (activity.Status, activity.StatusDescription));
        Assert.Equal("ImageRestoration.BackendException", activity.GetTagItem("error.type"));
    }

    [Fact]
    public async Task RestoreAsync_Cancelled_IsNoFailure()
    {
        using var restorer = new TelemetryRestorer(new RecordingRestorer(1), _name);
        using ImageTensor image = ImageTensor.Create(ImageShape.Single(1, 2, 2));

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => restorer.RestoreAsync(new RestorationRequest(image), cancellationToken: new CancellationToken(canceled: true)));

        Assert.Equal(RestorationTelemetry.Duration, Assert.Single(_measurements).Instrument);
        Assert.Equal(ActivityStatusCode.Unset, Assert.Single(_activities).Status);
    }

    [Fact]
    public async Task RestoreAsync_WithoutAName_IsTaggedWithTheModels()
    {
        var seen = new List<string?>();
        using var traces = new ActivityListener
        {
            ShouldListenTo = source => source.Name == RestorationTelemetry.Name,
            Sample = (ref ActivityCreationOptions<ActivityContext> _) => ActivitySamplingResult.AllData,
            ActivityStopped = activity => seen.Add(activity.DisplayName),
        };
        ActivitySource.AddActivityListener(traces);
        using var restorer = new TelemetryRestorer(new RecordingRestorer(1));
        using ImageTensor image = ImageTensor.Create(ImageShape.Single(1, 2, 2));

        (await restorer.RestoreAsync(new RestorationRequest(image))).Dispose();

        Assert.Contains("restore recorder", seen);
    }

    private (string Instrument, string? Unit, double Value, Dictionary<string, object?> Tags) Measured(string instrument) => _measurements.Single(m => m.Instrument == instrument);

    private void Keep(Instrument instrument, double value, ReadOnlySpan<KeyValuePair<string, object?>> tags)
    {
        // Other tests measure at the same time; only this one's name counts.
        var all = new Dictionary<string, object?>(tags.ToArray());
        if (_name.Equals(all["restorer"]))
        {
            _measurements.Add((instrument.Name, instrument.Unit, value, all));
        }
    }
}
