using ImageRestoration.Networks;

namespace ImageRestoration.Managed;

/// <summary>
/// Weights of a convolution of each channel with a kernel of its own, in the order block, kernel row, kernel column, lane.
/// </summary>
internal sealed record DepthwiseWeights(PackedWeights Weights, PackedWeights Bias)
{
    internal static bool Fit(Conv2dLayer layer)
        => layer.Groups > 1 && layer.Groups == layer.InChannels && layer.OutChannels == layer.InChannels;

    internal static DepthwiseWeights Pack(Conv2dLayer layer, NetworkWeights weights)
    {
        ReadOnlySpan<float> source = weights[layer.Name + ".weight"].Values.Span;
        (int[] channels, _) = ConvolutionPacker.OutputOrder(layer.OutChannels, shuffle: 1);
        int taps = layer.KernelSize.Height * layer.KernelSize.Width;
        var packed = new PackedWeights((long)channels.Length * taps);
        for (int channel = 0; channel < layer.OutChannels; channel++)
        {
            for (int tap = 0; tap < taps; tap++)
            {
                packed.Values[
                    (((channel / ValueLayout.Lanes * taps) + tap) * ValueLayout.Lanes)
                        + (channel % ValueLayout.Lanes)] = source[(channel * taps)
                        + tap];
            }
        }

        return new DepthwiseWeights(
            packed, ConvolutionPacker.PackBias(channels, layer.Bias ? weights[layer.Name + ".bias"].Values.Span : []));
    }
}
