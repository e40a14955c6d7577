using System.Globalization;
using static TorchSharp.torch;

namespace ImageRestoration.TorchSharp;

/// <summary>A loss that is a mean over values of a function of prediction − target, with a weight of its own for missing pixels.</summary>
public abstract class PixelLoss : Loss
{
    private protected PixelLoss()
    {
    }

    /// <summary>Weight of missing pixels; 6 in Liu et al. 2018 (arXiv:1804.07723, equation 7). Without a mask it has no influence.</summary>
    /// <value>0 or more; default 1.</value>
    public double MissingWeight { get; init => field = LossWeight.Required(value); } = 1;

    /// <summary>Weight of known pixels, and of all pixels where there is no mask.</summary>
    /// <value>0 or more; default 1.</value>
    public double KnownWeight { get; init => field = LossWeight.Required(value); } = 1;

    /// <inheritdoc/>
    public override string Description
        => MissingWeight == 1 && KnownWeight == 1 ? Name : string.Create(CultureInfo.InvariantCulture, $"{Name} missing {MissingWeight:R} known {KnownWeight:R}");

    private protected abstract string Name { get; }

    /// <inheritdoc/>
    public sealed override Tensor Compute(LossInput input)
    {
        Tensor penalty = Penalty(input.Prediction - input.Target);
        if (input.Mask is null || MissingWeight == KnownWeight)
        {
            return KnownWeight == 1 ? penalty.mean() : penalty.mean() * KnownWeight;
        }

        return (penalty * ((input.Mask * (MissingWeight - KnownWeight)) + KnownWeight)).mean();
    }

    private protected abstract Tensor Penalty(Tensor difference);
}
