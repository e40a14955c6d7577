namespace ImageRestoration.Networks.Architectures;

/// <summary>
/// A residual U-Net for restoration: residual blocks without normalisation, strided convolutions on the way down, 1×1 convolution and
/// PixelShuffle on the way up, additive skip connections, and an output that is added to the input. The U shape is that of Ronneberger et
/// al. 2015 (arXiv:1505.04597); the blocks without normalisation follow DRUNet, Zhang et al. 2021 (arXiv:2008.13751), section 3.
/// </summary>
/// <remarks>
/// <para>It is this library's denoising autoencoder for photographs: trained to give back the clean picture from a degraded one (Vincent et
/// al. 2008, "Extracting and Composing Robust Features with Denoising Autoencoders"), with skip connections so that detail need not pass
/// the bottleneck. Where a small latent without skip connections is wanted, <see cref="ConvAutoencoder"/> is the one to train so.</para>
/// <para>Recommended initial weights: PyTorch's, the default of <see cref="NetworkWeights.Initialize"/>, which the shipped models began
/// with; with <see cref="WeightInitialization.ZeroResidualBranches"/> an untrained network gives back its input, which helps deep ones to
/// start.</para>
/// </remarks>
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
            features = Blocks(builder, features, level, options);
            builder.Output(Invariant($"skip{level}"), features);
            features = features.Conv2d(options.Channels[level + 1], 2, stride: 2, name: Invariant($"down{level}"));
        }

        builder.Output("bottleneck", Blocks(builder, features, last, options));
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
            skips[level] = builder.Input(Invariant($"skip{level}"), options.Channels[level], 1 << level);
        }

        NetworkValue features = builder.Input("bottleneck", options.Channels[last], 1 << last);
        for (int level = last - 1; level >= 0; level--)
        {
            features = features.Conv2d(options.Channels[level] * 4, 1, name: Invariant($"up{level}")).PixelShuffle(2) + skips[level];
            features = Blocks(builder, features, level, options);
        }

        builder.Output("image", image + features.Conv2d(options.ImageChannels, 3, padding: 1, name: "tail"));
        return builder.Build();
    }

    /// <summary>Declares encoder and decoder as one network.</summary>
    /// <param name="options">Settings; the defaults where <see langword="null"/>.</param>
    /// <returns>The network, image to image.</returns>
    public static Network Create(UNetOptions? options = null) => Network.Compose("unet", CreateEncoder(options), CreateDecoder(options));

    private static NetworkValue Blocks(NetworkBuilder builder, NetworkValue features, int level, UNetOptions options)
    {
        int blocks = options.BlocksPerLevel is [int all] ? all : options.BlocksPerLevel[level];
        for (int block = 0; block < blocks; block++)
        {
            using (builder.Scope(Invariant($"level{level}.{block}")))
            {
                features = options.Block switch
                {
                    UNetBlock.DoubleConvolution => TwoConvolutions(features, options.Activation).Activation(options.Activation),
                    UNetBlock.NafNet => NafNet.Block(features, attention: false),
                    _ => features + TwoConvolutions(features, options.Activation),
                };
            }
        }

        return features;
    }

    private static NetworkValue TwoConvolutions(NetworkValue features, ActivationFunction activation)
        => features.Conv2d(features.Channels, 3, padding: 1, name: "conv1").Activation(activation)
            .Conv2d(features.Channels, 3, padding: 1, name: "conv2");

    private static UNetOptions Validated(UNetOptions? options)
    {
        options ??= new UNetOptions();
        options.ThrowIfInvalid(nameof(options));
        return options;
    }
}
