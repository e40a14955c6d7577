namespace ImageRestoration.Networks.Architectures;

/// <summary>
/// The denoising network of Zhang et al. 2017, "Beyond a Gaussian Denoiser" (arXiv:1608.03981), with batch normalisation folded into
/// the convolutions, as it is run after training: convolutions of one width with ReLU between them that predict the noise.
/// </summary>
/// <remarks>Recommended initial weights: <see cref="InitialDistribution.HeNormal"/>, as in the paper.</remarks>
public static class DnCnn
{
    /// <summary>Declares the network.</summary>
    /// <param name="imageChannels">Channels of the pictures: 3 for RGB, 1 for grey.</param>
    /// <param name="depth">Number of convolutions, at least 2; the paper has 17 and 20.</param>
    /// <param name="channels">Width; the paper has 64.</param>
    /// <returns>The network, image to image: N×C×H×W in [0, 1] in, the same shape out, not clipped.</returns>
    public static Network Create(int imageChannels = 3, int depth = 17, int channels = 64)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(depth, 2);
        var builder = new NetworkBuilder("dncnn");
        NetworkValue image = builder.Input("image", imageChannels);
        NetworkValue features = image;
        for (int i = 0; i < depth - 1; i++)
        {
            features = features.Conv2d(channels, 3, padding: 1, name: Invariant($"conv{i}")).ReLU();
        }

        builder.Output("image", image + features.Conv2d(imageChannels, 3, padding: 1, name: Invariant($"conv{depth - 1}")));
        return builder.Build();
    }
}
