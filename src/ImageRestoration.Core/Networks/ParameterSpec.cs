using System.Collections.Immutable;

namespace ImageRestoration.Networks;

/// <summary>Name, shape and fan-in of one parameter of a layer.</summary>
/// <param name="Name">Name within the layer as in PyTorch's state dict, such as <c>weight</c> or <c>running_mean</c>.</param>
/// <param name="Shape">Extents in PyTorch's order.</param>
/// <param name="FanIn">Number of inputs that one output sums; initialisation depends on it.</param>
/// <param name="Fill">Initial value of a parameter that does not start at random; otherwise <see langword="null"/>.</param>
/// <param name="Learned">Whether an optimiser changes it. Statistics gathered on the way, PyTorch's buffers, are not learned.</param>
public sealed record ParameterSpec(string Name, ImmutableArray<int> Shape, int FanIn, float? Fill = null, bool Learned = true)
{
    /// <summary>Number of values.</summary>
    public long ElementCount => Shape.Aggregate(1L, (product, extent) => checked(product * extent));
}
