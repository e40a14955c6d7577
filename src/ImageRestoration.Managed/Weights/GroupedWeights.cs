using ImageRestoration.Networks;

namespace ImageRestoration.Managed;

/// <summary>Weights of a convolution in groups: for a depthwise one in the order block, kernel row, kernel column, lane; otherwise in the layer's own order.</summary>
internal sealed record GroupedWeights(bool Depthwise, PackedWeights Weights, PackedWeights Bias)
{
    internal static GroupedWeights Pack(Conv2dLayer layer, NetworkWeights weights)
    {
        ReadOnlySpan<float> source = weights[layer.Name + ".weight"].Values.Span;
        (int[] channels, _) = ConvolutionPacker.OutputOrder(layer.OutChannels, shuffle: 1);
        PackedWeights bias = ConvolutionPacker.PackBias(channels, layer.Bias ? weights[layer.Name + ".bias"].Values.Span : []);
        bool depthwise = layer.Groups == layer.InChannels && layer.OutChannels == layer.InChannels;
        if (!depthwise)
        {
            var copy = new PackedWeights(source.Length);
            source.CopyTo(copy.Values);
            return new GroupedWeights(Depthwise: false, copy, bias);
        }

        int taps = layer.KernelSize.Height * layer.KernelSize.Width;
        var packed = new PackedWeights((long)channels.Length * taps);
        for (int channel = 0; channel < layer.OutChannels; channel++)
        {
            for (int tap = 0; tap < taps; tap++)
            {
                packed.Values[(((channel / ValueLayout.Lanes * taps) + tap) * ValueLayout.Lanes) + (channel % ValueLayout.Lanes)] = source[(channel * taps) + tap];
            }
        }

        return new GroupedWeights(Depthwise: true, packed, bias);
    }
}
