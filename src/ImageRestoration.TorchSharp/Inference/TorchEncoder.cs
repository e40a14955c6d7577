using ImageRestoration.Imaging;
using ImageRestoration.Latents;
using ImageRestoration.Masking;
using ImageRestoration.Networks;
using static TorchSharp.torch;

namespace ImageRestoration.TorchSharp;

/// <summary>Encodes pictures with a declared network on libtorch. Latents stay on its device.</summary>
/// <remarks>Thread-safe and re-entrant. Holds native memory: dispose it.</remarks>
public sealed class TorchEncoder : IEncoder
{
    private readonly TorchNetwork _network;

    /// <summary>Loads the encoder of a model onto a device.</summary>
    /// <param name="model">A model made of an encoder and a decoder.</param>
    /// <param name="options">Device, precision and threads; the defaults where <see langword="null"/>.</param>
    /// <exception cref="BackendUnavailableException">libtorch or the device is missing.</exception>
    public TorchEncoder(Model model, TorchOptions? options = null)
        : this((model ?? throw new ArgumentNullException(nameof(model))).RequireEncoder(), model.EncoderWeights, options)
    {
    }

    /// <summary>Loads an encoder network onto a device.</summary>
    /// <param name="network">Network with input <c>image</c>, optionally <c>mask</c>; its outputs are the latent's tensors.</param>
    /// <param name="weights">Values for its parameters.</param>
    /// <param name="options">Device, precision and threads; the defaults where <see langword="null"/>.</param>
    /// <exception cref="BackendUnavailableException">libtorch or the device is missing.</exception>
    public TorchEncoder(Network network, NetworkWeights weights, TorchOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(network);
        ArgumentNullException.ThrowIfNull(weights);
        options ??= new TorchOptions();
        TakesMask = network.TakesMask();
        Device device = TorchRuntime.OpenDevice(options);
        _network = TorchRuntime.Guard("loading weights", () => new TorchNetwork(network, weights, device, options.Precision) { Threads = TorchRuntime.ThreadsFor(options.Threads) });
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
    public string Device => _network.Device.ToString();

    /// <inheritdoc/>
    public Task<Latent> EncodeAsync(ImageTensor image, Mask? mask = null, CancellationToken cancellationToken = default)
    {
        this.ThrowIfUnfit(image, mask);
        return RunAsync(image, mask, conditions: null, cancellationToken);
    }

    /// <inheritdoc/>
    public Task<Latent> EncodeConditionedAsync(ImageTensor image, HostLatent conditions, Mask? mask = null, CancellationToken cancellationToken = default)
    {
        this.ThrowIfUnfit(image, mask, conditions);
        return RunAsync(image, mask, conditions, cancellationToken);
    }

    /// <summary>Frees the weights.</summary>
    public void Dispose() => _network.Dispose();

    private Task<Latent> RunAsync(ImageTensor image, Mask? mask, HostLatent? conditions, CancellationToken cancellationToken) => Task.Run<Latent>(
        () => new TorchLatent([.. Latent.Tensors.Select(t => t.Name)], TorchInference.RunOnImage(_network, image, mask, conditions), _network.Device),
        cancellationToken);
}
