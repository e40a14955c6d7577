using System.Text;
using System.Text.Json;
using ImageRestoration.IO;

namespace ImageRestoration.Networks;

/// <summary>
/// A network with its weights and what it is for: the contents of one self-describing <c>.safetensors</c> file. A model made of an
/// encoder and a decoder keeps both and their composition. Immutable.
/// </summary>
/// <remarks>Safe for use from several threads.</remarks>
public sealed class Model
{
    private const string FormatKey = "format";
    private const string FormatValue = "image-restoration-1";
    private const string NetworkKey = "network";
    private const string InfoKey = "info";

    /// <summary>Creates a model of one network.</summary>
    /// <param name="network">The network.</param>
    /// <param name="weights">Values for exactly its parameters.</param>
    /// <param name="info">Name, task and provenance.</param>
    /// <exception cref="ModelFormatException">The weights do not fit the network.</exception>
    public Model(Network network, NetworkWeights weights, ModelInfo info)
        : this(network, encoder: null, decoder: null, weights, info)
    {
    }

    /// <summary>Creates a model of an encoder and a decoder.</summary>
    /// <param name="encoder">Network that makes the latent.</param>
    /// <param name="decoder">Network that takes the latent.</param>
    /// <param name="weights">Values for exactly the parameters of both, with the prefixes <c>encoder.</c> and <c>decoder.</c>.</param>
    /// <param name="info">Name, task and provenance.</param>
    /// <exception cref="ModelFormatException">The weights do not fit the networks.</exception>
    /// <exception cref="TensorShapeException">The latents do not fit each other.</exception>
    public Model(Network encoder, Network decoder, NetworkWeights weights, ModelInfo info)
        : this(Network.Compose(NameOf(info), encoder, decoder), encoder, decoder, weights, info)
    {
    }

    private Model(Network network, Network? encoder, Network? decoder, NetworkWeights weights, ModelInfo info)
    {
        ArgumentNullException.ThrowIfNull(network);
        ArgumentNullException.ThrowIfNull(weights);
        ArgumentNullException.ThrowIfNull(info);
        info.ThrowIfInvalid(nameof(info));
        weights.ThrowIfNotFor(network);
        Network = network;
        Encoder = encoder;
        Decoder = decoder;
        Weights = weights;
        Info = info;
    }

    /// <summary>The whole network, from picture to picture.</summary>
    public Network Network { get; }

    /// <summary>The encoder, where the model is made of two networks.</summary>
    public Network? Encoder { get; }

    /// <summary>The decoder, where the model is made of two networks.</summary>
    public Network? Decoder { get; }

    /// <summary>Values for the parameters of <see cref="Network"/>.</summary>
    public NetworkWeights Weights { get; }

    /// <summary>Name, task and provenance.</summary>
    public ModelInfo Info { get; }

    /// <summary>The encoder's weights, by the encoder's own names.</summary>
    public NetworkWeights EncoderWeights => Weights.Select(NetworkComposition.EncoderPrefix);

    /// <summary>The decoder's weights, by the decoder's own names.</summary>
    public NetworkWeights DecoderWeights => Weights.Select(NetworkComposition.DecoderPrefix);

    /// <summary>The encoder, for callers that cannot do without it.</summary>
    /// <returns><see cref="Encoder"/>.</returns>
    /// <exception cref="InvalidOperationException">The model is one network.</exception>
    public Network RequireEncoder() => Encoder ?? throw ModelFileErrors.NoParts(Info);

    /// <summary>The decoder, for callers that cannot do without it.</summary>
    /// <returns><see cref="Decoder"/>.</returns>
    /// <exception cref="InvalidOperationException">The model is one network.</exception>
    public Network RequireDecoder() => Decoder ?? throw ModelFileErrors.NoParts(Info);

    /// <summary>Makes the same model with other weights.</summary>
    /// <param name="weights">Values for exactly the parameters.</param>
    /// <returns>The new model.</returns>
    public Model WithWeights(NetworkWeights weights) => new(Network, Encoder, Decoder, weights, Info);

    /// <summary>Makes the same model with another description.</summary>
    /// <param name="info">Name, task and provenance.</param>
    /// <returns>The new model.</returns>
    public Model WithInfo(ModelInfo info) => new(Network, Encoder, Decoder, Weights, info);

