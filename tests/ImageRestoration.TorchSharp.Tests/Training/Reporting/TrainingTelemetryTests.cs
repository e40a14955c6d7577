using System.Diagnostics.Metrics;
using ImageRestoration.Networks;
using ImageRestoration.TorchSharp;

namespace ImageRestoration.Tests.TorchSharp;

public sealed class TrainingTelemetryTests
{
    [Fact]
    public async Task TrainAsync_SomebodyListens_MeasuresEveryStep()
    {
        string name = Guid.NewGuid().ToString();
        var measurements = new List<(string Instrument, double Value, Dictionary<string, object?> Tags)>();
        using var listener = new MeterListener();
        listener.InstrumentPublished = (instrument, l) =>
        {
            if (instrument.Meter.Name == TrainingTelemetry.Name)
            {
                l.EnableMeasurementEvents(instrument);
            }
        };
        listener.SetMeasurementEventCallback<double>((instrument, value, tags, _) => Keep(instrument, value, tags));
        listener.SetMeasurementEventCallback<long>((instrument, value, tags, _) => Keep(instrument, value, tags));
        listener.Start();

        Model model = SmallRun.Model();
        model = new Model(model.Network, model.Weights, model.Info with { Name = name });
        var progress = new SmallRun.Recorder();
        using var trainer = new Trainer(model, SmallRun.Sampler(), SmallRun.Options with { Steps = 4, GradientAccumulation = 2, Validation = SmallRun.Validation(), ValidationInterval = 3 });
        await trainer.TrainAsync(progress);

        var tags = new Dictionary<string, object?> { ["model"] = name, ["task"] = "Denoise", ["device"] = "cpu", ["precision"] = "Float32" };
        Assert.All(measurements, m => Assert.Equal(tags, m.Tags));
        Assert.Equal([1, 1, 1, 1], Values(TrainingTelemetry.Steps));
        Assert.Equal([8, 8, 8, 8], Values(TrainingTelemetry.Patches));
        Assert.Equal(progress.Steps.Select(s => s.Loss), Values(TrainingTelemetry.Loss));
        Assert.Equal(progress.Steps.Select(s => s.LearningRate), Values(TrainingTelemetry.LearningRate));
        Assert.Equal(progress.Steps.Select(s => s.GradientNorm), Values(TrainingTelemetry.GradientNorm));
        Assert.Equal(progress.Steps.Select(s => s.PatchesPerSecond), Values(TrainingTelemetry.PatchesPerSecond));
        Assert.Equal(progress.Steps.Select(s => s.DataWaitShare), Values(TrainingTelemetry.DataWaitShare));
        Assert.Equal(progress.Steps.Where(s => s.Validated).Select(s => s.ValidationPsnr!.Value), Values(TrainingTelemetry.ValidationPsnr));
        Assert.Equal(2, Values(TrainingTelemetry.ValidationPsnr).Count);

        // The steps follow one another, so their durations add up to no more than the whole.
        Assert.InRange(Values(TrainingTelemetry.StepDuration).Sum(), double.Epsilon, progress.Steps[^1].Elapsed.TotalSeconds + 1e-3);

        List<double> Values(string instrument) => [.. measurements.Where(m => m.Instrument == instrument).Select(m => m.Value)];

        void Keep(Instrument instrument, double value, ReadOnlySpan<KeyValuePair<string, object?>> tags)
        {
            // Other tests train at the same time; only this one's model counts.
            var all = new Dictionary<string, object?>(tags.ToArray());
            if (name.Equals(all["model"]))
            {
                measurements.Add((instrument.Name, value, all));
            }
        }
    }
}
