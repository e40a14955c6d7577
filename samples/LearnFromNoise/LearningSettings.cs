namespace LearnFromNoise;

/// <summary>What the command line asks for.</summary>
/// <param name="Folder">Folder of photographs.</param>
/// <param name="Output">Model file.</param>
internal sealed record LearningSettings(string Folder, string Output)
{
    public string? RestoredFolder { get; init; }

    /// <summary>Strength of the noise that is added to clean photographs, on the [0, 255] scale.</summary>
    public double? SimulatedSigma { get; init; }

    public long Steps { get; init; } = 4_000;

    public int PatchSize { get; init; } = 128;

    public int BatchSize { get; init; } = 16;

    public int Threads { get; init; } = 1;

    public bool Resume { get; init; }

    public string Checkpoint => Output + ".checkpoint";

    /// <summary>Where noisy copies of clean photographs stand.</summary>
    public string NoisyFolder => Output + ".noisy";
}
