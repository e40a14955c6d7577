namespace ImageRestoration.Networks.Architectures;

/// <summary>
/// A residual U-Net for restoration: residual blocks without normalisation, strided convolutions on the way down, 1×1 convolution and
/// PixelShuffle on the way up, additive skip connections, and an output that is added to the input. The U shape is that of
/// Ronneberger et al. 2015 (arXiv:1505.04597); the blocks without normalisation follow DRUNet, Zhang et al. 2021 (arXiv:2008.13751), section 3.
/// </summary>
public static class UNet
{
    /// <summary>Declares the encoder: the picture in; the picture, the skip connections and the bottleneck out.</summary>
    /// <param name="options">Settings; the defaults where <see langword="null"/>.</param>
    /// <returns>
    /// The network. Input <c>image</c>: N×C×H×W in [0, 1], H and W multiples of 2^(levels − 1); with a mask, input <c>mask</c>: N×1×H×W.
    /// </returns>
    public static Network CreateEncoder(UNetOptions? options = null)
    {
        options = Validated(options);
        var builder = new NetworkBuilder("unet-encoder");
        NetworkValue image = builder.Input("image", options.ImageChannels);
        builder.Output("image", image);
        NetworkValue input = options.TakesMask ? image.Concat([builder.Input("mask", 1)], name: "masked") : image;
        NetworkValue features = input.Conv2d(options.Channels[0], 3, padding: 1, name: "head");
        int last = options.Channels.Length - 1;
        for (int level = 0; level < last; level++)
        {
            features = Blocks(builder, features, $"level{level}", options.BlocksPerLevel);
            builder.Output($"skip{level}", features);
            features = features.Conv2d(options.Channels[level + 1], 2, stride: 2, name: $"down{level}");
        }

        builder.Output("bottleneck", Blocks(builder, features, $"level{last}", options.BlocksPerLevel));
        return builder.Build();
    }

    /// <summary>Declares the decoder that fits the encoder of the same options.</summary>
    /// <param name="options">Settings; the defaults where <see langword="null"/>.</param>
    /// <returns>The network. Output <c>image</c>: N×C×H×W, nominally in [0, 1], not clipped.</returns>
    public static Network CreateDecoder(UNetOptions? options = null)
    {
        options = Validated(options);
        var builder = new NetworkBuilder("unet-decoder");
        NetworkValue image = builder.Input("image", options.ImageChannels);
        int last = options.Channels.Length - 1;
        var skips = new NetworkValue[last];
        for (int level = 0; level < last; level++)
        {
            skips[level] = builder.Input($"skip{level}", options.Channels[level], 1 << level);
        }

        NetworkValue features = builder.Input("bottleneck", options.Channels[last], 1 << last);
        for (int level = last - 1; level >= 0; level--)
        {
            features = features.Conv2d(options.Channels[level] * 4, 1, name: $"up{level}").PixelShuffle(2) + skips[level];
            features = Blocks(builder, features, $"level{level}", options.BlocksPerLevel);
        }

        builder.Output("image", image + features.Conv2d(options.ImageChannels, 3, padding: 1, name: "tail"));
        return builder.Build();
    }

    /// <summary>Declares encoder and decoder as one network.</summary>
    /// <param name="options">Settings; the defaults where <see langword="null"/>.</param>
    /// <returns>The network, image to image.</returns>
    public static Network Create(UNetOptions? options = null) => Network.Compose("unet", CreateEncoder(options), CreateDecoder(options));

    private static NetworkValue Blocks(NetworkBuilder builder, NetworkValue features, string scope, int count)
    {
        for (int block = 0; block < count; block++)
        {
            using (builder.Scope($"{scope}.{block}"))
            {
                features += features.Conv2d(features.Channels, 3, padding: 1, name: "conv1").ReLU().Conv2d(features.Channels, 3, padding: 1, name: "conv2");
            }
        }

        return features;
    }

    private static UNetOptions Validated(UNetOptions? options)
    {
        options ??= new UNetOptions();
        options.ThrowIfInvalid(nameof(options));
        return options;
    }
}
