using ImageRestoration.Imaging;
using ImageRestoration.Latents;
using ImageRestoration.Networks;

namespace ImageRestoration.Managed;

/// <summary>Encodes pictures in C# alone. Latents are <see cref="HostLatent"/>s.</summary>
/// <remarks>Thread-safe and re-entrant. Dispose it to let go of its buffers; runs in progress finish undisturbed.</remarks>
public sealed class ManagedEncoder : IEncoder
{
    private readonly ManagedNetwork _network;

    /// <summary>Prepares the encoder of a model.</summary>
    /// <param name="model">A model declared with an encoder and a decoder.</param>
    /// <param name="options">Settings; the defaults where <see langword="null"/>.</param>
    /// <exception cref="InvalidOperationException">The model is one network.</exception>
    /// <exception cref="ArgumentException">An option is out of range.</exception>
    /// <exception cref="UnsupportedLayerException">The encoder has a layer that this backend does not know.</exception>
    public ManagedEncoder(Model model, ManagedOptions? options = null)
        : this(
            (model ?? throw new ArgumentNullException(nameof(model))).RequireEncoder(),
            model.EncoderWeights,
            options,
            kind: null,
            EncoderInfo.For(model, GraphFusion.Backend, ManagedNetwork.DeviceName))
    {
    }

    /// <summary>Prepares an encoder.</summary>
    /// <param name="network">
    /// Takes a picture, and as second input a mask of one channel where it is for inpainting; each output becomes a tensor of the latent.
    /// </param>
    /// <param name="weights">The network's weights.</param>
    /// <param name="options">Settings; the defaults where <see langword="null"/>.</param>
    /// <exception cref="ArgumentException">An option is out of range.</exception>
    /// <exception cref="UnsupportedLayerException">The encoder has a layer that this backend does not know.</exception>
    /// <exception cref="ModelFormatException">The weights belong to another network.</exception>
    /// <exception cref="TensorShapeException">The network takes other inputs.</exception>
    public ManagedEncoder(Network network, NetworkWeights weights, ManagedOptions? options = null)
        : this(network, weights, options, kind: null)
    {
    }

    internal ManagedEncoder(
        Network network, NetworkWeights weights, ManagedOptions? options, VectorKind? kind, EncoderInfo? info = null)
    {
        ArgumentNullException.ThrowIfNull(network);
        ArgumentNullException.ThrowIfNull(weights);
        options = ManagedOptions.Validated(options);
        info ??= EncoderInfo.For(network, GraphFusion.Backend, ManagedNetwork.DeviceName);
        Info = info with { TileAlignment = ManagedNetwork.TileAlignmentOf(network, options) };
        _network = new ManagedNetwork(network, weights, options, kind: kind);
    }

    /// <inheritdoc/>
    public EncoderInfo Info { get; }

    internal ManagedNetwork Runner => _network;

    /// <inheritdoc/>
    public Task<Latent> EncodeAsync(EncodeRequest request, CancellationToken cancellationToken = default)
    {
        Info.ThrowIfUnfit(request);
        return Task.Run(() => Encode(request, cancellationToken), cancellationToken);
    }

    /// <inheritdoc/>
    public void Dispose() => _network.Dispose();

    private Latent Encode(EncodeRequest request, CancellationToken cancellationToken)
    {
        using ImageTensor? holes = Info.TakesMask ? request.Mask!.ToTensor(request.Image.Batch) : null;
        ImageTensor[] outputs = _network.Run(_network.Network.Arrange(request, holes), cancellationToken);
        return new HostLatent([.. Info.Latent.Tensors.Zip(outputs, (spec, tensor) => KeyValuePair.Create(spec.Name, tensor))]);
    }
}
