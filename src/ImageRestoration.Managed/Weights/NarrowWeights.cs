using ImageRestoration.Networks;

namespace ImageRestoration.Managed;

/// <summary>
/// Weights of a convolution to very few channels, such as the last layer of a network that makes pictures: vectors run over the input's
/// channels, not the output's, which would leave most lanes empty. Order: output channel, input block, kernel row, kernel column, lane.
/// </summary>
internal sealed record NarrowWeights(int OutChannels, PackedWeights Weights, PackedWeights Bias)
{
    /// <summary>With more, vectors over output channels are as good.</summary>
    private const int MostChannels = 4;

    /// <summary>
    /// Whether a convolution can and should be computed this way: input blocks must be full, as all their lanes are read.
    /// </summary>
    internal static bool Fit(Conv2dLayer layer)
        => layer.Groups == 1 && layer.OutChannels <= MostChannels && layer.InChannels % ValueLayout.Lanes == 0;

    internal static NarrowWeights Pack(Conv2dLayer layer, NetworkWeights weights)
    {
        ReadOnlySpan<float> source = weights[layer.Name + ".weight"].Values.Span;
        int taps = layer.KernelSize.Height * layer.KernelSize.Width;
        var packed = new PackedWeights(source.Length);
        for (int i = 0; i < source.Length; i++)
        {
            int tap = i % taps, input = i / taps % layer.InChannels, output = i / taps / layer.InChannels;
            int block = input / ValueLayout.Lanes, blocks = layer.InChannels / ValueLayout.Lanes;
            packed.Values[(((((output * blocks) + block) * taps) + tap) * ValueLayout.Lanes) + (input % ValueLayout.Lanes)] = source[i];
        }

        (int[] channels, _) = ConvolutionPacker.OutputOrder(layer.OutChannels, shuffle: 1);
        return new NarrowWeights(
            layer.OutChannels, packed, ConvolutionPacker.PackBias(channels, layer.Bias ? weights[layer.Name + ".bias"].Values.Span : []));
    }
}
