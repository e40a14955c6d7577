using static TorchSharp.torch;

namespace ImageRestoration.TorchSharp;

/// <summary>What training minimises. Derive from it for a loss of one's own; several add up with <see cref="WeightedSumLoss"/>.</summary>
/// <remarks>
/// Instances are used by one training run at a time. Those of this library hold no native memory, except <see cref="FeatureLoss"/>.
/// </remarks>
public abstract class Loss
{
    /// <summary>Name and settings in one line; a checkpoint is refused where it differs.</summary>
    public abstract string Description { get; }

    /// <summary>Computes the loss of one batch, float32, differentiable.</summary>
    /// <param name="input">What the network made, and what it should have made.</param>
    /// <returns>A tensor with a single value, in the current dispose scope.</returns>
    public abstract Tensor Compute(LossInput input);

    /// <inheritdoc/>
    public sealed override string ToString() => Description;
}
