namespace ImageRestoration.Networks.Architectures;

/// <summary>
/// An autoencoder that fills in missing pixels: strided convolutions with batch normalisation and LeakyReLU down to a small latent, and
/// transposed ones back, in the manner of DCGAN (Radford et al. 2016, arXiv:1511.06434) and the context encoders of Pathak et al. 2016
/// (arXiv:1604.07379). It takes the picture and the mask; the size comes out as it went in.
/// </summary>
/// <remarks>Recommended initial weights: <see cref="InitialDistribution.Normal"/> with standard deviation 0.02, as in DCGAN.</remarks>
public static class StridedAutoencoder
{
    private const float NegativeSlope = 0.2f;

    /// <summary>Declares the encoder.</summary>
    /// <param name="imageChannels">Channels of the pictures: 3 for RGB, 1 for grey.</param>
    /// <param name="width">Channels after the first convolution; each further one makes twice as many.</param>
    /// <param name="levels">Number of convolutions, each of which halves the size, 1 to 8.</param>
    /// <returns>The network: image N×C×H×W in [0, 1] and mask N×1×H×W (1 = missing), H and W multiples of 2^levels, to a latent.</returns>
    public static Network CreateEncoder(int imageChannels = 3, int width = 64, int levels = 4)
    {
        ThrowIfInvalid(levels);
        var builder = new NetworkBuilder("strided-autoencoder-encoder");
        NetworkValue features = builder.Input("image", imageChannels).Concat([builder.Input("mask", 1)]);
        for (int level = 0; level < levels; level++)
        {
            features = features.Conv2d(width << level, 4, stride: 2, padding: 1, bias: false, name: Invariant($"conv{level}"))
                .BatchNorm2d(name: Invariant($"norm{level}")).LeakyReLU(NegativeSlope);
        }

        return builder.Output("latent", features).Build();
    }

    /// <summary>Declares the decoder that fits the encoder of the same settings.</summary>
    /// <param name="imageChannels">Channels of the pictures.</param>
    /// <param name="width">Channels before the last convolution.</param>
    /// <param name="levels">Number of convolutions, each of which doubles the size, 1 to 8.</param>
    /// <returns>The network: the latent to N×C×H×W in [0, 1].</returns>
    public static Network CreateDecoder(int imageChannels = 3, int width = 64, int levels = 4)
    {
        ThrowIfInvalid(levels);
        var builder = new NetworkBuilder("strided-autoencoder-decoder");
        NetworkValue features = builder.Input("latent", width << (levels - 1), downscale: 1 << levels);
        for (int level = levels - 1; level > 0; level--)
        {
            string name = Invariant($"deconv{level}");
            features = features.ConvTranspose2d(width << (level - 1), 4, stride: 2, padding: 1, bias: false, name: name)
                .BatchNorm2d(name: Invariant($"norm{level}")).LeakyReLU(NegativeSlope);
        }

        NetworkValue image = features.ConvTranspose2d(imageChannels, 4, stride: 2, padding: 1, name: "deconv0").Sigmoid();
        return builder.Output("image", image).Build();
    }

    /// <summary>Declares encoder and decoder as one network.</summary>
    /// <param name="imageChannels">Channels of the pictures.</param>
    /// <param name="width">Channels at half the size.</param>
    /// <param name="levels">How many times the size is halved, 1 to 8.</param>
    /// <returns>The network, image and mask to image.</returns>
    public static Network Create(int imageChannels = 3, int width = 64, int levels = 4)
        => Network.Compose("strided-autoencoder", CreateEncoder(imageChannels, width, levels), CreateDecoder(imageChannels, width, levels));

    private static void ThrowIfInvalid(int levels)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(levels, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(levels, 8);
    }
}
