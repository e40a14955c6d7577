namespace ImageRestoration.Networks.Architectures;

/// <summary>
/// A variational autoencoder (Kingma and Welling 2014, arXiv:1312.6114): the encoder gives mean and log-variance of a normal distribution
/// for each value of the latent, and the decoder makes a picture of the latent alone, so that noise can stand in for it. With classes, both
/// are also told which one it is (Sohn et al. 2015, equation 4): the latent then holds what differs within a class. Convolutions
/// throughout, without normalisation: residual blocks (He et al. 2016, arXiv:1603.05027), strided convolutions down, and 1×1 convolution
/// with PixelShuffle up.
/// </summary>
public static class VariationalAutoencoder
{
    /// <summary>Name of the latent's mean among the encoder's outputs, and of the decoder's input.</summary>
    public const string LatentName = "latent";

    /// <summary>Name of the logarithm of the latent's variance among the encoder's outputs.</summary>
    public const string LogVarianceName = "logvar";

    /// <summary>
    /// Name of the condition of encoder and decoder: planes of the latent's size, of which that of the class holds ones and the others
    /// zeros.
    /// </summary>
    public const string LabelName = "label";

    /// <summary>Declares the encoder.</summary>
    /// <param name="options">Settings; the defaults where <see langword="null"/>.</param>
    /// <returns>
    /// The network. Input <c>image</c>: N×C×H×W in [0, 1], H and W multiples of 2^(levels − 1); with classes, the condition <c>label</c>:
    /// N×classes planes of the latent's size. Outputs <c>latent</c>, the mean, and
    /// <c>logvar</c>, the natural logarithm of the variance: N×latent channels, at 1/2^(levels − 1) of the size.
    /// </returns>
    /// <exception cref="ArgumentException">An option is out of range; all errors are reported together.</exception>
    public static Network CreateEncoder(VariationalAutoencoderOptions? options = null)
    {
        options = Validated(options);
        var builder = new NetworkBuilder("vae-encoder");
        NetworkValue features = builder.Input("image", options.ImageChannels).Affine(2, -1)
            .Conv2d(options.Channels[0], 3, padding: 1, name: "head");
        for (int level = 0; level < options.Channels.Length - 1; level++)
        {
            features = Blocks(builder, features, Invariant($"level{level}"), options.BlocksPerLevel);
            features = features.SiLU().Conv2d(options.Channels[level + 1], 2, stride: 2, name: Invariant($"down{level}"));
        }

        if (options.Classes > 0)
        {
            features = features.SiLU().Conv2d(options.Channels[^1], 1, name: "labelled") + Label(builder, options);
        }

        features = features.SiLU();
        builder.Output(LatentName, features.Conv2d(options.LatentChannels, 1, name: "mean"));
        builder.Output(LogVarianceName, features.Conv2d(options.LatentChannels, 1, name: "logvar"));
        return builder.Build();
    }

    /// <summary>Declares the decoder that fits the encoder of the same options.</summary>
    /// <param name="options">Settings; the defaults where <see langword="null"/>.</param>
    /// <returns>
    /// The network. Inputs <c>latent</c> and, with classes, the condition <c>label</c>: N×classes planes of the latent's size. Output
    /// <c>image</c>: N×C×H×W in [0, 1].
    /// </returns>
    /// <exception cref="ArgumentException">An option is out of range; all errors are reported together.</exception>
    public static Network CreateDecoder(VariationalAutoencoderOptions? options = null)
    {
        options = Validated(options);
        var builder = new NetworkBuilder("vae-decoder");
        int last = options.Channels.Length - 1;
        NetworkValue features = builder.Input(LatentName, options.LatentChannels, 1 << last)
            .Conv2d(options.Channels[last], 1, name: "head");
        if (options.Classes > 0)
        {
            features += Label(builder, options);
        }

        for (int level = last - 1; level >= 0; level--)
        {
            features = features.SiLU().Conv2d(options.Channels[level] * 4, 1, name: Invariant($"up{level}")).PixelShuffle(2);
            features = Blocks(builder, features, Invariant($"level{level}"), options.BlocksPerLevel);
        }

        return builder.Output("image", features.SiLU().Conv2d(options.ImageChannels, 3, padding: 1, name: "tail").Sigmoid()).Build();
    }

    /// <summary>Declares encoder and decoder as one network, which decodes the mean: the reconstruction without noise.</summary>
    /// <param name="options">Settings; the defaults where <see langword="null"/>.</param>
    /// <returns>The network: image, and label with classes, to image; its second output is <c>logvar</c>.</returns>
    /// <exception cref="ArgumentException">An option is out of range; all errors are reported together.</exception>
    public static Network Create(VariationalAutoencoderOptions? options = null)
        => Network.Compose("vae", CreateEncoder(options), CreateDecoder(options));

    /// <summary>
    /// A learned vector for each class. It is added to features, rather than concatenated before their convolution, so that its initial
    /// weights follow from the number of classes alone and are not lost among those of hundreds of channels.
    /// </summary>
    private static NetworkValue Label(NetworkBuilder builder, VariationalAutoencoderOptions options)
        => builder.Condition(LabelName, options.Classes, 1 << (options.Channels.Length - 1))
            .Conv2d(options.Channels[^1], 1, bias: false, name: "class");

    private static NetworkValue Blocks(NetworkBuilder builder, NetworkValue features, string scope, int count)
    {
        for (int block = 0; block < count; block++)
        {
            using (builder.Scope(Invariant($"{scope}.{block}")))
            {
                features += features.SiLU().Conv2d(features.Channels, 3, padding: 1, name: "conv1")
                    .SiLU().Conv2d(features.Channels, 3, padding: 1, name: "conv2");
            }
        }

        return features;
    }

    private static VariationalAutoencoderOptions Validated(VariationalAutoencoderOptions? options)
    {
        options ??= new VariationalAutoencoderOptions();
        options.ThrowIfInvalid(nameof(options));
        return options;
    }
}
