using System.Collections.Immutable;

namespace ImageRestoration.Networks;

/// <summary>The values of one parameter, row-major in PyTorch's order of dimensions.</summary>
public sealed class WeightTensor
{
    /// <summary>Creates the tensor around values that it keeps; nobody changes them afterwards.</summary>
    /// <param name="shape">Extents, each at least 1.</param>
    /// <param name="values">As many values as the extents multiply to.</param>
    public WeightTensor(ImmutableArray<int> shape, float[] values)
        : this(shape, (ReadOnlyMemory<float>)(values ?? throw new ArgumentNullException(nameof(values))))
    {
    }

    private WeightTensor(ImmutableArray<int> shape, ReadOnlyMemory<float> values)
    {
        long count = shape.Aggregate(1L, (product, extent) => checked(product * extent));
        if (count != values.Length)
        {
            throw new TensorShapeException(
                Invariant($"Shape [{string.Join(", ", shape)}] has {count} values and {values.Length} were given."));
        }

        Shape = shape;
        Values = values;
    }

    /// <summary>Extents.</summary>
    public ImmutableArray<int> Shape { get; }

    /// <summary>The values.</summary>
    public ReadOnlyMemory<float> Values { get; }

    /// <summary>The same values in another shape of as many.</summary>
    internal WeightTensor Reshaped(ImmutableArray<int> shape) => new(shape, Values);
}
