namespace ImageRestoration.Networks.Architectures;

/// <summary>
/// The context encoder of Pathak et al. 2016, "Context Encoders: Feature Learning by Inpainting" (arXiv:1604.07379): strided convolutions
/// down to a few positions, a bottleneck that carries what is seen around a gap into it, and transposed convolutions back. It is trained
/// with a reconstruction loss and a discriminator such as <c>PatchDiscriminator</c>.
/// </summary>
/// <remarks>
/// <para>In the paper the bottleneck is a fully connected layer for each channel and then a convolution across channels (section 3.1). Such
/// a layer has a weight for each pair of positions and so takes pictures of one size only. Here its place takes a depthwise convolution
/// whose kernel covers all positions: the same connections within each channel, with one weight for each distance instead of each pair, for
/// pictures of any size and with far fewer weights.</para>
/// <para>Recommended initial weights: <see cref="InitialDistribution.Normal"/> with its standard deviation of 0.02, as in DCGAN (Radford et
/// al. 2016, arXiv:1511.06434).</para>
/// </remarks>
public static class ContextEncoder
{
    private const float NegativeSlope = 0.2f;

    /// <summary>Declares the encoder.</summary>
    /// <param name="options">Settings; the defaults where <see langword="null"/>.</param>
    /// <returns>
    /// The network: <c>image</c> N×C×H×W in [0, 1] and, where asked for, <c>mask</c> N×1×H×W (1 = missing), H and W multiples of 2^levels,
    /// to <c>latent</c>.
    /// </returns>
    public static Network CreateEncoder(ContextEncoderOptions? options = null)
    {
        options = Validated(options);
        var builder = new NetworkBuilder("context-encoder-encoder");
        NetworkValue features = builder.Input("image", options.ImageChannels);
        features = options.TakesMask ? features.Concat([builder.Input("mask", 1)], name: "masked") : features;
        for (int level = 0; level < options.Channels.Length; level++)
        {
            // As in DCGAN, the layer beside the picture is not normalised.
            bool normalized = level > 0;
            string name = Invariant($"conv{level}");
            features = features.Conv2d(options.Channels[level], 4, stride: 2, padding: 1, bias: !normalized, name: name);
            features = (normalized ? features.BatchNorm2d(name: Invariant($"norm{level}")) : features).LeakyReLU(NegativeSlope);
        }

        int kernel = options.BottleneckKernelSize;
        features = features.Conv2d(features.Channels, kernel, padding: kernel / 2, groups: features.Channels, name: "spread");
        features = features.Conv2d(features.Channels, 1, bias: false, name: "mix").BatchNorm2d(name: "norm").LeakyReLU(NegativeSlope);
        return builder.Output("latent", features).Build();
    }

    /// <summary>Declares the decoder that fits the encoder of the same options.</summary>
    /// <param name="options">Settings; the defaults where <see langword="null"/>.</param>
    /// <returns>The network: <c>latent</c> to <c>image</c>, N×C×H×W in [0, 1].</returns>
    public static Network CreateDecoder(ContextEncoderOptions? options = null)
    {
        options = Validated(options);
        var builder = new NetworkBuilder("context-encoder-decoder");
        int last = options.Channels.Length - 1;
        NetworkValue features = builder.Input("latent", options.Channels[last], downscale: 1 << options.Channels.Length);
        for (int level = last; level > 0; level--)
        {
            string name = Invariant($"deconv{level}");
            features = features.ConvTranspose2d(options.Channels[level - 1], 4, stride: 2, padding: 1, bias: false, name: name)
                .BatchNorm2d(name: Invariant($"norm{level}")).ReLU();
        }

        NetworkValue image = features.ConvTranspose2d(options.ImageChannels, 4, stride: 2, padding: 1, name: "deconv0").Sigmoid();
        return builder.Output("image", image).Build();
    }

    /// <summary>Declares encoder and decoder as one network.</summary>
    /// <param name="options">Settings; the defaults where <see langword="null"/>.</param>
    /// <returns>The network, image and mask to image.</returns>
    public static Network Create(ContextEncoderOptions? options = null)
        => Network.Compose("context-encoder", CreateEncoder(options), CreateDecoder(options));

    private static ContextEncoderOptions Validated(ContextEncoderOptions? options)
    {
        options ??= new ContextEncoderOptions();
        options.ThrowIfInvalid(nameof(options));
        return options;
    }
}
