using System.Collections.Immutable;
using System.Globalization;
using ImageRestoration.Data;
using ImageRestoration.TorchSharp;

namespace TrainAutoencoder;

/// <summary>What the command line asks for.</summary>
internal sealed record TrainingSettings
{
    public required string Folder { get; init; }

    public required string Output { get; init; }

    public required string Name { get; init; }

    public required long Steps { get; init; }

    public required int BatchSize { get; init; }

    public required ImmutableArray<PatchSize> PatchSizes { get; init; }

    public required ImmutableArray<int> Channels { get; init; }

    public required double MaximumSigma { get; init; }

    public required double LearningRate { get; init; }

    public required ComputePrecision Precision { get; init; }

    public required int? Threads { get; init; }

    public required long Seed { get; init; }

    public required int ValidationCount { get; init; }

    public required double ValidationSigma { get; init; }

    public required bool Grey { get; init; }

    public required long CheckpointInterval { get; init; }

    public required bool Resume { get; init; }

    public string Checkpoint => Output + ".checkpoint";

    /// <summary>Reads <c>0:64,4000:96</c>, or <c>64</c> for one size throughout.</summary>
    public static ImmutableArray<PatchSize> ParsePatchSizes(string text)
        => [.. text.Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries).Select(entry =>
        {
            string[] parts = entry.Split(':');
            return parts.Length == 1
                ? new PatchSize(0, int.Parse(parts[0], CultureInfo.InvariantCulture))
                : new PatchSize(long.Parse(parts[0], CultureInfo.InvariantCulture), int.Parse(parts[1], CultureInfo.InvariantCulture));
        })];

    public static ImmutableArray<int> ParseChannels(string text)
        => [.. text.Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries).Select(c => int.Parse(c, CultureInfo.InvariantCulture))];
}
