using System.Collections.Immutable;
using ImageRestoration.Imaging;
using ImageRestoration.Latents;
using ImageRestoration.Networks;
using Microsoft.ML.OnnxRuntime;

namespace ImageRestoration.OnnxRuntime;

/// <summary>Encodes pictures with ONNX Runtime. Latents stay in its memory, and outlive the encoder.</summary>
/// <remarks>Thread-safe and re-entrant: calls share one session. Dispose it; runs in progress end first.</remarks>
public sealed class OnnxEncoder : IEncoder
{
    private readonly OnnxSession _session;
    private readonly Network _network;
    private readonly ImmutableArray<string> _latentNames;
    private readonly string[] _inputNames;
    private readonly string[] _outputNames;

    /// <summary>Builds a session from the encoder of a model.</summary>
    /// <param name="model">A model declared with an encoder and a decoder.</param>
    /// <param name="options">Settings; the defaults where <see langword="null"/>.</param>
    /// <exception cref="InvalidOperationException">The model is one network.</exception>
    /// <exception cref="UnsupportedLayerException">The encoder has a layer that this backend does not know.</exception>
    /// <exception cref="BackendUnavailableException">ONNX Runtime's native library is missing.</exception>
    public OnnxEncoder(Model model, OnnxOptions? options = null)
        : this((model ?? throw new ArgumentNullException(nameof(model))).RequireEncoder(), model.EncoderWeights, options)
        => Info = EncoderInfo.For(model, Info.Backend, Info.Device);

    /// <summary>Builds a session from an encoder.</summary>
    /// <param name="network">
    /// Takes a picture, and as second input a mask of one channel where it is for inpainting; each output becomes a tensor of the latent.
    /// </param>
    /// <param name="weights">The network's weights.</param>
    /// <param name="options">Settings; the defaults where <see langword="null"/>.</param>
    /// <exception cref="UnsupportedLayerException">The encoder has a layer that this backend does not know.</exception>
    /// <exception cref="TensorShapeException">The network takes other inputs.</exception>
    /// <exception cref="BackendUnavailableException">ONNX Runtime's native library is missing.</exception>
    public OnnxEncoder(Network network, NetworkWeights weights, OnnxOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(network);
        options = OnnxOptions.Validated(options);
        _ = network.TakesMask();
        ExportedNetwork exported = OnnxExporter.Build(network, weights, options.Precision);
        _session = exported.Open(network, weights, network.Name, options);
        _network = network;
        _inputNames = [.. exported.InputNames];
        _outputNames = [.. exported.OutputNames];
        _latentNames = [.. network.Outputs.Select(o => o.Name)];
        Info = EncoderInfo.For(network, LayerLowering.Backend, _session.Device);
    }

    /// <inheritdoc/>
    public EncoderInfo Info { get; }

    /// <inheritdoc/>
    public Task<Latent> EncodeAsync(EncodeRequest request, CancellationToken cancellationToken = default)
    {
        Info.ThrowIfUnfit(request);
        return Task.Run(() => Encode(request, cancellationToken), cancellationToken);
    }

    /// <inheritdoc/>
    public void Dispose() => _session.Dispose();

    private Latent Encode(EncodeRequest request, CancellationToken cancellationToken)
    {
        using ImageTensor? holes = Info.TakesMask ? request.Mask!.ToTensor(request.Image.Batch) : null;
        using PinnedTensors inputs = new(_network.Arrange(request, holes));
        IDisposableReadOnlyCollection<OrtValue> outputs = _session.RunOnDevice(_inputNames, inputs.Values, _outputNames, cancellationToken);
        return new OnnxLatent(_latentNames, outputs, Info.Device);
    }
}
