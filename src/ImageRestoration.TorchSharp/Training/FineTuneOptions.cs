using ImageRestoration.Data;

namespace ImageRestoration.TorchSharp;

/// <summary>
/// Settings of <see cref="ModelTrainingExtensions.FineTuneAsync"/>: few steps at a low learning rate, so that the model keeps what it
/// knows.
/// </summary>
public sealed record FineTuneOptions
{
    /// <summary>Patches: batch, size, masks and seed.</summary>
    /// <value>Default 16 patches of 64×64, more by detail.</value>
    public PatchSamplerOptions Patches { get; init; } = new() { DetailCandidates = 2 };

    /// <summary>Steps, learning rate, loss and all else.</summary>
    /// <value>Default 2,000 steps, learning rate 0.0001 after a warm-up of 100 steps, falling along a cosine.</value>
    public TrainerOptions Training { get; init; } = new() { Steps = 2_000, LearningRate = 1e-4, WarmupSteps = 100 };
}
