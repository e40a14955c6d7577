using System.Collections.Immutable;
using System.Text;
using System.Text.Json;
using ImageRestoration.Imaging;

namespace ImageRestoration.Networks;

/// <summary>
/// A declared network: an immutable directed graph of layers, listed so that each comes after those it depends on. It holds no weights;
/// sizes, cost, size multiple and receptive field follow from the graph alone.
/// </summary>
/// <remarks>Safe for use from several threads.</remarks>
public sealed class Network
{
    private readonly Dictionary<string, int> _channels;
    private readonly Dictionary<string, AffineSize> _heights;
    private readonly Dictionary<string, AffineSize> _widths;
    private readonly Lazy<NetworkAnalysis> _analysis;

    internal Network(
        string name, ImmutableArray<NetworkInput> inputs, ImmutableArray<Layer> layers, IReadOnlyList<(string Name, string Value)> outputs)
    {
        Name = name;
        Inputs = inputs;
        Layers = layers;
        if (inputs.IsEmpty || outputs.Count == 0)
        {
            throw NetworkErrors.NoEnds(name, inputs.Length, outputs.Count);
        }

        _channels = NetworkAnalysis.InferChannels(inputs, layers);
        (_heights, _widths) = NetworkAnalysis.InferAffineSizes(inputs, layers);
        Outputs = [.. outputs.Select(o => new NetworkOutput(o.Name, o.Value, _channels[o.Value], _heights[o.Value], _widths[o.Value]))];
        NetworkAnalysis.ThrowIfDuplicatesOrUnused(this);
        SizeMultiple = new Size2d(NetworkAnalysis.SizeMultiple(_heights), NetworkAnalysis.SizeMultiple(_widths));
        NetworkAnalysis.ThrowIfTooManyPhases(this);
        Parameters = [.. layers.SelectMany(layer => layer.Parameters.Select(p => p with { Name = $"{layer.Name}.{p.Name}" }))];
        ParameterCount = Parameters.Where(p => p.Learned).Sum(p => p.ElementCount);
        _analysis = new Lazy<NetworkAnalysis>(() => NetworkAnalysis.Create(this, _heights, _widths));
    }

    /// <summary>Name for messages and model files.</summary>
    public string Name { get; }

    /// <summary>What the network is given, in order of declaration.</summary>
    public ImmutableArray<NetworkInput> Inputs { get; }

    /// <summary>The layers, each after those it depends on.</summary>
    public ImmutableArray<Layer> Layers { get; }

    /// <summary>What the network gives back, in order of declaration.</summary>
    public ImmutableArray<NetworkOutput> Outputs { get; }

    /// <summary>All parameters with their full names, such as <c>head.weight</c>: the names of a PyTorch state dict.</summary>
    public ImmutableArray<ParameterSpec> Parameters { get; }

    /// <summary>Number of learnable values.</summary>
    public long ParameterCount { get; }

    /// <summary>Height and width of the picture (first input, times its downscale) are multiples of this; restorers pad to it.</summary>
    public Size2d SizeMultiple { get; }

    /// <summary>Multiply–accumulate operations per pixel of the first input, for large pictures.</summary>
    public double MacsPerPixel => _analysis.Value.MacsPerPixel;

    /// <summary>How far around an output pixel the first output depends on the first input.</summary>
    public ReceptiveField ReceptiveField => _analysis.Value.ReceptiveField;

    /// <summary>
    /// How far a tile must reach beyond a block of pixels between multiples of <see cref="SizeMultiple"/>, so that the first output's
    /// values for the block are those of the whole picture.
    /// </summary>
    /// <remarks>
    /// The receptive field of such a block, counted for all inputs: a mask may reach further than the picture. It is larger only where a
    /// transposed convolution's padding cuts off values that a later layer needs within the picture.
    /// </remarks>
    public ReceptiveField TileHalo => _analysis.Value.TileHalo;

