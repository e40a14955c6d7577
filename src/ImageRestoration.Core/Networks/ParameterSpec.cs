using System.Collections.Immutable;

namespace ImageRestoration.Networks;

/// <summary>Name, shape and fan-in of one learnable parameter of a layer.</summary>
/// <param name="Name">Name within the layer as in PyTorch's state dict: <c>weight</c> or <c>bias</c>.</param>
/// <param name="Shape">Extents in PyTorch's order.</param>
/// <param name="FanIn">Number of inputs that one output sums; initialisation depends on it.</param>
/// <param name="Fill">Initial value of a parameter that does not start at random; otherwise <see langword="null"/>.</param>
public sealed record ParameterSpec(string Name, ImmutableArray<int> Shape, int FanIn, float? Fill = null)
{
    /// <summary>Number of values.</summary>
    public long ElementCount => Shape.Aggregate(1L, (product, extent) => checked(product * extent));
}
