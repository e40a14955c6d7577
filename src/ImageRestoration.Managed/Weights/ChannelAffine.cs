using ImageRestoration.Networks;

namespace ImageRestoration.Managed;

/// <summary>
/// A scale and an offset of each channel: what normalisation by fixed statistics and learned or fixed scales come down to.
/// </summary>
internal sealed record ChannelAffine(double[] Scale, double[] Offset)
{
    /// <summary>What a layer does to channels; <see langword="null"/> where it does something else.</summary>
    internal static ChannelAffine? Of(Layer layer, int channels, NetworkWeights weights)
    {
        return layer switch
        {
            BatchNorm2dLayer norm => OfStatistics(norm, weights),
            Scale2dLayer scale => new ChannelAffine(ValuesOr(scale.Scale, "weight", 1), ValuesOr(scale.Bias, "bias", 0)),
            AffineLayer affine => new ChannelAffine(Repeated(affine.Scale), Repeated(affine.Offset)),
            _ => null,
        };

        double[] ValuesOr(bool present, string parameter, double otherwise)
            => present ? [.. weights[$"{layer.Name}.{parameter}"].Values.ToArray().Select(v => (double)v)] : Repeated(otherwise);

        double[] Repeated(double value) => [.. Enumerable.Repeat(value, channels)];
    }

    /// <summary>A convolution that makes what another and a scale after it make: weights and bias in one rounding.</summary>
    internal static (Layer Layer, NetworkWeights Weights) Fold(Layer layer, NetworkWeights weights, ChannelAffine affine)
    {
        WeightTensor weight = weights[layer.Name + ".weight"];
        ReadOnlySpan<float> source = weight.Values.Span, bias = HasBias(layer) ? weights[layer.Name + ".bias"].Values.Span : [];
        int channels = affine.Scale.Length;

        // PyTorch's order is out, in, … for convolutions and in, out, … for transposed ones.
        bool transposed = layer is ConvTranspose2dLayer;
        int inner = source.Length / (transposed ? weight.Shape[0] * weight.Shape[1] : weight.Shape[0]);
        var folded = new float[source.Length];
        for (int i = 0; i < folded.Length; i++)
        {
            folded[i] = (float)(source[i] * affine.Scale[i / inner % channels]);
        }

        var offsets = new float[channels];
        for (int c = 0; c < channels; c++)
        {
            offsets[c] = (float)(((bias.IsEmpty ? 0 : bias[c]) * affine.Scale[c]) + affine.Offset[c]);
        }

        return (WithBias(layer), new NetworkWeights(
        [
            new(layer.Name + ".weight", new WeightTensor(weight.Shape, folded)),
            new(layer.Name + ".bias", new WeightTensor([channels], offsets)),
        ]));
    }

    /// <summary>The two after one another.</summary>
    internal ChannelAffine Then(ChannelAffine next)
        => new([.. Scale.Zip(next.Scale, (a, b) => a * b)], [.. Offset.Select((offset, c) => (offset * next.Scale[c]) + next.Offset[c])]);

    private static ChannelAffine OfStatistics(BatchNorm2dLayer layer, NetworkWeights weights)
    {
        ReadOnlySpan<float> weight = Values("weight"), bias = Values("bias"), mean = Values("running_mean"),
            variance = Values("running_var");
        var affine = new ChannelAffine(new double[weight.Length], new double[weight.Length]);
        for (int c = 0; c < weight.Length; c++)
        {
            affine.Scale[c] = weight[c] / Math.Sqrt((double)variance[c] + layer.Eps);
            affine.Offset[c] = bias[c] - (mean[c] * affine.Scale[c]);
        }

        return affine;

        ReadOnlySpan<float> Values(string parameter) => weights[$"{layer.Name}.{parameter}"].Values.Span;
    }

    private static bool HasBias(Layer layer) => layer is Conv2dLayer { Bias: true } or ConvTranspose2dLayer { Bias: true };

    private static Layer WithBias(Layer layer) => layer switch
    {
        Conv2dLayer l => new Conv2dLayer(
            l.Name, l.Inputs[0], l.InChannels, l.OutChannels, l.KernelSize, l.Stride, l.Padding, l.Dilation, l.Groups),
        ConvTranspose2dLayer l => new ConvTranspose2dLayer(
            l.Name, l.Inputs[0], l.InChannels, l.OutChannels, l.KernelSize, l.Stride, l.Padding, l.OutputPadding),
        _ => throw new ArgumentException($"Layer '{layer.Name}' ({layer.Kind}) is no convolution.", nameof(layer)),
    };
}
