using System.Globalization;
using static TorchSharp.torch;
using F = TorchSharp.torch.nn.functional;

namespace ImageRestoration.TorchSharp;

/// <summary>A loss that is a mean over values of a function of prediction − target, with a weight of its own for missing pixels.</summary>
public abstract class PixelLoss : Loss
{
    /// <summary>Pixels farther than this from all known ones, or whose weight is this share of the nearest's, count alike.</summary>
    private const int FarthestRing = 64;
    private const double LeastShare = 0.01;

    private protected PixelLoss()
    {
    }

    /// <summary>
    /// Weight of missing pixels; 6 in Liu et al. 2018 (arXiv:1804.07723, equation 7). Without a mask it has no influence.
    /// </summary>
    /// <value>0 or more; default 1.</value>
    public double MissingWeight { get; init => field = LossWeight.Required(value); } = 1;

    /// <summary>Weight of known pixels, and of all pixels where there is no mask.</summary>
    /// <value>0 or more; default 1.</value>
    public double KnownWeight { get; init => field = LossWeight.Required(value); } = 1;

    /// <summary>
    /// What the weight of missing pixels is multiplied by for each pixel of distance (the larger of both axes') from the nearest known one:
    /// the picture says how a hole goes on at its edge, but not what was in its middle. Yu et al. 2018 (arXiv:1801.07892, section 3.2) have
    /// 0.99 for holes of 128 pixels.
    /// </summary>
    /// <value>Above 0, at most 1; default 1, the same weight everywhere. Weights end at a hundredth, and at 64 pixels.</value>
    public double MissingDecay
    {
        get;
        init => field = value is > 0 and <= 1
            ? value
            : throw new ArgumentOutOfRangeException(nameof(value), value, $"{nameof(MissingDecay)} must be above 0 and at most 1.");
    } = 1;

    /// <inheritdoc/>
    public override string Description
        => MissingWeight == 1 && KnownWeight == 1 && MissingDecay == 1 ? Name
            : string.Create(
                CultureInfo.InvariantCulture,
                $"{Name} missing {MissingWeight:R}{(MissingDecay == 1 ? string.Empty : $" × {MissingDecay:R} per pixel")} known "
                    + $"{KnownWeight:R}");

    private protected abstract string Name { get; }

    /// <inheritdoc/>
    public sealed override Tensor Compute(LossInput input)
    {
        Tensor penalty = Penalty(input.Prediction - input.Target);
        if (input.Mask is null || (MissingWeight == KnownWeight && MissingDecay == 1))
        {
            return KnownWeight == 1 ? penalty.mean() : penalty.mean() * Keep(KnownWeight);
        }

        Tensor weights = MissingDecay == 1
            ? (input.Mask * Keep(MissingWeight - KnownWeight)).Plus(KnownWeight)
            : (Decayed(input.Mask) * Keep(MissingWeight)).Plus((Keep(1) - input.Mask) * Keep(KnownWeight));
        return (penalty * weights).mean();
    }

    /// <summary>The decay to the power of each missing pixel's distance; 0 for known ones.</summary>
    private Tensor Decayed(Tensor mask)
    {
        using (no_grad())
        {
            int rings = (int)Math.Min(FarthestRing, Math.Ceiling(Math.Log(LeastShare) / Math.Log(MissingDecay)));
            Tensor reached = Keep(1) - mask, weights = zeros_like(mask);
            double weight = 1;
            for (int ring = 1; ring <= rings; ring++)
            {
                weight *= MissingDecay;
                Tensor next = F.max_pool2d(reached, 3, 1, 1);
                weights += (next - reached) * Keep(weight);
                reached = next;
            }

            return weights.Plus((Keep(1) - reached) * Keep(weight));
        }
    }

    private protected abstract Tensor Penalty(Tensor difference);
}
