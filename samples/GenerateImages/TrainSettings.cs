using System.Collections.Immutable;
using System.Globalization;

namespace GenerateImages;

/// <summary>What the train command is told.</summary>
internal sealed record TrainSettings
{
    public required string Folder { get; init; }

    public required string Output { get; init; }

    public int Size { get; init; } = 32;

    public bool Grey { get; init; }

    public bool Conditional { get; init; }

    public bool Mirror { get; init; }

    public ImmutableArray<int> Channels { get; init; } = [16, 32, 64, 128, 128, 256];

    public int LatentChannels { get; init; } = 64;

    public bool IsBinary { get; init; } = true;

    public double Beta { get; init; } = 1;

    public long BetaWarmup { get; init; } = 500;

    public double FreeBits { get; init; }

    public long Steps { get; init; } = 10_000;

    public int BatchSize { get; init; } = 64;

    public double LearningRate { get; init; } = 1e-3;

    public double EmaDecay { get; init; } = 0.999;

    public string Precision { get; init; } = "bf16";

    public int? Threads { get; init; }

    public long Seed { get; init; }

    public long CheckpointInterval { get; init; } = 1_000;

    public bool Resume { get; init; }

    public string Checkpoint => Output + ".checkpoint";

    public static ImmutableArray<int> ParseChannels(string list) => [.. list.Split(',').Select(n => int.Parse(n, NumberStyles.None, CultureInfo.InvariantCulture))];
}
