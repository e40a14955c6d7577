using static TorchSharp.torch;

namespace ImageRestoration.TorchSharp;

/// <summary>
/// Total variation: mean absolute difference between horizontal plus vertical neighbours. With a mask, of the completed picture and of
/// pairs of which at least one pixel is missing (Liu et al. 2018, arXiv:1804.07723, equation 6), as a mean over all pairs.
/// </summary>
public sealed class TotalVariationLoss : Loss
{
    /// <inheritdoc/>
    public override string Description => "TV";

    /// <inheritdoc/>
    public override Tensor Compute(LossInput input)
    {
        Tensor image = input.Mask is null ? input.Prediction : input.Target + (input.Mask * (input.Prediction - input.Target));
        return Variation(image, input.Mask, dimension: 2) + Variation(image, input.Mask, dimension: 3);
    }

    private static Tensor Variation(Tensor image, Tensor? mask, int dimension)
    {
        long length = image.shape[dimension] - 1;
        Tensor difference = (image.narrow(dimension, 1, length) - image.narrow(dimension, 0, length)).abs();
        return mask is null
            ? difference.mean()
            : (difference * mask.narrow(dimension, 1, length).maximum(mask.narrow(dimension, 0, length))).mean();
    }
}
