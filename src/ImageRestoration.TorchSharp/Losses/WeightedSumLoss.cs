using System.Collections.Immutable;
using static TorchSharp.torch;

namespace ImageRestoration.TorchSharp;

/// <summary>A sum of losses, each with a weight that may change over the steps.</summary>
public sealed class WeightedSumLoss : Loss
{
    private readonly ImmutableArray<LossTerm> _terms;

    /// <summary>Creates the sum.</summary>
    /// <param name="terms">At least one term.</param>
    public WeightedSumLoss(params ReadOnlySpan<LossTerm> terms)
    {
        if (terms.IsEmpty)
        {
            throw new ArgumentException("A sum of losses needs at least one term.", nameof(terms));
        }

        _terms = [.. terms];
    }

    /// <summary>The terms.</summary>
    public IReadOnlyList<LossTerm> Terms => _terms;

    /// <inheritdoc/>
    public override string Description => string.Join(" + ", _terms.Select(t => t.Description));

    /// <inheritdoc/>
    public override Tensor Compute(LossInput input)
    {
        Tensor? sum = null;
        foreach (LossTerm term in _terms)
        {
            // Terms of weight 0 cost nothing.
            double weight = term.WeightAt(input.Step);
            if (weight != 0)
            {
                Tensor value = term.Loss.Compute(input) * Keep(weight);
                sum = sum is null ? value : sum.Plus(value);
            }
        }

        return sum ?? input.Prediction.mean() * Keep(0);
    }
}
