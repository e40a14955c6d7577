namespace ImageRestoration.Networks.Architectures;

/// <summary>
/// An autoencoder that fills in missing pixels with gated convolutions: the coarse network of Yu et al. 2019, "Free-Form Image Inpainting
/// with Gated Convolution" (arXiv:1806.03589, section 3.4). Gates learn which pixels to trust, and dilated convolutions in the middle look
/// across large gaps. It takes the picture and the mask; the size comes out as it went in.
/// </summary>
/// <remarks>
/// <para>LeakyReLU stands where the paper has ELU.</para>
/// <para>Recommended initial weights: <see cref="InitialDistribution.HeNormal"/> with <see cref="WeightInitialization.NegativeSlope"/> 0.2
/// and <see cref="WeightInitialization.Gain"/> 2: gates are half open at first, and without the gain next to nothing comes out at the
/// end.</para>
/// </remarks>
public static class GatedConvAutoencoder
{
    private const float NegativeSlope = 0.2f;

    /// <summary>Declares the encoder.</summary>
    /// <param name="options">Settings; the defaults where <see langword="null"/>.</param>
    /// <returns>
    /// The network: <c>image</c> N×C×H×W in [0, 1] and <c>mask</c> N×1×H×W (1 = missing), H and W multiples of 4, to <c>latent</c>,
    /// N×(4 × width)×H/4×W/4.
    /// </returns>
    public static Network CreateEncoder(GatedConvAutoencoderOptions? options = null)
    {
        options = Validated(options);
        int width = options.Width;
        var builder = new NetworkBuilder("gated-conv-autoencoder-encoder");
        NetworkValue features = builder.Input("image", options.ImageChannels).Concat([builder.Input("mask", 1)]);
        features = Gated(features, width, options, "conv0", kernelSize: 5);
        features = Gated(features, 2 * width, options, "down0", stride: 2);
        features = Gated(features, 2 * width, options, "conv1");
        features = Gated(features, 4 * width, options, "down1", stride: 2);
        features = Gated(features, 4 * width, options, "conv2");
        features = Gated(features, 4 * width, options, "conv3");
        for (int i = 0; i < options.Dilations.Length; i++)
        {
            features = Gated(features, 4 * width, options, Invariant($"dilated{i}"), dilation: options.Dilations[i]);
        }

        features = Gated(features, 4 * width, options, "conv4");
        return builder.Output("latent", Gated(features, 4 * width, options, "conv5")).Build();
    }

    /// <summary>Declares the decoder that fits the encoder of the same options.</summary>
    /// <param name="options">Settings; the defaults where <see langword="null"/>.</param>
    /// <returns>The network: <c>latent</c> to <c>image</c>, N×C×H×W, nominally in [0, 1], not clipped.</returns>
    public static Network CreateDecoder(GatedConvAutoencoderOptions? options = null)
    {
        options = Validated(options);
        int width = options.Width;
        var builder = new NetworkBuilder("gated-conv-autoencoder-decoder");
        NetworkValue features = builder.Input("latent", 4 * width, downscale: 4);
        features = Gated(features.Upsample(2), 2 * width, options, "up1");
        features = Gated(features, 2 * width, options, "conv1");
        features = Gated(features.Upsample(2), width, options, "up0");
        features = Gated(features, width / 2, options, "conv0");
        return builder.Output("image", features.Conv2d(options.ImageChannels, 3, padding: 1, name: "tail")).Build();
    }

    /// <summary>Declares encoder and decoder as one network.</summary>
    /// <param name="options">Settings; the defaults where <see langword="null"/>.</param>
    /// <returns>The network, image and mask to image.</returns>
    public static Network Create(GatedConvAutoencoderOptions? options = null)
        => Network.Compose("gated-conv-autoencoder", CreateEncoder(options), CreateDecoder(options));

    private static NetworkValue Gated(
        NetworkValue input, int channels, GatedConvAutoencoderOptions options, string name, int kernelSize = 3, int stride = 1,
        int dilation = 1)
        => input.GatedConv2d(
            channels, kernelSize, stride, padding: dilation * (kernelSize / 2), dilation, f => f.LeakyReLU(NegativeSlope),
            options.SingleGates, name);

    private static GatedConvAutoencoderOptions Validated(GatedConvAutoencoderOptions? options)
    {
        options ??= new GatedConvAutoencoderOptions();
        options.ThrowIfInvalid(nameof(options));
        return options;
    }
}
