using static TorchSharp.torch;

namespace ImageRestoration.TorchSharp;

/// <summary>
/// Mean of −t·log p − (1 − t)·log(1 − p) for predictions p and targets t in [0, 1]: the negative log-likelihood, in nats, of values that
/// are either 0 or 1 (Kingma and Welling 2014, arXiv:1312.6114, appendix C.1), and of shades between them a common substitute for it.
/// </summary>
public sealed class BinaryCrossEntropyLoss : Loss
{
    // Keeps logarithms finite; a sigmoid in float32 reaches 0 and 1.
    private const double Smallest = 1e-6;

    /// <inheritdoc/>
    public override string Description => "BCE";

    /// <inheritdoc/>
    public override Tensor Compute(LossInput input)
    {
        Tensor p = input.Prediction.clamp(min: Keep(Smallest), max: Keep(1 - Smallest)), t = input.Target;
        return -((t * p.log()) + ((Keep(1) - t) * (Keep(1) - p).log())).mean();
    }
}
