using System.Diagnostics;
using System.Globalization;
using ImageRestoration.TorchSharp;

namespace ImageRestoration.Tests.TorchSharp;

/// <summary>A training run in a process of its own, which a test can kill: this assembly, started as a program with the path of a checkpoint.</summary>
internal sealed class TrainingProcess : IProgress<TrainingProgress>
{
    private static async Task Main(string[] args)
    {
        if (args[0] == NativeLoadTests.OpenDevice)
        {
            NativeLoadTests.Open();
            return;
        }

        using Trainer trainer = CreateTrainer(args[0]);
        if (File.Exists(args[0]))
        {
            trainer.Resume(args[0]);
        }

        await trainer.TrainAsync(new TrainingProcess());
    }

    /// <summary>A run that no test waits for the end of.</summary>
    internal static Trainer CreateTrainer(string? checkpointPath)
        => TrainerTests.CreateTrainer(TrainerTests.Runs["bfloat16"] with { Steps = 1_000_000, CheckpointPath = checkpointPath, CheckpointInterval = 7 });

    /// <summary>Starts a run, or goes on with that of the checkpoint; its output is a line for each step, of which it takes one for each line of input.</summary>
    internal static Process Start(string checkpointPath)
        => Process.Start(new ProcessStartInfo("dotnet", [typeof(TrainingProcess).Assembly.Location, checkpointPath]) { RedirectStandardInput = true, RedirectStandardOutput = true })!;

    /// <summary>A line for a step: its number and all bits of its loss.</summary>
    internal static string Line(TrainingProgress progress)
        => string.Create(CultureInfo.InvariantCulture, $"{progress.Step} {BitConverter.DoubleToInt64Bits(progress.Loss):X}");

    /// <inheritdoc/>
    public void Report(TrainingProgress value)
    {
        Console.WriteLine(Line(value));
        if (Console.ReadLine() is null)
        {
            // Nobody is left who would end this process.
            Environment.Exit(1);
        }
    }
}
