namespace ImageRestoration.Networks.Architectures;

/// <summary>
/// A discriminator that judges patches instead of whole pictures: PatchGAN of Isola et al. 2017, "Image-to-Image Translation with
/// Conditional Adversarial Networks" (arXiv:1611.07004, section 3.2.2). With <see cref="PatchDiscriminatorOptions.TakesMask"/>, kernels of
/// 5 and six strided convolutions it is that of Yu et al. 2019 (arXiv:1806.03589, section 3.3) without spectral normalisation.
/// </summary>
/// <remarks>Recommended initial weights: <see cref="InitialDistribution.Normal"/> with standard deviation 0.02, as in pix2pix.</remarks>
public static class PatchDiscriminator
{
    private const float NegativeSlope = 0.2f;

    /// <summary>Declares the network.</summary>
    /// <param name="options">Settings; the defaults where <see langword="null"/>.</param>
    /// <returns>
    /// The network: <c>image</c> N×C×H×W in [0, 1] and, where asked for, <c>mask</c> N×1×H×W (1 = missing) to <c>score</c>, N×1×h×w, a
    /// number without bounds for each patch (no sigmoid), and then the features after each convolution before, <c>features0</c>,
    /// <c>features1</c> and so on, for feature matching. With the defaults h is H / 8 − 2, for heights that are multiples of 8 and at least
    /// 24.
    /// </returns>
    public static Network Create(PatchDiscriminatorOptions? options = null)
    {
        options ??= new PatchDiscriminatorOptions();
        options.ThrowIfInvalid(nameof(options));
        var builder = new NetworkBuilder("patch-discriminator");
        NetworkValue value = builder.Input("image", options.ImageChannels);
        value = options.TakesMask ? value.Concat([builder.Input("mask", 1)], name: "masked") : value;
        int kernel = options.KernelSize, padding = (kernel - 1) / 2;
        var features = new NetworkValue[options.Channels.Length];
        for (int i = 0; i < features.Length; i++)
        {
            bool normalized = options.BatchNorm && i > 0;
            int stride = i < options.StridedConvolutions ? 2 : 1;
            value = value.Conv2d(options.Channels[i], kernel, stride, padding, bias: !normalized, name: Invariant($"conv{i}"));
            features[i] = value = (normalized ? value.BatchNorm2d(name: Invariant($"norm{i}")) : value).LeakyReLU(NegativeSlope);
        }

        builder.Output("score", value.Conv2d(1, kernel, padding: padding, name: "score"));
        for (int i = 0; i < features.Length; i++)
        {
            builder.Output(Invariant($"features{i}"), features[i]);
        }

        return builder.Build();
    }
}
