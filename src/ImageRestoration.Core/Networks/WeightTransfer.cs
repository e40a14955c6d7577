using System.Collections.Immutable;

namespace ImageRestoration.Networks;

/// <summary>Weights partly taken from another network, and what became of all names: <see cref="NetworkWeights.TransferFrom"/>.</summary>
/// <param name="Weights">The weights: taken where possible, otherwise as they were.</param>
/// <param name="Taken">Parameters whose values were taken.</param>
/// <param name="DifferentShape">Parameters that the source has in another shape; they are as they were.</param>
/// <param name="Missing">Parameters that the source does not have; they are as they were.</param>
/// <param name="Unused">The source's parameters under its prefix that there is no parameter for.</param>
public sealed record WeightTransfer(
    NetworkWeights Weights, ImmutableArray<string> Taken, ImmutableArray<string> DifferentShape, ImmutableArray<string> Missing,
    ImmutableArray<string> Unused)
{
    /// <summary>Writes what was taken and what was not.</summary>
    /// <returns>One line of text.</returns>
    public override string ToString()
        => Invariant($"{Taken.Length} parameters taken; of another shape: {NetworkWeights.List(DifferentShape)}; ")
            + $"missing in the source: {NetworkWeights.List(Missing)}; unused: {NetworkWeights.List(Unused)}.";
}
