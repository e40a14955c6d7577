using ImageRestoration.Networks;

namespace ImageRestoration.Latents;

/// <summary>What a decoder is, and what it takes.</summary>
/// <param name="Name">Name of the model or method.</param>
/// <param name="ImageChannels">Channels of the pictures it makes: 1 for grey, 3 for RGB.</param>
/// <param name="Latent">The latent it takes.</param>
/// <param name="Backend">What computes, such as <c>OnnxRuntime</c>.</param>
/// <param name="Device">Where it computes, such as <c>cpu</c> or <c>cuda:0</c>.</param>
public sealed record DecoderInfo(string Name, int ImageChannels, LatentSpec Latent, string Backend, string Device)
{
    /// <summary>Height and width of the pictures whose latents it takes must be multiples of this.</summary>
    /// <value>Default 1: whatever sizes the latents have.</value>
    public Size2d SizeMultiple { get; init; } = 1;

    /// <summary>The declared network that computes. With an encoder's, it tells how far tiles of the pair must overlap.</summary>
    /// <value>Default <see langword="null"/>: written by hand.</value>
    public Network? Network { get; init; }

    /// <summary>
    /// For decoders written by hand: how far, in pixels of the picture, a block between multiples of <see cref="SizeMultiple"/> depends on
    /// latents of what is around it.
    /// </summary>
    /// <value>Default <see langword="null"/>: unknown, or <see cref="Network"/> tells.</value>
    public ReceptiveField? TileHalo { get; init; }

    /// <summary>
    /// Where tiles start, in pixels of the picture: at multiples of this, where a backend's arithmetic repeats with a longer period than
    /// <see cref="SizeMultiple"/>.
    /// </summary>
    /// <value>Default <see langword="null"/>: <see cref="SizeMultiple"/>.</value>
    public Size2d? TileAlignment { get; init; }

    /// <summary>Describes a decoder that runs a declared network: for backends.</summary>
    /// <param name="network">Its inputs are the latent's tensors; its first output is the picture.</param>
    /// <param name="backend">What computes.</param>
    /// <param name="device">Where it computes.</param>
    /// <returns>The description.</returns>
    public static DecoderInfo For(Network network, string backend, string device)
    {
        ArgumentNullException.ThrowIfNull(network);
        return new DecoderInfo(network.Name, network.Outputs[0].Channels, LatentSpec.TakenBy(network), backend, device)
        {
            SizeMultiple = network.SizeMultiple,
            Network = network,
        };
    }
}
