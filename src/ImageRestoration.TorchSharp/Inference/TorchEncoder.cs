using ImageRestoration.Latents;
using ImageRestoration.Networks;
using static TorchSharp.torch;

namespace ImageRestoration.TorchSharp;

/// <summary>Encodes pictures with a declared network on libtorch. Latents stay on its device.</summary>
/// <remarks>Thread-safe and re-entrant. Holds native memory: dispose it; runs in progress end first, and later ones are refused.</remarks>
public sealed class TorchEncoder : IEncoder
{
    private readonly TorchNetwork _network;

    /// <summary>Loads the encoder of a model onto a device.</summary>
    /// <param name="model">A model made of an encoder and a decoder.</param>
    /// <param name="options">Device, precision and threads; the defaults where <see langword="null"/>.</param>
    /// <exception cref="BackendUnavailableException">libtorch or the device is missing.</exception>
    public TorchEncoder(Model model, TorchOptions? options = null)
        : this((model ?? throw new ArgumentNullException(nameof(model))).RequireEncoder(), model.EncoderWeights, options)
        => Info = EncoderInfo.For(model, Info.Backend, Info.Device);

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
        _ = network.TakesMask();
        Device device = TorchRuntime.OpenDevice(options);
        _network = TorchRuntime.Guard(
            "loading weights",
            () => new TorchNetwork(network, weights, device, options.Precision) { Threads = TorchRuntime.ThreadsFor(options.Threads) });
        Info = EncoderInfo.For(network, TorchRuntime.BackendName, device.ToString());
    }

    /// <inheritdoc/>
    public EncoderInfo Info { get; }

    /// <inheritdoc/>
    public Task<Latent> EncodeAsync(EncodeRequest request, CancellationToken cancellationToken = default)
    {
        Info.ThrowIfUnfit(request);
        ObjectDisposedException.ThrowIf(_network.IsDisposed, this);
        return Task.Run<Latent>(
            () => new TorchLatent(
                [.. Info.Latent.Tensors.Select(t => t.Name)],
                TorchInference.RunOnImage(_network, request),
                _network.Device),
            cancellationToken);
    }

    /// <summary>Frees the weights.</summary>
    public void Dispose() => _network.Dispose();
}
