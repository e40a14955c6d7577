namespace ImageRestoration.Networks.Architectures;

/// <summary>
/// NAFNet of Chen et al. 2022, "Simple Baselines for Image Restoration" (arXiv:2204.04676): a U-Net whose blocks have no activation
/// functions but products. Where the paper cuts a value into halves and multiplies them, two convolutions make one half each, which is the
/// same function and needs no copies.
/// </summary>
/// <remarks>Recommended initial weights: PyTorch's, as in the authors' training; residual branches start with a factor of 0.</remarks>
public static class NafNet
{
    /// <summary>Declares the encoder: the picture in; the picture, the skip connections and the bottleneck out.</summary>
    /// <param name="options">Settings; the defaults where <see langword="null"/>.</param>
    /// <returns>The network. Input <c>image</c>: N×C×H×W in [0, 1], H and W multiples of 2^levels.</returns>
    public static Network CreateEncoder(NafNetOptions? options = null)
    {
        options = Validated(options);
        var builder = new NetworkBuilder("nafnet-encoder");
        NetworkValue image = builder.Input("image", options.ImageChannels);
        builder.Output("image", image);
        NetworkValue features = image.Conv2d(options.Width, 3, padding: 1, name: "intro");
        for (int level = 0; level < options.EncoderBlocks.Length; level++)
        {
            features = Blocks(builder, features, Invariant($"encoders.{level}"), options.EncoderBlocks[level], options.ChannelAttention);
            builder.Output(Invariant($"skip{level}"), features);
            features = features.Conv2d(2 * features.Channels, 2, stride: 2, name: Invariant($"downs.{level}"));
        }

        builder.Output("bottleneck", Blocks(builder, features, "middle_blks", options.MiddleBlocks, options.ChannelAttention));
        return builder.Build();
    }

    /// <summary>Declares the decoder that fits the encoder of the same options.</summary>
    /// <param name="options">Settings; the defaults where <see langword="null"/>.</param>
    /// <returns>The network. Output <c>image</c>: N×C×H×W, nominally in [0, 1], not clipped.</returns>
    public static Network CreateDecoder(NafNetOptions? options = null)
    {
        options = Validated(options);
        var builder = new NetworkBuilder("nafnet-decoder");
        NetworkValue image = builder.Input("image", options.ImageChannels);
        int levels = options.EncoderBlocks.Length;
        NetworkValue[] skips =
        [
            .. Enumerable.Range(0, levels).Select(
                level => builder.Input(Invariant($"skip{level}"), options.Width << level, 1 << level)),
        ];
        NetworkValue features = builder.Input("bottleneck", options.Width << levels, 1 << levels);
        for (int step = 0; step < levels; step++)
        {
            features = features.Conv2d(2 * features.Channels, 1, bias: false, name: Invariant($"ups.{step}.0")).PixelShuffle(2)
                + skips[levels - 1 - step];
            features = Blocks(builder, features, Invariant($"decoders.{step}"), options.DecoderBlocks[step], options.ChannelAttention);
        }

        builder.Output("image", image + features.Conv2d(options.ImageChannels, 3, padding: 1, name: "ending"));
        return builder.Build();
    }

    /// <summary>Declares encoder and decoder as one network.</summary>
    /// <param name="options">Settings; the defaults where <see langword="null"/>.</param>
    /// <returns>The network, image to image.</returns>
    public static Network Create(NafNetOptions? options = null)
        => Network.Compose("nafnet", CreateEncoder(options), CreateDecoder(options));

    private static NetworkValue Blocks(NetworkBuilder builder, NetworkValue features, string scope, int count, bool attention)
    {
        for (int block = 0; block < count; block++)
        {
            using (builder.Scope(Invariant($"{scope}.{block}")))
            {
                features = Block(features, attention);
            }
        }

        return features;
    }

    /// <summary>The block of the paper's figure 3c: the residual factors beta and gamma start at 0.</summary>
    internal static NetworkValue Block(NetworkValue input, bool attention)
    {
        int channels = input.Channels;
        NetworkValue normal = input.LayerNorm2d(name: "norm1");
        NetworkValue a = normal.Conv2d(channels, 1, name: "conv1a").Conv2d(channels, 3, padding: 1, groups: channels, name: "conv2a");
        NetworkValue b = normal.Conv2d(channels, 1, name: "conv1b").Conv2d(channels, 3, padding: 1, groups: channels, name: "conv2b");
        NetworkValue gated = a * b;
        gated = attention ? gated * gated.GlobalAvgPool().Conv2d(channels, 1, name: "sca") : gated;
        NetworkValue middle = input + gated.Conv2d(channels, 1, name: "conv3").Scale2d(initialScale: 0, name: "beta");

        normal = middle.LayerNorm2d(name: "norm2");
        gated = normal.Conv2d(channels, 1, name: "conv4a") * normal.Conv2d(channels, 1, name: "conv4b");
        return middle + gated.Conv2d(channels, 1, name: "conv5").Scale2d(initialScale: 0, name: "gamma");
    }

    private static NafNetOptions Validated(NafNetOptions? options)
    {
        options ??= new NafNetOptions();
        options.ThrowIfInvalid(nameof(options));
        return options;
    }
}