    /// <summary>
    /// The most numbers for each pixel of the picture that are held at once when layers run in order: a measure of the memory that a
    /// backend needs.
    /// </summary>
    public double ValuesPerPixel => _analysis.Value.ValuesPerPixel;

    /// <summary>Channels of an input's or a layer's value.</summary>
    /// <param name="value">Name of the input or layer.</param>
    /// <returns>Number of channels.</returns>
    public int ChannelsOf(string value)
        => _channels.TryGetValue(value, out int channels)
            ? channels
            : throw new ArgumentException($"Network '{Name}' has no input or layer called '{value}'.", nameof(value));

    /// <summary>Extent of an input's or a layer's value as a function of the picture's.</summary>
    /// <param name="value">Name of the input or layer.</param>
    /// <param name="axis">Height or width.</param>
    /// <returns>The extent, exact for pictures that are multiples of <see cref="SizeMultiple"/>.</returns>
    public AffineSize ExtentOf(string value, SpatialAxis axis)
        => (axis == SpatialAxis.Height ? _heights : _widths).TryGetValue(value, out AffineSize extent)
            ? extent
            : throw new ArgumentException($"Network '{Name}' has no input or layer called '{value}'.", nameof(value));

    /// <summary>Infers the shapes of all values for one input.</summary>
    /// <param name="input">Shape of the first input.</param>
    /// <returns>The shape of each input and layer by name.</returns>
    /// <exception cref="TensorShapeException">The input does not fit the network.</exception>
    public IReadOnlyDictionary<string, ImageShape> InferShapes(ImageShape input) => NetworkAnalysis.InferShapes(this, input);

    /// <summary>Infers the shape of the first output for one input.</summary>
    /// <param name="input">Shape of the first input.</param>
    /// <returns>Shape of the first output.</returns>
    /// <exception cref="TensorShapeException">The input does not fit the network.</exception>
    public ImageShape InferShape(ImageShape input) => InferShapes(input)[Outputs[0].Value];

    /// <summary>Tells what each layer makes and costs for one input: a table of shapes, parameters, operations and memory.</summary>
    /// <param name="input">Shape of the first input.</param>
    /// <returns>The table; its <see cref="NetworkSummary.ToString"/> is meant to be printed.</returns>
    /// <exception cref="TensorShapeException">The input does not fit the network.</exception>
    public NetworkSummary Summary(ImageShape input) => NetworkSummary.Create(this, input);

    /// <summary>The definition as model files carry it: inputs, layers with all their settings, and outputs.</summary>
    /// <returns>JSON in one line, the same for networks that compute the same in the same way.</returns>
    public string ToJson()
    {
        using var stream = new MemoryStream();
        using (var writer = new Utf8JsonWriter(stream))
        {
            NetworkSerializer.Write(writer, this);
        }

        return Encoding.UTF8.GetString(stream.GetBuffer(), 0, (int)stream.Length);
    }

    /// <summary>
    /// Joins an encoder and a decoder to one network. Layers get the prefixes <c>encoder.</c> and <c>decoder.</c>. What the encoder makes
    /// and the decoder does not take, such as the variance of a variational autoencoder, follows the decoder's outputs; conditions
    /// (<see cref="NetworkInput.IsCondition"/>) that the decoder alone has follow the encoder's inputs.
    /// </summary>
    /// <param name="name">Name of the joined network.</param>
    /// <param name="encoder">Network whose outputs are the latent's tensors.</param>
    /// <param name="decoder">Network whose inputs, except its conditions, are tensors of the latent, by the same names.</param>
    /// <returns>The joined network; its first output is the decoder's.</returns>
    /// <exception cref="TensorShapeException">The latents differ in names, channels or sizes.</exception>
    public static Network Compose(string name, Network encoder, Network decoder)
    {
        ArgumentNullException.ThrowIfNull(encoder);
        ArgumentNullException.ThrowIfNull(decoder);
        return NetworkComposition.Compose(name, encoder, decoder);
    }
}
