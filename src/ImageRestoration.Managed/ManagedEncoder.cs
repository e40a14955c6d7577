using ImageRestoration.Imaging;
using ImageRestoration.Latents;
using ImageRestoration.Masking;
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
        : this((model ?? throw new ArgumentNullException(nameof(model))).RequireEncoder(), model.EncoderWeights, options)
    {
    }

    /// <summary>Prepares an encoder.</summary>
    /// <param name="network">Takes a picture, and as second input a mask of one channel where it is for inpainting; each output becomes a tensor of the latent.</param>
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

    internal ManagedEncoder(Network network, NetworkWeights weights, ManagedOptions? options, VectorKind? kind)
    {
        ArgumentNullException.ThrowIfNull(network);
        ArgumentNullException.ThrowIfNull(weights);
        options = ManagedOptions.Validated(options);
        TakesMask = network.TakesMask();
        _network = new ManagedNetwork(network, weights, options, kind: kind);
        Latent = LatentSpec.MadeBy(network);
        Conditions = LatentSpec.ConditionsOf(network);
    }

    /// <inheritdoc/>
    public int ImageChannels => _network.Network.Inputs[0].Channels;

    /// <inheritdoc/>
    public bool TakesMask { get; }

    /// <inheritdoc/>
    public Size2d SizeMultiple => _network.Network.SizeMultiple;

    /// <inheritdoc/>
    public LatentSpec Latent { get; }

    /// <inheritdoc/>
    public LatentSpec Conditions { get; }

    /// <inheritdoc/>
    public string Device => ManagedNetwork.DeviceName;

    internal ManagedNetwork Runner => _network;

    /// <inheritdoc/>
    public Task<Latent> EncodeAsync(ImageTensor image, Mask? mask = null, CancellationToken cancellationToken = default)
    {
        this.ThrowIfUnfit(image, mask);
        return Task.Run(() => Encode(image, TakesMask ? mask : null, conditions: null, cancellationToken), cancellationToken);
    }

    /// <inheritdoc/>
    public Task<Latent> EncodeConditionedAsync(ImageTensor image, HostLatent conditions, Mask? mask = null, CancellationToken cancellationToken = default)
    {
        this.ThrowIfUnfit(image, mask, conditions);
        return Task.Run(() => Encode(image, TakesMask ? mask : null, conditions, cancellationToken), cancellationToken);
    }

    /// <inheritdoc/>
    public void Dispose() => _network.Dispose();

    private Latent Encode(ImageTensor image, Mask? mask, HostLatent? conditions, CancellationToken cancellationToken)
    {
        using ImageTensor? holes = mask?.ToTensor(image.Batch);
        ImageTensor[] outputs = _network.Run(_network.Network.Arrange(image, holes, conditions), cancellationToken);
        return new HostLatent([.. Latent.Tensors.Zip(outputs, (spec, tensor) => KeyValuePair.Create(spec.Name, tensor))]);
    }
}
