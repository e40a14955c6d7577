using ImageRestoration.Networks;
using static TorchSharp.torch;

namespace ImageRestoration.TorchSharp;

/// <summary>
/// Mean absolute difference of what a frozen network sees in prediction and target: a picture may differ in its pixels and still look the
/// same. Johnson, Alahi and Fei-Fei 2016 (arXiv:1603.08155), section 3.2, with L1 in place of the squared distance.
/// </summary>
/// <param name="features">Network of a picture; each of its outputs is compared.</param>
/// <param name="weights">Its weights; they stay as they are.</param>
/// <exception cref="ArgumentException">The network takes more than a picture.</exception>
/// <exception cref="ModelFormatException">The weights do not fit the network.</exception>
/// <exception cref="UnsupportedLayerException">The backend has no implementation of a layer.</exception>
public sealed class PerceptualLoss(Network features, NetworkWeights weights) : FeatureLoss(features, weights)
{
    /// <inheritdoc/>
    private protected override string Name => "perceptual";

    /// <inheritdoc/>
    private protected override Tensor Compare(Tensor prediction, Tensor target) => (prediction - target).abs().mean();
}
