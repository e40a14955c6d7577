using System.Collections.Immutable;

namespace ImageRestoration.Networks;

/// <summary>Makes kernels for pictures of other channels: [outputs, inputs, height, width], and biases: [outputs].</summary>
internal static class ChannelFit
{
    /// <summary>Fits a tensor to a shape.</summary>
    /// <returns><see langword="null"/> where the shapes differ in more than the channels of pictures.</returns>
    internal static WeightTensor? TryFit(WeightTensor source, ImmutableArray<int> shape)
    {
        if (source.Shape.Length != shape.Length || shape.Length is not (1 or 4) || !source.Shape.Skip(2).SequenceEqual(shape.Skip(2)))
        {
            return null;
        }

        int outputs = source.Shape[0], inputs = shape.Length == 1 ? 1 : source.Shape[1], newInputs = shape.Length == 1 ? 1 : shape[1];
        return (shape[0] == outputs, newInputs == inputs) switch
        {
            (true, false) when newInputs > inputs => AddInputs(source, shape, outputs, inputs, newInputs),
            (true, false) when newInputs == 1 => SumOfInputs(source, shape, outputs, inputs),
            (false, true) when shape[0] == 1 => MeanOfOutputs(source, shape, outputs),
            _ => null,
        };
    }

    private static WeightTensor AddInputs(WeightTensor source, ImmutableArray<int> shape, int outputs, int inputs, int newInputs)
    {
        int kernel = source.Values.Length / (outputs * inputs);
        var values = new float[outputs * newInputs * kernel];
        for (int o = 0; o < outputs; o++)
        {
            source.Values.Span.Slice(o * inputs * kernel, inputs * kernel).CopyTo(values.AsSpan(o * newInputs * kernel));
        }

        return new WeightTensor(shape, values);
    }

    private static WeightTensor SumOfInputs(WeightTensor source, ImmutableArray<int> shape, int outputs, int inputs)
    {
        int kernel = source.Values.Length / (outputs * inputs);
        var values = new float[outputs * kernel];
        for (int i = 0; i < source.Values.Length; i++)
        {
            values[(i / (inputs * kernel) * kernel) + (i % kernel)] += source.Values.Span[i];
        }

        return new WeightTensor(shape, values);
    }

    private static WeightTensor MeanOfOutputs(WeightTensor source, ImmutableArray<int> shape, int outputs)
    {
        var values = new float[source.Values.Length / outputs];
        for (int i = 0; i < source.Values.Length; i++)
        {
            values[i % values.Length] += source.Values.Span[i] / outputs;
        }

        return new WeightTensor(shape, values);
    }
}