    /// <summary>Loads a model file.</summary>
    /// <param name="path">Path of a <c>.safetensors</c> file that <see cref="Save(string, WeightPrecision)"/> wrote.</param>
    /// <param name="limits">Bounds; the defaults where <see langword="null"/>.</param>
    /// <returns>The model.</returns>
    /// <exception cref="ModelFormatException">The file is damaged, of another format or over a limit.</exception>
    /// <exception cref="FileNotFoundException">There is no such file.</exception>
    public static Model Load(string path, ModelLimits? limits = null)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        using FileStream stream = File.OpenRead(path);
        try
        {
            return Load(stream, limits);
        }
        catch (ModelFormatException e)
        {
            throw ModelFileErrors.At(path, e);
        }
    }

    /// <summary>Loads a model from a stream, up to its end.</summary>
    /// <param name="stream">A readable stream with the contents of a model file.</param>
    /// <param name="limits">Bounds; the defaults where <see langword="null"/>.</param>
    /// <returns>The model.</returns>
    /// <exception cref="ModelFormatException">The contents are damaged, of another format or over a limit.</exception>
    public static Model Load(Stream stream, ModelLimits? limits = null)
    {
        limits ??= new ModelLimits();
        SafeTensorsFile file = SafeTensorsFile.Read(stream, limits);
        if (!file.Metadata.TryGetValue(FormatKey, out string? format) || format != FormatValue
            || !file.Metadata.TryGetValue(NetworkKey, out string? network) || !file.Metadata.TryGetValue(InfoKey, out string? info))
        {
            throw ModelFileErrors.NoNetwork(FormatKey, FormatValue);
        }

        try
        {
            using JsonDocument networkJson = JsonDocument.Parse(network);
            using JsonDocument infoJson = JsonDocument.Parse(info);
            var weights = new NetworkWeights(file.Tensors);
            ModelInfo modelInfo = ModelInfoSerializer.Read(infoJson.RootElement);
            JsonElement root = networkJson.RootElement;
            return root.TryGetProperty("encoder", out _)
                ? new Model(Read("encoder"), Read("decoder"), weights, modelInfo)
                : new Model(Read("network"), weights, modelInfo);

            Network Read(string part) => NetworkSerializer.Read(root.GetProperty(part), limits);
        }
        catch (Exception e) when (SafeTensorsFile.IsWrongJson(e) || e is ArgumentException or TensorShapeException)
        {
            throw ModelFileErrors.WrongNetwork(e);
        }
    }

    /// <summary>Saves the model as one file. It appears complete under its name or not at all.</summary>
    /// <param name="path">Path of the <c>.safetensors</c> file; an existing one is replaced.</param>
    /// <param name="precision">How weights are stored.</param>
    /// <exception cref="ModelFormatException">A weight is too large for the precision; nothing is written.</exception>
    public void Save(string path, WeightPrecision precision = WeightPrecision.Float32)
        => AtomicFile.Write(path, stream => Save(stream, precision));

    /// <summary>Writes the model to a stream.</summary>
    /// <param name="stream">A writable stream.</param>
    /// <param name="precision">How weights are stored.</param>
    /// <exception cref="ModelFormatException">A weight is too large for the precision; nothing is written.</exception>
    public void Save(Stream stream, WeightPrecision precision = WeightPrecision.Float32)
    {
        var metadata = new Dictionary<string, string>(StringComparer.Ordinal)
        {
            [FormatKey] = FormatValue,
            [NetworkKey] = ToJson(WriteNetworks),
            [InfoKey] = ToJson(writer => ModelInfoSerializer.Write(writer, Info)),
        };
        var tensors = Network.Parameters.ToDictionary(p => p.Name, p => Weights[p.Name], StringComparer.Ordinal);
        new SafeTensorsFile(tensors, metadata).Write(stream, precision);
    }

    /// <summary>The description as JSON, as model files and exports carry it.</summary>
    /// <returns>A JSON object.</returns>
    public string DescribeAsJson() => ToJson(writer => ModelInfoSerializer.Write(writer, Info));

    /// <summary>The declared network as JSON, or encoder and decoder, as model files and exports carry it.</summary>
    /// <returns>A JSON object.</returns>
    public string DescribeNetworkAsJson() => ToJson(WriteNetworks);

    private static string NameOf(ModelInfo info) => (info ?? throw new ArgumentNullException(nameof(info))).Name;

    private static string ToJson(Action<Utf8JsonWriter> write)
    {
        using var buffer = new MemoryStream();
        using (var writer = new Utf8JsonWriter(buffer))
        {
            write(writer);
        }

        return Encoding.UTF8.GetString(buffer.ToArray());
    }

    private void WriteNetworks(Utf8JsonWriter writer)
    {
        writer.WriteStartObject();
        if (Encoder is not null && Decoder is not null)
        {
            writer.WritePropertyName("encoder");
            NetworkSerializer.Write(writer, Encoder);
            writer.WritePropertyName("decoder");
            NetworkSerializer.Write(writer, Decoder);
        }
        else
        {
            writer.WritePropertyName("network");
            NetworkSerializer.Write(writer, Network);
        }

        writer.WriteEndObject();
    }
}
