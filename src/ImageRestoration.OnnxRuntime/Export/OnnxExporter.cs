using System.Globalization;
using System.Reflection;
using Google.Protobuf;
using ImageRestoration.IO;
using ImageRestoration.Networks;
using ImageRestoration.OnnxRuntime.Protos;

namespace ImageRestoration.OnnxRuntime;

/// <summary>
/// Writes declared networks as ONNX: float32 or float16 inside, batch, height and width left open, one operator or a few for each layer.
/// </summary>
/// <remarks>
/// Inputs keep their names. An output whose name an input has already is called <c>NAME_out</c>: ONNX has one name space for both.
/// Files of a model carry its description in <c>metadata_props</c>, under the keys of model files.
/// </remarks>
public static class OnnxExporter
{
    /// <summary>Version of ONNX's operator set that files are written in.</summary>
    public const int OpsetVersion = 17;

    // The version of the file format that came with operator set 17 (ONNX 1.12).
    internal const int IrVersion = 8;

    // One protobuf message ends at 2 GiB; nodes, names and metadata get the rest.
    private const long LargestWeights = int.MaxValue - (64L << 20);

    /// <summary>Exports a model to a file, which appears complete or not at all.</summary>
    /// <param name="model">Network, weights and description.</param>
    /// <param name="path">The .onnx file; an existing one is replaced.</param>
    /// <param name="options">Settings; the defaults where <see langword="null"/>.</param>
    /// <param name="cancellationToken">Stops the check of parity; nothing is written then.</param>
    /// <exception cref="UnsupportedLayerException">The network has a layer that this backend does not know.</exception>
    /// <exception cref="ExportParityException">The exported network computes something else.</exception>
    /// <exception cref="BackendUnavailableException">Parity is to be checked and ONNX Runtime's native library is missing.</exception>
    public static void Export(Model model, string path, OnnxExportOptions? options = null, CancellationToken cancellationToken = default)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        Write(path, ExportToBytes(model, options, cancellationToken));
    }

    /// <summary>Exports a network to a file, which appears complete or not at all.</summary>
    /// <param name="network">The network; may have several inputs and outputs.</param>
    /// <param name="weights">Its weights.</param>
    /// <param name="path">The .onnx file; an existing one is replaced.</param>
    /// <param name="options">Settings; the defaults where <see langword="null"/>.</param>
    /// <param name="cancellationToken">Stops the check of parity; nothing is written then.</param>
    /// <exception cref="UnsupportedLayerException">The network has a layer that this backend does not know.</exception>
    /// <exception cref="ExportParityException">The exported network computes something else.</exception>
    /// <exception cref="BackendUnavailableException">Parity is to be checked and ONNX Runtime's native library is missing.</exception>
    public static void Export(
        Network network,
        NetworkWeights weights,
        string path,
        OnnxExportOptions? options = null,
        CancellationToken cancellationToken = default)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        Write(path, ExportToBytes(network, weights, options, cancellationToken));
    }

    /// <summary>Exports a model to memory.</summary>
    /// <param name="model">Network, weights and description.</param>
    /// <param name="options">Settings; the defaults where <see langword="null"/>.</param>
    /// <param name="cancellationToken">Stops the check of parity.</param>
    /// <returns>The contents of an .onnx file.</returns>
    /// <exception cref="UnsupportedLayerException">The network has a layer that this backend does not know.</exception>
    /// <exception cref="ExportParityException">The exported network computes something else.</exception>
    /// <exception cref="BackendUnavailableException">Parity is to be checked and ONNX Runtime's native library is missing.</exception>
    public static byte[] ExportToBytes(Model model, OnnxExportOptions? options = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(model);
        options = Validated(options);
        (Network network, NetworkWeights weights) = PartOf(model, options.Part);
        Dictionary<string, string> metadata = DescribeNetwork(network, options.Part);
        metadata[OnnxMetadata.InfoKey] = model.DescribeAsJson();
        metadata[OnnxMetadata.NetworkKey] = model.DescribeNetworkAsJson();
        ExportedNetwork exported = Build(network, weights, metadata, model.Info.Description, options.Precision);
        return Verified(network, weights, exported, options, cancellationToken);
    }

    /// <summary>Exports a network to memory.</summary>
    /// <param name="network">The network; may have several inputs and outputs.</param>
    /// <param name="weights">Its weights.</param>
    /// <param name="options">Settings; the defaults where <see langword="null"/>.</param>
    /// <param name="cancellationToken">Stops the check of parity.</param>
    /// <returns>The contents of an .onnx file.</returns>
    /// <exception cref="UnsupportedLayerException">The network has a layer that this backend does not know.</exception>
    /// <exception cref="ExportParityException">The exported network computes something else.</exception>
    /// <exception cref="BackendUnavailableException">Parity is to be checked and ONNX Runtime's native library is missing.</exception>
    public static byte[] ExportToBytes(
        Network network, NetworkWeights weights, OnnxExportOptions? options = null, CancellationToken cancellationToken = default)
    {
        options = Validated(options);
        if (options.Part != OnnxModelPart.Whole)
        {
            throw ExportErrors.PartOfNetwork(options.Part, nameof(options));
        }

        return Verified(network, weights, Build(network, weights, options.Precision), options, cancellationToken);
    }

    /// <summary>Lowers a network without checking the result.</summary>
    internal static ExportedNetwork Build(Network network, NetworkWeights weights, OnnxPrecision precision)
    {
        ArgumentNullException.ThrowIfNull(network);
        return Build(network, weights, DescribeNetwork(network, OnnxModelPart.Whole), description: string.Empty, precision);
    }

    private static ExportedNetwork Build(
        Network network, NetworkWeights weights, Dictionary<string, string> metadata, string description, OnnxPrecision precision)
    {
        ArgumentNullException.ThrowIfNull(weights);
        long values = network.Parameters.Sum(p => p.ElementCount);
        if (values > LargestWeights / sizeof(float))
        {
            throw ExportErrors.TooManyWeights(network.Name, values, LargestWeights);
        }

        weights.ThrowIfNotFor(network);
        var graph = new OnnxGraphBuilder(network, weights, precision);
        foreach (Layer layer in network.Layers)
        {
            LayerLowering.Lower(graph, layer);
        }

        graph.FinishOutputs();
        var file = new ModelProto
        {
            IrVersion = IrVersion,
            ProducerName = "ImageRestoration",
            ProducerVersion = typeof(OnnxExporter)
                .Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()?.InformationalVersion
                ?? string.Empty,
            ModelVersion = 1,
            DocString = description,
            Graph = graph.Graph,
        };
        file.OpsetImport.Add(new OperatorSetIdProto { Domain = string.Empty, Version = OpsetVersion });
        foreach ((string key, string value) in metadata.OrderBy(m => m.Key, StringComparer.Ordinal))
        {
            file.MetadataProps.Add(new StringStringEntryProto { Key = key, Value = value });
        }

        return new ExportedNetwork(file.ToByteArray(), graph.InputNames, graph.OutputNames);
    }

    private static Dictionary<string, string> DescribeNetwork(Network network, OnnxModelPart part)
    {
        ReceptiveField halo = network.TileHalo;
        return new(StringComparer.Ordinal)
        {
            [OnnxMetadata.FormatKey] = OnnxMetadata.FormatValue,
            [OnnxMetadata.PartKey] = part.ToString().ToLowerInvariant(),
            [OnnxMetadata.SizeMultipleKey] = string.Create(
                CultureInfo.InvariantCulture, $"{network.SizeMultiple.Height},{network.SizeMultiple.Width}"),
            [OnnxMetadata.TileHaloKey] = halo.IsGlobal
                ? OnnxMetadata.GlobalHalo
                : string.Create(CultureInfo.InvariantCulture, $"{halo.Top},{halo.Bottom},{halo.Left},{halo.Right}"),
            [OnnxMetadata.ValuesPerPixelKey] = network.ValuesPerPixel.ToString("R", CultureInfo.InvariantCulture),
        };
    }

    private static (Network Network, NetworkWeights Weights) PartOf(Model model, OnnxModelPart part) => part switch
    {
        OnnxModelPart.Whole => (model.Network, model.Weights),
        OnnxModelPart.Encoder when model.Encoder is { } encoder => (encoder, model.EncoderWeights),
        OnnxModelPart.Decoder when model.Decoder is { } decoder => (decoder, model.DecoderWeights),
        _ => throw ExportErrors.NoPart(model.Info.Name, part, nameof(part)),
    };

    private static byte[] Verified(
        Network network, NetworkWeights weights, ExportedNetwork exported, OnnxExportOptions options, CancellationToken cancellationToken)
    {
        if (options.VerifyParity)
        {
            using OnnxSession session = OnnxSession.FromMemory(exported.Bytes, network.Name, new OnnxOptions());
            ExportParity.Verify(network, weights, exported, session, options.Tolerance, cancellationToken);
        }

        return exported.Bytes;
    }

    private static OnnxExportOptions Validated(OnnxExportOptions? options)
    {
        options ??= new OnnxExportOptions();
        options.ThrowIfInvalid(nameof(options));
        return options;
    }

    private static void Write(string path, byte[] bytes) => AtomicFile.Write(path, stream => stream.Write(bytes));
}
