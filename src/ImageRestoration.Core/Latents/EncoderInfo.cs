using ImageRestoration.Masking;
using ImageRestoration.Networks;

namespace ImageRestoration.Latents;

/// <summary>What an encoder is, and what it takes.</summary>
/// <param name="Name">Name of the model or method.</param>
/// <param name="ImageChannels">Channels of the pictures it takes: 1 for grey, 3 for RGB.</param>
/// <param name="Latent">The latent it makes.</param>
/// <param name="Backend">What computes, such as <c>OnnxRuntime</c>.</param>
/// <param name="Device">Where it computes, such as <c>cpu</c> or <c>cuda:0</c>.</param>
public sealed record EncoderInfo(string Name, int ImageChannels, LatentSpec Latent, string Backend, string Device)
{
    /// <summary>Whether it needs a mask beside the picture.</summary>
    /// <value>Default <see langword="false"/>.</value>
    public bool TakesMask { get; init; }

    /// <summary>Height and width of pictures must be multiples of this. A restorer mirrors pictures up to it.</summary>
    /// <value>Default 1: whatever sizes pictures have.</value>
    public Size2d SizeMultiple { get; init; } = 1;

    /// <summary>What it is given beside picture and mask, such as a class.</summary>
    /// <value>Default <see cref="LatentSpec.None"/>.</value>
    public LatentSpec Conditions { get; init; } = LatentSpec.None;

    /// <summary>What missing pixels must hold when it sees them. A restorer fills them so.</summary>
    /// <value>Default <see cref="InitialFill.Zero"/>.</value>
    public InitialFill Fill { get; init; }

    /// <summary>Whether it must see pictures at the exposure of <see cref="Imaging.AutoExposure"/>. A restorer sees to it.</summary>
    /// <value>Default <see langword="false"/>: as they are.</value>
    public bool NormalizesExposure { get; init; }

    /// <summary>The declared network that computes. With a decoder's, it tells how far tiles of the pair must overlap.</summary>
    /// <value>Default <see langword="null"/>: written by hand.</value>
    public Network? Network { get; init; }

    /// <summary>
    /// For encoders written by hand: how far, in pixels of the picture, the latent of a block between multiples of
    /// <see cref="SizeMultiple"/> depends on what is around the block.
    /// </summary>
    /// <value>Default <see langword="null"/>: unknown, or <see cref="Network"/> tells.</value>
    public ReceptiveField? TileHalo { get; init; }

    /// <summary>
    /// Where tiles start, in pixels of the picture: at multiples of this, where a backend's arithmetic repeats with a longer period than
    /// <see cref="SizeMultiple"/>.
    /// </summary>
    /// <value>Default <see langword="null"/>: <see cref="SizeMultiple"/>.</value>
    public Size2d? TileAlignment { get; init; }

    /// <summary>Describes an encoder that runs a declared network: for backends.</summary>
    /// <param name="network">Takes a picture, a mask where it fills holes, and conditions; its outputs are the latent's tensors.</param>
    /// <param name="backend">What computes.</param>
    /// <param name="device">Where it computes.</param>
    /// <returns>The description.</returns>
    /// <exception cref="TensorShapeException">The network takes other inputs.</exception>
    public static EncoderInfo For(Network network, string backend, string device)
    {
        ArgumentNullException.ThrowIfNull(network);
        return new EncoderInfo(network.Name, network.Inputs[0].Channels, LatentSpec.MadeBy(network), backend, device)
        {
            TakesMask = network.TakesMask(),
            SizeMultiple = network.SizeMultiple,
            Conditions = LatentSpec.ConditionsOf(network),
            Network = network,
        };
    }

    /// <summary>Describes an encoder that runs the encoder of a model: for backends.</summary>
    /// <param name="model">A model declared with an encoder and a decoder.</param>
    /// <param name="backend">What computes.</param>
    /// <param name="device">Where it computes.</param>
    /// <returns>The description, with what the model says of holes and exposure.</returns>
    /// <exception cref="InvalidOperationException">The model is one network.</exception>
    public static EncoderInfo For(Model model, string backend, string device)
    {
        ArgumentNullException.ThrowIfNull(model);
        return For(model.RequireEncoder(), backend, device) with
        {
            Name = model.Info.Name,
            Fill = model.Info.Fill,
            NormalizesExposure = model.Info.NormalizesExposure,
        };
    }
}
