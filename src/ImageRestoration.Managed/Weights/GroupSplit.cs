using System.Numerics;
using ImageRestoration.Networks;

namespace ImageRestoration.Managed;

/// <summary>
/// Takes a convolution in groups apart into convolutions over all their channels. Each is one group, or as few as begin and end with a
/// block of channels; the weights between groups are then 0. Multiplying by them costs less than going without vectors.
/// </summary>
internal static class GroupSplit
{
    /// <summary>Groups of each part; the last part may have fewer.</summary>
    internal static int GroupsPerPart(Conv2dLayer layer)
    {
        int inputs = (int)BigInteger.GreatestCommonDivisor(layer.InChannels / layer.Groups, ValueLayout.Lanes);
        int outputs = (int)BigInteger.GreatestCommonDivisor(layer.OutChannels / layer.Groups, ValueLayout.Lanes);

        // Lanes are a power of two, so that the larger need is a multiple of the other.
        return ValueLayout.Lanes / Math.Min(inputs, outputs);
    }

    /// <summary>The parts in order: convolutions of the same name and input with one group, and their shares of the weights.</summary>
    internal static IEnumerable<(Conv2dLayer Layer, NetworkWeights Weights)> Parts(Conv2dLayer layer, NetworkWeights weights)
    {
        int most = GroupsPerPart(layer);
        for (int first = 0; first < layer.Groups; first += most)
        {
            yield return Part(layer, weights, first, Math.Min(most, layer.Groups - first));
        }
    }

    private static (Conv2dLayer Layer, NetworkWeights Weights) Part(Conv2dLayer layer, NetworkWeights weights, int firstGroup, int groups)
    {
        int inputs = layer.InChannels / layer.Groups, outputs = layer.OutChannels / layer.Groups,
            taps = layer.KernelSize.Height * layer.KernelSize.Width;
        ReadOnlySpan<float> source = weights[layer.Name + ".weight"].Values.Span;
        var dense = new float[checked(groups * outputs * groups * inputs * taps)];
        for (int output = 0; output < groups * outputs; output++)
        {
            int row = inputs * taps, place = (output * groups) + (output / outputs);
            source.Slice(((firstGroup * outputs) + output) * row, row).CopyTo(dense.AsSpan(place * row));
        }

        var tensors = new List<KeyValuePair<string, WeightTensor>>
        {
            new(
                layer.Name + ".weight",
                new WeightTensor([groups * outputs, groups * inputs, layer.KernelSize.Height, layer.KernelSize.Width], dense)),
        };
        if (layer.Bias)
        {
            float[] bias = weights[layer.Name + ".bias"].Values.Slice(firstGroup * outputs, groups * outputs).ToArray();
            tensors.Add(new(layer.Name + ".bias", new WeightTensor([bias.Length], bias)));
        }

        return (
            new Conv2dLayer(
                layer.Name,
                layer.Inputs[0],
                groups * inputs,
                groups * outputs,
                layer.KernelSize,
                layer.Stride,
                layer.Padding,
                layer.Dilation,
                groups: 1,
                layer.Bias),
            new NetworkWeights(tensors));
    }
}
