using System.Collections.Frozen;

namespace ImageRestoration.TorchSharp;

/// <summary>Where training stands after a step.</summary>
/// <param name="Step">Steps done in all, earlier sessions included.</param>
/// <param name="Steps">Steps of the whole run; it may stop before.</param>
/// <param name="Epoch">Patches drawn so far by pictures: 1 when every picture was drawn once.</param>
/// <param name="Loss">Loss of this step's batch.</param>
/// <param name="LearningRate">Learning rate of this step.</param>
/// <param name="GradientNorm">Norm of all gradients before clipping.</param>
/// <param name="PatchSize">Side of this step's patches.</param>
/// <param name="PatchesPerSecond">Patches per second since this call started.</param>
/// <param name="DataWaitShare">Share of the time since this call started that was spent waiting for data, in [0, 1].</param>
/// <param name="ValidationPsnr">Latest validation score in dB, or <see langword="null"/> before the first.</param>
/// <param name="Validated">Whether that score is of this very step.</param>
/// <param name="Elapsed">Time since this call started.</param>
/// <param name="Remaining">Time left at the present speed, if the run goes on to its last step.</param>
public sealed record TrainingProgress(
    long Step,
    long Steps,
    double Epoch,
    double Loss,
    double LearningRate,
    double GradientNorm,
    int PatchSize,
    double PatchesPerSecond,
    double DataWaitShare,
    double? ValidationPsnr,
    bool Validated,
    TimeSpan Elapsed,
    TimeSpan Remaining)
{
    /// <summary>Parts of the loss by name, such as <c>critic</c>, where the objective has any.</summary>
    /// <value>Default empty.</value>
    public IReadOnlyDictionary<string, double> Terms { get; init; } = FrozenDictionary<string, double>.Empty;
}
