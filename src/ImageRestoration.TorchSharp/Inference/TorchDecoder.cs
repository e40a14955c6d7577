using ImageRestoration.Imaging;
using ImageRestoration.Latents;
using ImageRestoration.Networks;
using static TorchSharp.torch;

namespace ImageRestoration.TorchSharp;

/// <summary>
/// Decodes latents with a declared network on libtorch. A latent of a <see cref="TorchEncoder"/> on the same device is used where it lies.
/// </summary>
/// <remarks>Thread-safe and re-entrant. Holds native memory: dispose it; runs in progress end first, and later ones are refused.</remarks>
public sealed class TorchDecoder : IDecoder
{
    private readonly TorchNetwork _network;

    /// <summary>Loads the decoder of a model onto a device.</summary>
    /// <param name="model">A model made of an encoder and a decoder.</param>
    /// <param name="options">Device, precision and threads; the defaults where <see langword="null"/>.</param>
    /// <exception cref="BackendUnavailableException">libtorch or the device is missing.</exception>
    public TorchDecoder(Model model, TorchOptions? options = null)
        : this((model ?? throw new ArgumentNullException(nameof(model))).RequireDecoder(), model.DecoderWeights, options)
    {
    }

    /// <summary>Loads a decoder network onto a device.</summary>
    /// <param name="network">Network whose inputs are the latent's tensors; its first output is the picture.</param>
    /// <param name="weights">Values for its parameters.</param>
    /// <param name="options">Device, precision and threads; the defaults where <see langword="null"/>.</param>
    /// <exception cref="BackendUnavailableException">libtorch or the device is missing.</exception>
    public TorchDecoder(Network network, NetworkWeights weights, TorchOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(network);
        ArgumentNullException.ThrowIfNull(weights);
        options ??= new TorchOptions();
        Device device = TorchRuntime.OpenDevice(options);
        _network = TorchRuntime.Guard(
            "loading weights",
            () => new TorchNetwork(network, weights, device, options.Precision) { Threads = TorchRuntime.ThreadsFor(options.Threads) });
        Info = DecoderInfo.For(network, TorchRuntime.BackendName, device.ToString());
    }

    /// <inheritdoc/>
    public DecoderInfo Info { get; }

    /// <inheritdoc/>
    public Task<ImageTensor> DecodeAsync(Latent latent, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(latent);
        ObjectDisposedException.ThrowIf(_network.IsDisposed, this);
        _network.Network.InferShape(latent);
        return Task.Run(
            () => TorchRuntime.Guard($"network '{_network.Network.Name}'", () => Run(latent), TorchInference.MemoryRemedy),
            cancellationToken);
    }

    /// <summary>Frees the weights.</summary>
    public void Dispose() => _network.Dispose();

    private ImageTensor Run(Latent latent)
    {
        using var noGrad = inference_mode();
        using var scope = NewDisposeScope();
        var inputs = new Tensor[_network.Network.Inputs.Length];
        for (int i = 0; i < inputs.Length; i++)
        {
            inputs[i] = Open(latent, _network.Network.Inputs[i].Name);
        }

        return TorchTensors.ToImage(_network.Forward(inputs)[0]);
    }

    private Tensor Open(Latent latent, string name)
    {
        if (latent is TorchLatent torchLatent)
        {
            Tensor tensor = torchLatent.Open(name);
            return latent.Device == Info.Device ? tensor : tensor.to(_network.Device);
        }

        using ImageTensor host = latent.CopyToHost(name);
        return TorchTensors.ToTorch(host, _network.Device);
    }
}
