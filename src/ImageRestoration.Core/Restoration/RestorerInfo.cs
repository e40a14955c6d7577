using ImageRestoration.Masking;
using ImageRestoration.Networks;

namespace ImageRestoration.Restoration;

/// <summary>What a restorer is.</summary>
/// <param name="Name">Name of the model or method.</param>
/// <param name="Task">What it does.</param>
/// <param name="Channels">Channels of the pictures it takes: 1 for grey, 3 for RGB.</param>
/// <param name="TakesMask">Whether a request needs a mask.</param>
/// <param name="Backend">What computes, such as <c>OnnxRuntime</c>.</param>
/// <param name="Device">Where it computes, such as <c>cpu</c> or <c>cuda:0</c>.</param>
public sealed record RestorerInfo(string Name, RestorationTask Task, int Channels, bool TakesMask, string Backend, string Device)
{
    /// <summary>
    /// What height and width are mirrored up to, at the bottom and right, before the network or method sees a picture. Tiles keep to it.
    /// </summary>
    /// <value>Default 1: pictures are taken as they are.</value>
    /// <exception cref="ArgumentOutOfRangeException">The value is below 1×1.</exception>
    public Size2d SizeMultiple
    {
        get;
        init => field = value.Height >= 1 && value.Width >= 1
            ? value
            : throw new ArgumentOutOfRangeException(nameof(value), value, $"The size multiple is {value} and must be at least 1×1.");
    } = 1;

    /// <summary>
    /// How far a tile must reach beyond a block of pixels between multiples of <see cref="SizeMultiple"/>, so that the block's result is
    /// that of the whole picture: <see cref="Network.TileHalo"/>, or the distance to which a method looks.
    /// </summary>
    /// <value>Default <see langword="null"/>: unknown.</value>
    public ReceptiveField? TileHalo { get; init; }

    /// <summary>
    /// Where tiles start: at multiples of this. A multiple of <see cref="SizeMultiple"/>; larger where the arithmetic of a backend repeats
    /// with a longer period, so that rounding is that of the whole picture too.
    /// </summary>
    /// <value>Default <see langword="null"/>: <see cref="SizeMultiple"/>.</value>
    public Size2d? TileAlignment { get; init; }

    /// <summary>What missing pixels hold when the network sees them, whatever the request's picture holds there.</summary>
    /// <value>Default <see cref="InitialFill.Zero"/>.</value>
    public InitialFill Fill { get; init; }

    /// <summary>Whether the network sees pictures at the exposure that <see cref="Imaging.AutoExposure"/> gives them.</summary>
    /// <value>Default <see langword="false"/>: as they are.</value>
    public bool NormalizesExposure { get; init; }

    /// <summary>About how many numbers of 4 bytes are held at once for each pixel: <see cref="Network.ValuesPerPixel"/>.</summary>
    /// <value>Default <see langword="null"/>: unknown.</value>
    public double? ValuesPerPixel { get; init; }

    /// <summary>Describes a restorer that runs a declared network: for backends.</summary>
    /// <param name="network">A network from a picture, and a mask where it fills in missing pixels.</param>
    /// <param name="name">Name of the model.</param>
    /// <param name="task">What the model does.</param>
    /// <param name="backend">What computes.</param>
    /// <param name="device">Where it computes.</param>
    /// <returns>The description.</returns>
    /// <exception cref="TensorShapeException">The network changes channels or size, or takes more than a picture and a mask.</exception>
    public static RestorerInfo For(Network network, string name, RestorationTask task, string backend, string device)
    {
        ArgumentNullException.ThrowIfNull(network);
        network.ThrowIfConditional();
        bool takesMask = network.TakesMask();
        NetworkInput image = network.Inputs[0];
        NetworkOutput output = network.Outputs[0];
        AffineSize same = AffineSize.Identity;
        bool keepsSize = image.Scale == same && output.HeightScale == same && output.WidthScale == same;
        return keepsSize && output.Channels == image.Channels
            ? new RestorerInfo(name, task, image.Channels, takesMask, backend, device)
            {
                SizeMultiple = network.SizeMultiple,
                TileHalo = network.TileHalo,
                ValuesPerPixel = network.ValuesPerPixel,
            }
            : throw RestorationErrors.NotAsLarge(network);
    }

    /// <summary>Describes a restorer that runs a model: for backends.</summary>
    /// <param name="model">A model whose network turns pictures into pictures of the same size and channels.</param>
    /// <param name="backend">What computes.</param>
    /// <param name="device">Where it computes.</param>
    /// <returns>The description.</returns>
    /// <exception cref="TensorShapeException">The network changes channels or size, or takes more than a picture and a mask.</exception>
    public static RestorerInfo For(Model model, string backend, string device)
    {
        ArgumentNullException.ThrowIfNull(model);
        ModelInfo info = model.Info;
        RestorerInfo restorer = For(model.Network, info.Name, info.Task, backend, device);
        return restorer with { Fill = info.Fill, NormalizesExposure = info.NormalizesExposure };
    }
}
