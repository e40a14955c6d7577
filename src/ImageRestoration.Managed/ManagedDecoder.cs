using ImageRestoration.Imaging;
using ImageRestoration.Latents;
using ImageRestoration.Networks;

namespace ImageRestoration.Managed;

/// <summary>Decodes latents in C# alone. A <see cref="HostLatent"/> is read where it lies; others are copied from their device.</summary>
/// <remarks>Thread-safe and re-entrant. Dispose it to let go of its buffers; runs in progress finish undisturbed.</remarks>
public sealed class ManagedDecoder : IDecoder
{
    private readonly ManagedNetwork _network;

    /// <summary>Prepares the decoder of a model.</summary>
    /// <param name="model">A model declared with an encoder and a decoder.</param>
    /// <param name="options">Settings; the defaults where <see langword="null"/>.</param>
    /// <exception cref="InvalidOperationException">The model is one network.</exception>
    /// <exception cref="ArgumentException">An option is out of range.</exception>
    /// <exception cref="UnsupportedLayerException">The decoder has a layer that this backend does not know.</exception>
    public ManagedDecoder(Model model, ManagedOptions? options = null)
        : this((model ?? throw new ArgumentNullException(nameof(model))).RequireDecoder(), model.DecoderWeights, options)
    {
    }

    /// <summary>Prepares a decoder.</summary>
    /// <param name="network">Takes the tensors of a latent, each as an input of the tensor's name; its first output is the picture.</param>
    /// <param name="weights">The network's weights.</param>
    /// <param name="options">Settings; the defaults where <see langword="null"/>.</param>
    /// <exception cref="ArgumentException">An option is out of range.</exception>
    /// <exception cref="UnsupportedLayerException">The decoder has a layer that this backend does not know.</exception>
    /// <exception cref="ModelFormatException">The weights belong to another network.</exception>
    public ManagedDecoder(Network network, NetworkWeights weights, ManagedOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(network);
        ArgumentNullException.ThrowIfNull(weights);
        options = ManagedOptions.Validated(options);
        _network = new ManagedNetwork(network, weights, options, outputs: 1);
        Info = DecoderInfo.For(network, GraphFusion.Backend, ManagedNetwork.DeviceName) with
        {
            TileAlignment = ManagedNetwork.TileAlignmentOf(network, options),
        };
    }

    /// <inheritdoc/>
    public DecoderInfo Info { get; }

    /// <inheritdoc/>
    public Task<ImageTensor> DecodeAsync(Latent latent, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(latent);
        _network.Network.InferShape(latent);
        return Task.Run(() => Decode(latent, cancellationToken), cancellationToken);
    }

    /// <inheritdoc/>
    public void Dispose() => _network.Dispose();

    private ImageTensor Decode(Latent latent, CancellationToken cancellationToken)
    {
        HostLatent? copy = latent is HostLatent ? null : HostLatent.CopyOf(latent);
        try
        {
            HostLatent host = copy ?? (HostLatent)latent;
            ImageTensor[] inputs = [.. _network.Network.Inputs.Select(i => host[i.Name])];
            return _network.Run(inputs, cancellationToken)[0];
        }
        finally
        {
            copy?.Dispose();
        }
    }
}
