namespace ImageRestoration.Networks.Architectures;

/// <summary>
/// The convolutional autoencoder of textbooks, for small pictures such as CIFAR-10's 32×32: convolutions with max-pooling make them four
/// times smaller, transposed convolutions bring them back, a sigmoid keeps them in [0, 1]. The size comes out as it went in.
/// </summary>
/// <remarks>
/// <para>Trained on noisy pictures with the clean ones as targets it is the denoising autoencoder of textbooks (Vincent et al. 2008).
/// Without skip connections all detail passes the latent; to denoise photographs use <see cref="UNet"/>.</para>
/// <para>Recommended initial weights: <see cref="InitialDistribution.XavierUniform"/>, where the textbooks' examples in Keras start.</para>
/// </remarks>
public static class ConvAutoencoder
{
    /// <summary>Declares the encoder.</summary>
    /// <param name="imageChannels">Channels of the pictures: 3 for RGB, 1 for grey.</param>
    /// <param name="filters">Channels of all layers between.</param>
    /// <returns>The network: N×C×H×W in [0, 1], H and W multiples of 4, to a latent of N×filters×H/4×W/4.</returns>
    public static Network CreateEncoder(int imageChannels = 3, int filters = 64)
    {
        var builder = new NetworkBuilder("conv-autoencoder-encoder");
        NetworkValue features = builder.Input("image", imageChannels);
        for (int level = 0; level < 2; level++)
        {
            features = features.Conv2d(filters, 3, padding: 1, name: Invariant($"conv{level}")).ReLU().MaxPool2d(2);
        }

        return builder.Output("latent", features).Build();
    }

    /// <summary>Declares the decoder that fits the encoder of the same settings.</summary>
    /// <param name="imageChannels">Channels of the pictures.</param>
    /// <param name="filters">Channels of all layers between.</param>
    /// <returns>The network: the latent to N×C×H×W in [0, 1].</returns>
    public static Network CreateDecoder(int imageChannels = 3, int filters = 64)
    {
        var builder = new NetworkBuilder("conv-autoencoder-decoder");
        NetworkValue features = builder.Input("latent", filters, downscale: 4);
        for (int level = 0; level < 2; level++)
        {
            string name = Invariant($"deconv{level}");
            features = features.ConvTranspose2d(filters, 3, stride: 2, padding: 1, outputPadding: 1, name: name).ReLU();
        }

        return builder.Output("image", features.Conv2d(imageChannels, 3, padding: 1, name: "tail").Sigmoid()).Build();
    }

    /// <summary>Declares encoder and decoder as one network.</summary>
    /// <param name="imageChannels">Channels of the pictures.</param>
    /// <param name="filters">Channels of all layers between.</param>
    /// <returns>The network, image to image.</returns>
    public static Network Create(int imageChannels = 3, int filters = 64)
        => Network.Compose("conv-autoencoder", CreateEncoder(imageChannels, filters), CreateDecoder(imageChannels, filters));
}
