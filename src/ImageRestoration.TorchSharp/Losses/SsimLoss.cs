using static TorchSharp.torch;

namespace ImageRestoration.TorchSharp;

/// <summary>
/// 1 − SSIM with a Gaussian window of 11×11 and sigma 1.5, only where the whole window fits, mean over channels
/// (Wang et al. 2004; Zhao et al. 2017, arXiv:1511.08861). Patches are at least 11×11.
/// </summary>
public sealed class SsimLoss : Loss
{
    /// <inheritdoc/>
    public override string Description => "SSIM";

    /// <inheritdoc/>
    public override Tensor Compute(LossInput input)
    {
        (Tensor structure, Tensor luminance) = SsimTerms.Compute(input.Prediction, input.Target);
        return Keep(1) - (structure * luminance).mean();
    }
}
