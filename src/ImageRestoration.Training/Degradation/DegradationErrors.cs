using ImageRestoration.Imaging;

namespace ImageRestoration.Degradation;

/// <summary>What is wrong with the settings and pictures that degradations are given, and what to do about it.</summary>
internal static class DegradationErrors
{
    internal static ArgumentOutOfRangeException Order(
        string name, IFormattable minimum, IFormattable maximum, string smallest, string remedy)
        => new(name, minimum, Invariant($"{smallest}, {maximum}. {remedy}"));

    internal static ArgumentOutOfRangeException Unknown<T>(string what, T value, string name)
        where T : struct, Enum
        => new(name, value, $"There is no {what} {value}. Use one of {string.Join(", ", Enum.GetNames<T>())}.");

    internal static ArgumentOutOfRangeException Subsampling(ChromaSubsampling? value, string name)
        => new(name, value, "Subsampling is 4:4:4, 4:2:2, 4:2:0 or null for any of them.");

    internal static TensorShapeException Channels(ImageTensor picture, string rule, string remedy)
        => new(Invariant($"The image has {picture.Channels} channels; {rule}. {remedy}."));

    internal static ArgumentException WeightCount(int weights, int degradations, string name)
        => new(Invariant($"There are {weights} weights for {degradations} degradations. Give one for each."), name);

    internal static ArgumentException Weight(int index, double weight, string name)
        => new(Invariant($"Weight {index} is {weight}; weights are finite numbers of at least 0."), name);

    internal static ArgumentException WeightSum(double sum, string name)
        => new(Invariant($"The weights add up to {sum}; their sum is a finite number above 0."), name);

    internal static ArgumentException UnlikePair(ImageShape target, ImageShape degraded, string name)
        => new($"The targets are {target} and the degraded pictures {degraded}. Both must have the same shape.", name);
}
