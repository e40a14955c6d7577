using ImageRestoration.Imaging;
using ImageRestoration.Latents;
using ImageRestoration.Networks;
using Microsoft.ML.OnnxRuntime;

namespace ImageRestoration.OnnxRuntime;

/// <summary>
/// Decodes latents with ONNX Runtime. A latent of an <see cref="OnnxEncoder"/> on the same device is used where it lies; others are read
/// from the host.
/// </summary>
/// <remarks>Thread-safe and re-entrant: calls share one session. Dispose it; runs in progress end first.</remarks>
public sealed class OnnxDecoder : IDecoder
{
    private readonly OnnxSession _session;
    private readonly Network _network;
    private readonly string[] _inputNames;
    private readonly string[] _outputName;

    /// <summary>Builds a session from the decoder of a model.</summary>
    /// <param name="model">A model declared with an encoder and a decoder.</param>
    /// <param name="options">Settings; the defaults where <see langword="null"/>.</param>
    /// <exception cref="InvalidOperationException">The model is one network.</exception>
    /// <exception cref="UnsupportedLayerException">The decoder has a layer that this backend does not know.</exception>
    /// <exception cref="BackendUnavailableException">ONNX Runtime's native library is missing.</exception>
    public OnnxDecoder(Model model, OnnxOptions? options = null)
        : this((model ?? throw new ArgumentNullException(nameof(model))).RequireDecoder(), model.DecoderWeights, options)
    {
    }

    /// <summary>Builds a session from a decoder.</summary>
    /// <param name="network">Takes the tensors of a latent, each as an input of the tensor's name; its first output is the picture.</param>
    /// <param name="weights">The network's weights.</param>
    /// <param name="options">Settings; the defaults where <see langword="null"/>.</param>
    /// <exception cref="UnsupportedLayerException">The decoder has a layer that this backend does not know.</exception>
    /// <exception cref="BackendUnavailableException">ONNX Runtime's native library is missing.</exception>
    public OnnxDecoder(Network network, NetworkWeights weights, OnnxOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(network);
        options = OnnxOptions.Validated(options);
        ExportedNetwork exported = OnnxExporter.Build(network, weights, options.Precision);
        _session = exported.Open(network, weights, network.Name, options);
        _network = network;
        _inputNames = [.. exported.InputNames];
        _outputName = [exported.OutputNames[0]];
        Info = DecoderInfo.For(network, LayerLowering.Backend, _session.Device);
    }

    /// <inheritdoc/>
    public DecoderInfo Info { get; }

    /// <inheritdoc/>
    public Task<ImageTensor> DecodeAsync(Latent latent, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(latent);
        ImageShape shape = _network.InferShape(latent);
        return Task.Run(() => Decode(latent, shape, cancellationToken), cancellationToken);
    }

    /// <inheritdoc/>
    public void Dispose() => _session.Dispose();

    private ImageTensor Decode(Latent latent, ImageShape shape, CancellationToken cancellationToken)
    {
        ImageTensor output = ImageTensor.CreateUninitialized(shape);
        try
        {
            using PinnedTensors outputs = new(output);
            if (latent is OnnxLatent own && own.Device == Info.Device)
            {
                own.Use(() =>
                {
                    OrtValue[] inputs = [.. _network.Inputs.Select(i => own.ValueOf(i.Name))];
                    _session.Run(_inputNames, inputs, _outputName, outputs.Values, cancellationToken);
                    return true;
                });
            }
            else
            {
                DecodeFromHost(latent, outputs.Values, cancellationToken);
            }

            return output;
        }
        catch
        {
            output.Dispose();
            throw;
        }
    }

    private void DecodeFromHost(Latent latent, OrtValue[] outputs, CancellationToken cancellationToken)
    {
        HostLatent? copy = latent is HostLatent ? null : HostLatent.CopyOf(latent);
        try
        {
            HostLatent host = copy ?? (HostLatent)latent;
            using PinnedTensors inputs = new([.. _network.Inputs.Select(i => host[i.Name])]);
            _session.Run(_inputNames, inputs.Values, _outputName, outputs, cancellationToken);
        }
        finally
        {
            copy?.Dispose();
        }
    }
}
