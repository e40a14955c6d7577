namespace ImageRestoration.Networks.Architectures;

/// <summary>
/// A U-Net of partial convolutions that fills in missing pixels: Liu et al. 2018, "Image Inpainting for Irregular Holes Using Partial
/// Convolutions" (arXiv:1804.07723, section 3.2). What is known grows from layer to layer, and what missing pixels hold changes nothing. It
/// takes the picture and the mask; the size comes out as it went in.
/// </summary>
/// <remarks>Recommended initial weights: <see cref="InitialDistribution.HeNormal"/>, as in the paper.</remarks>
public static class PartialConvUNet
{
    private const float NegativeSlope = 0.2f;

    /// <summary>Declares the encoder: features of each level and what is known of them.</summary>
    /// <param name="options">Settings; the defaults where <see langword="null"/>.</param>
    /// <returns>
    /// The network: <c>image</c> N×C×H×W in [0, 1] and <c>mask</c> N×1×H×W (1 = missing), H and W multiples of 2^levels, to the pairs
    /// <c>skip0</c> and <c>known0</c> (the picture itself), <c>skip1</c> and <c>known1</c> and so on down to the smallest.
    /// </returns>
    public static Network CreateEncoder(PartialConvUNetOptions? options = null)
    {
        options = Validated(options);
        var builder = new NetworkBuilder("partial-conv-unet-encoder");
        NetworkValue features = builder.Input("image", options.ImageChannels);
        NetworkValue known = builder.Input("mask", 1).Affine(-1, 1, name: "known");
        builder.Output("skip0", features).Output("known0", known);
        for (int level = 1; level <= options.Channels.Length; level++)
        {
            bool normalized = options.BatchNorm && level > 1;
            int kernel = KernelSize(level);
            string name = Invariant($"down{level}");
            (features, known) = features.PartialConv2d(
                options.Channels[level - 1], kernel, known, stride: 2, padding: kernel / 2, bias: !normalized, name: name);
            features = (normalized ? features.BatchNorm2d(name: Invariant($"norm{level}")) : features).ReLU();
            builder.Output(Invariant($"skip{level}"), features).Output(Invariant($"known{level}"), known);
        }

        return builder.Build();
    }

    /// <summary>Declares the decoder that fits the encoder of the same options.</summary>
    /// <param name="options">Settings; the defaults where <see langword="null"/>.</param>
    /// <returns>The network. Output <c>image</c>: N×C×H×W, nominally in [0, 1], not clipped.</returns>
    public static Network CreateDecoder(PartialConvUNetOptions? options = null)
    {
        options = Validated(options);
        var builder = new NetworkBuilder("partial-conv-unet-decoder");
        int levels = options.Channels.Length;
        (NetworkValue Features, NetworkValue Known)[] skips = [.. Enumerable.Range(0, levels + 1).Select(level => (
            builder.Input(Invariant($"skip{level}"), Channels(level), 1 << level),
            builder.Input(Invariant($"known{level}"), 1, 1 << level)))];
        (NetworkValue features, NetworkValue known) = skips[levels];
        for (int level = levels - 1; level >= 0; level--)
        {
            bool normalized = options.BatchNorm && level > 0;
            (features, known) = features.Upsample(2).PartialConv2d(
                Channels(level), 3, known.Upsample(2), padding: 1, bias: !normalized, skip: skips[level], name: Invariant($"up{level}"));
            features = normalized ? features.BatchNorm2d(name: Invariant($"norm{level}")) : features;
            features = level > 0 ? features.LeakyReLU(NegativeSlope) : features;
        }

        return builder.Output("image", features).Build();

        int Channels(int level) => level == 0 ? options.ImageChannels : options.Channels[level - 1];
    }

    /// <summary>Declares encoder and decoder as one network.</summary>
    /// <param name="options">Settings; the defaults where <see langword="null"/>.</param>
    /// <returns>The network, image and mask to image.</returns>
    public static Network Create(PartialConvUNetOptions? options = null)
        => Network.Compose("partial-conv-unet", CreateEncoder(options), CreateDecoder(options));

    /// <summary>Of table 2 of the paper: wide windows where gaps are wide.</summary>
    private static int KernelSize(int level) => level switch
    {
        1 => 7,
        2 or 3 => 5,
        _ => 3,
    };

    private static PartialConvUNetOptions Validated(PartialConvUNetOptions? options)
    {
        options ??= new PartialConvUNetOptions();
        options.ThrowIfInvalid(nameof(options));
        return options;
    }
}
