using System.Globalization;
using static TorchSharp.torch;
using F = TorchSharp.torch.nn.functional;

namespace ImageRestoration.TorchSharp;

/// <summary>
/// 1 − MS-SSIM: contrast and structure on several scales, luminance on the coarsest (Wang, Simoncelli and Bovik 2003). With fewer than
/// five scales, the paper's exponents are scaled to sum up to 1. Patches are at least 11·2^(scales − 1) high and wide.
/// </summary>
public sealed class MsSsimLoss : Loss
{
    private static readonly double[] Exponents = [0.0448, 0.2856, 0.3001, 0.2363, 0.1333];

    // Contrast may be negative for a prediction that knows nothing yet, and its power has no gradient at 0.
    private const double Smallest = 1e-4;

    /// <summary>Number of scales.</summary>
    /// <value>1 to 5; default 3, for patches of at least 44×44.</value>
    public int Scales
    {
        get;
        init => field = value is >= 1 and <= 5
            ? value
            : throw new ArgumentOutOfRangeException(nameof(value), value, "Scales must be 1 to 5.");
    } = 3;

    /// <inheritdoc/>
    public override string Description => string.Create(CultureInfo.InvariantCulture, $"MS-SSIM {Scales}");

    /// <inheritdoc/>
    public override Tensor Compute(LossInput input)
    {
        Tensor prediction = input.Prediction, target = input.Target;
        double sum = Exponents.Take(Scales).Sum();
        Tensor? product = null;
        for (int scale = 0; scale < Scales; scale++)
        {
            (Tensor structure, Tensor luminance) = SsimTerms.Compute(prediction, target);
            Tensor map = scale == Scales - 1 ? structure * luminance : structure;
            Tensor factor = map.mean([2, 3]).clamp(min: Keep(Smallest)).pow(Keep(Exponents[scale] / sum));
            product = product is null ? factor : product * factor;
            if (scale < Scales - 1)
            {
                prediction = F.avg_pool2d(prediction, [2, 2]);
                target = F.avg_pool2d(target, [2, 2]);
            }
        }

        return Keep(1) - product!.mean();
    }
}
