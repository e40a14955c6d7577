using System.Globalization;

namespace ImageRestoration.TorchSharp;

/// <summary>A loss with its weight in a <see cref="WeightedSumLoss"/>.</summary>
public sealed record LossTerm
{
    /// <summary>Creates the term.</summary>
    /// <param name="loss">The loss.</param>
    /// <param name="weight">Its weight, finite and at least 0.</param>
    public LossTerm(Loss loss, double weight = 1)
    {
        ArgumentNullException.ThrowIfNull(loss);
        Loss = loss;
        Weight = LossWeight.Required(weight, nameof(weight));
        FinalWeight = Weight;
    }

    /// <summary>The loss.</summary>
    public Loss Loss { get; }

    /// <summary>Its weight up to <see cref="FromStep"/>.</summary>
    public double Weight { get; }

    /// <summary>Its weight from <see cref="ToStep"/> on; between the two it changes linearly.</summary>
    /// <value>0 or more; default <see cref="Weight"/>.</value>
    public double FinalWeight { get; init => field = LossWeight.Required(value); }

    /// <summary>Step at which the weight begins to change.</summary>
    /// <value>Default 0.</value>
    public long FromStep { get; init; }

    /// <summary>Step at which the weight has changed; not before <see cref="FromStep"/>.</summary>
    /// <value>Default 0.</value>
    public long ToStep { get; init; }

    internal string Description
        => FinalWeight == Weight
            ? string.Create(CultureInfo.InvariantCulture, $"{Weight:R} × {Loss.Description}")
            : string.Create(CultureInfo.InvariantCulture, $"{Weight:R} to {FinalWeight:R} in {FromStep}–{ToStep} × {Loss.Description}");

    internal double WeightAt(long step)
    {
        double progress = step >= ToStep ? 1 : step <= FromStep ? 0 : (double)(step - FromStep) / (ToStep - FromStep);
        return Weight + ((FinalWeight - Weight) * progress);
    }
}
