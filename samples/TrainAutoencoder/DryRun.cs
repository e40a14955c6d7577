using System.Globalization;
using ImageRestoration.TorchSharp;
using Spectre.Console;

namespace TrainAutoencoder;

/// <summary>Prints what a run will take.</summary>
internal static class DryRun
{
    public static void Print(TrainingEstimate estimate)
    {
        TrainingMeasurement measured = estimate.Measurement!;
        var table = new Table().Border(TableBorder.Rounded).AddColumn("dry run").AddColumn(new TableColumn(string.Empty).RightAligned());
        Add("length", $"{estimate.Steps:N0} steps = {estimate.Epochs:N1} epochs");
        Add("learnable parameters", $"{estimate.Parameters:N0}");
        Add("weights, averages, gradients, moments", $"{MebiBytes(estimate.StateBytes):N0} MiB");
        Add("activations of a batch, at most", $"{MebiBytes(estimate.ActivationBytes):N0} MiB");
        Add("process, measured at its peak", $"{MebiBytes(measured.PeakMemoryBytes):N0} MiB");
        Add($"MACs of a step with patches of {estimate.PatchSize}", $"{estimate.MacsPerStep / 1e9:N1} G");
        Add("patches per second", $"{measured.PatchesPerSecond:N1}");
        Add("waiting for data", $"{100 * measured.DataWaitShare:N1} %");
        Add("time per epoch", $"{Duration(measured.TimePerEpoch)}");
        Add("time of the run, without validations", $"{Duration(measured.Duration)}");
        AnsiConsole.Write(table);

        void Add(string name, FormattableString value) => table.AddRow(name, value.ToString(CultureInfo.InvariantCulture));
    }

    private static double MebiBytes(long bytes) => bytes / 1024.0 / 1024.0;

    private static string Duration(TimeSpan time) => time.TotalHours >= 1
        ? string.Create(CultureInfo.InvariantCulture, $"{(long)time.TotalHours} h {time.Minutes:00} min")
        : time.TotalMinutes >= 1 ? string.Create(CultureInfo.InvariantCulture, $"{time.Minutes} min {time.Seconds:00} s")
        : string.Create(CultureInfo.InvariantCulture, $"{time.TotalSeconds:0.0} s");
}
