using static TorchSharp.torch;

namespace ImageRestoration.TorchSharp;

/// <summary>One batch as a loss sees it. The tensors stay the trainer's.</summary>
/// <param name="Prediction">What the network made: batch × channels × height × width, nominal range [0, 1].</param>
/// <param name="Target">What it should have made; of the same shape.</param>
/// <param name="Mask">Missing pixels (1), batch × 1 × height × width; <see langword="null"/> where none is missing.</param>
/// <param name="Step">Steps done before this one.</param>
public readonly record struct LossInput(Tensor Prediction, Tensor Target, Tensor? Mask = null, long Step = 0)
{
    /// <summary>
    /// The prediction with the known pixels put back, which are the target's; the prediction itself where there is no mask.
    /// </summary>
    internal Tensor WithKnownPixels() => Mask is { } mask ? (Target * (Keep(1) - mask)) + (Prediction * mask) : Prediction;
}
