using ImageRestoration.Imaging;
using ImageRestoration.Latents;
using ImageRestoration.Masking;
using ImageRestoration.Networks;
using ImageRestoration.Restoration;
using static TorchSharp.torch;

namespace ImageRestoration.TorchSharp;

/// <summary>Restores pictures with a declared network on libtorch.</summary>
/// <remarks>Thread-safe and re-entrant. Holds native memory: dispose it; runs in progress end first, and later ones are refused.</remarks>
public sealed class TorchRestorer : PaddedRestorer
{
    private readonly TorchNetwork _network;

    /// <summary>Loads a model onto a device.</summary>
    /// <param name="model">Network, weights and task.</param>
    /// <param name="options">Device, precision and threads; the defaults where <see langword="null"/>.</param>
    /// <exception cref="BackendUnavailableException">libtorch or the device is missing.</exception>
    /// <exception cref="UnsupportedLayerException">The backend has no implementation of a layer.</exception>
    /// <exception cref="TensorShapeException">
    /// The network does not keep size or channels, or takes other inputs than a picture and a mask.
    /// </exception>
    public TorchRestorer(Model model, TorchOptions? options = null)
        : base(RestorerInfo.For(model, TorchRuntime.BackendName, (options ??= new TorchOptions()).Device))
    {
        Device device = TorchRuntime.OpenDevice(options);
        _network = TorchRuntime.Guard(
            "loading weights",
            () => new TorchNetwork(
                model.Network, model.Weights, device, options.Precision) { Threads = TorchRuntime.ThreadsFor(options.Threads) });
    }

    /// <summary>Restores with a network whose weights somebody else owns.</summary>
    internal TorchRestorer(TorchNetwork network, ModelInfo info)
        : base(RestorerInfo.For(network.Network, network.Network.Name, info.Task, TorchRuntime.BackendName, network.Device.ToString()) with
        {
            Fill = info.Fill,
            NormalizesExposure = info.NormalizesExposure,
        })
        => _network = network;

    /// <inheritdoc/>
    protected override Task<ImageTensor> RunAsync(ImageTensor image, Mask? mask, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        return Task.FromResult(Run(image, mask));
    }

    /// <inheritdoc/>
    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            _network.Dispose();
        }
    }

    private ImageTensor Run(ImageTensor image, Mask? mask)
    {
        Tensor[] outputs = TorchInference.RunOnImage(_network, new EncodeRequest(image, mask));
        try
        {
            return TorchTensors.ToImage(outputs[0]);
        }
        finally
        {
            foreach (Tensor output in outputs)
            {
                output.Dispose();
            }
        }
    }
}
