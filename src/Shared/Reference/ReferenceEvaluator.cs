using ImageRestoration.Imaging;

namespace ImageRestoration.Networks;

/// <summary>
/// Runs a network in float64 with plain loops that say what each layer means, exactly as in PyTorch. It is the yardstick that backends
/// are compared with, not a backend: slow, meant for small pictures, and without any approximation besides float64 itself.
/// </summary>
/// <remarks>Safe for use from several threads. Uses all processors.</remarks>
internal static partial class ReferenceEvaluator
{
    private const string BackendName = "Reference";

    /// <summary>Runs a network.</summary>
    /// <param name="network">The network.</param>
    /// <param name="weights">Values for exactly the network's parameters.</param>
    /// <param name="inputs">A tensor for each of the network's inputs by name, NCHW; nothing in them is changed or disposed.</param>
    /// <param name="cancellationToken">Stops the work between layers and between planes of a layer.</param>
    /// <returns>The network's outputs by name, NCHW, rounded to float32; the caller disposes them.</returns>
    /// <exception cref="TensorShapeException">An input is missing, unknown, or of a shape that the network does not take.</exception>
    /// <exception cref="ModelFormatException">The weights do not fit the network.</exception>
    /// <exception cref="UnsupportedLayerException">The network has a layer of a kind that is not known here.</exception>
    public static IReadOnlyDictionary<string, ImageTensor> Run(
        Network network,
        NetworkWeights weights,
        IReadOnlyDictionary<string, ImageTensor> inputs,
        CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(inputs);
        Dictionary<string, ReferenceValue> values = Evaluate(
            network,
            weights,
            inputs.ToDictionary(i => i.Key, i => ReferenceValue.From(i.Value), StringComparer.Ordinal),
            cancellationToken);
        return network.Outputs.ToDictionary(o => o.Name, o => values[o.Value].ToImageTensor(), StringComparer.Ordinal);
    }

    /// <summary>Runs a network that has one input, and gives its first output.</summary>
    /// <param name="network">The network.</param>
    /// <param name="weights">Values for exactly the network's parameters.</param>
    /// <param name="image">The network's only input, NCHW; not changed or disposed.</param>
    /// <returns>The network's first output, NCHW, rounded to float32; the caller disposes it.</returns>
    /// <exception cref="TensorShapeException">The network has more than one input, or does not take the shape.</exception>
    /// <exception cref="ModelFormatException">The weights do not fit the network.</exception>
    /// <exception cref="UnsupportedLayerException">The network has a layer of a kind that is not known here.</exception>
    public static ImageTensor Run(Network network, NetworkWeights weights, ImageTensor image)
    {
        ArgumentNullException.ThrowIfNull(network);
        ArgumentNullException.ThrowIfNull(image);
        var inputs = new Dictionary<string, ReferenceValue>(StringComparer.Ordinal)
        {
            [network.Inputs[0].Name] = ReferenceValue.From(image),
        };
        return Evaluate(network, weights, inputs, CancellationToken.None)[network.Outputs[0].Value].ToImageTensor();
    }

    /// <summary>Computes every value of a network, in float64.</summary>
    /// <param name="network">The network.</param>
    /// <param name="weights">Values for exactly the network's parameters.</param>
    /// <param name="inputs">The network's inputs by name.</param>
    /// <param name="cancellationToken">Stops the work.</param>
    /// <returns>The inputs and the results of all layers by name.</returns>
    internal static Dictionary<string, ReferenceValue> Evaluate(
        Network network, NetworkWeights weights, IReadOnlyDictionary<string, ReferenceValue> inputs, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(network);
        ArgumentNullException.ThrowIfNull(weights);
        weights.ThrowIfNotFor(network);
        IReadOnlyDictionary<string, ImageShape> shapes = InferShapes(network, inputs);
        var values = new Dictionary<string, ReferenceValue>(inputs, StringComparer.Ordinal);
        foreach (Layer layer in network.Layers)
        {
            cancellationToken.ThrowIfCancellationRequested();
            var output = new ReferenceValue(shapes[layer.Name]);
            ReferenceValue[] sources = [.. layer.Inputs.Select(name => values[name])];
            Evaluate(layer, sources, output, weights, cancellationToken);
            values.Add(layer.Name, output);
        }

        return values;
    }

    private static IReadOnlyDictionary<string, ImageShape> InferShapes(Network network, IReadOnlyDictionary<string, ReferenceValue> inputs)
    {
        string expected = string.Join(", ", network.Inputs.Select(i => i.Name));
        foreach (NetworkInput input in network.Inputs)
        {
            if (!inputs.ContainsKey(input.Name))
            {
                throw new TensorShapeException(
                    $"Network '{network.Name}' takes an input '{input.Name}' and none was given. Give a tensor for each of: {expected}.");
            }
        }

        IReadOnlyDictionary<string, ImageShape> shapes = network.InferShapes(inputs[network.Inputs[0].Name].Shape);
        var declared = network.Inputs.Select(i => i.Name).ToHashSet(StringComparer.Ordinal);
        foreach ((string name, ReferenceValue value) in inputs)
        {
            if (!declared.Contains(name))
            {
                throw new TensorShapeException($"Network '{network.Name}' has no input '{name}'. Give a tensor for each of: {expected}.");
            }

            if (value.Shape != shapes[name])
            {
                throw new TensorShapeException(
                    $"Input '{name}' is {value.Shape}; network '{network.Name}' needs {shapes[name]} beside a first input of "
                        + $"{inputs[network.Inputs[0].Name].Shape}. Make the inputs' sizes agree.");
            }
        }

        return shapes;
    }

    private static void Evaluate(
        Layer layer, ReferenceValue[] sources, ReferenceValue output, NetworkWeights weights, CancellationToken cancellationToken)
    {
        ReferenceValue source = sources[0];
        switch (layer)
        {
            case Conv2dLayer conv:
                Conv2d(conv, source, WeightOf(conv, weights), conv.Bias ? BiasOf(conv, weights) : null, output, cancellationToken);
                break;
            case ConvTranspose2dLayer conv:
                ConvTranspose2d(conv, source, WeightOf(conv, weights), conv.Bias ? BiasOf(conv, weights) : null, output, cancellationToken);
                break;
            case Pool2dLayer { Pool: PoolKind.Max } pool:
                MaxPool2d(pool, source, output, cancellationToken);
                break;
            case Pool2dLayer { Pool: PoolKind.Average } pool:
                AvgPool2d(pool, source, output, cancellationToken);
                break;
            case ActivationLayer activation:
                Activation(activation, source, output);
                break;
            case UpsampleLayer { Mode: UpsampleMode.Nearest } upsample:
                UpsampleNearest(upsample.ScaleFactor, source, output);
                break;
            case UpsampleLayer { Mode: UpsampleMode.Bilinear } upsample:
                UpsampleBilinear(upsample.ScaleFactor, source, output);
                break;
            case PixelShuffleLayer shuffle:
                PixelShuffle(shuffle.UpscaleFactor, source, output);
                break;
            case PixelUnshuffleLayer unshuffle:
                PixelUnshuffle(unshuffle.DownscaleFactor, source, output);
                break;
            case LinearLayer linear:
                Conv2d(
                    linear.AsConvolution(),
                    source,
                    WeightOf(linear, weights),
                    linear.Bias ? BiasOf(linear, weights) : null,
                    output,
                    cancellationToken);
                break;
            case GlobalAvgPoolLayer:
                GlobalAvgPool(source, output, cancellationToken);
                break;
            case PReLULayer prelu:
                PReLU(prelu, source, WeightOf(prelu, weights), output);
                break;
            case BatchNorm2dLayer norm:
                BatchNorm2d(norm, source, weights, output);
                break;
            case LayerNorm2dLayer norm:
                LayerNorm2d(norm, source, weights, output, cancellationToken);
                break;
            case GroupNormLayer norm:
                GroupNorm(norm, source, weights, output, cancellationToken);
                break;
            case Scale2dLayer scale:
                Scale2d(scale, source, weights, output);
                break;
            case AffineLayer affine:
                ForEachPosition(output, (n, c, y, x) => (source.Row(n, c, y)[x] * affine.Scale) + affine.Offset);
                break;
            case Pad2dLayer pad:
                Pad2d(pad, source, output);
                break;
            case SliceLayer slice:
                ForEachPosition(output, (n, c, y, x) => source.Row(n, slice.Start + c, y)[x]);
                break;
            case AddLayer:
                Combine(sources, output, (a, b) => a + b);
                break;
            case MulLayer:
                Combine(sources, output, (a, b) => a * b);
                break;
            case DivLayer div:
                Combine(sources, output, (a, b) => a / (b + div.Eps));
                break;
            case ConcatLayer:
                Concat(sources, output);
                break;
            default:
                throw new UnsupportedLayerException(BackendName, layer.Name, layer.Kind);
        }
    }

    private static ReadOnlyMemory<float> WeightOf(Layer layer, NetworkWeights weights) => weights[layer.Name + ".weight"].Values;

    private static ReadOnlyMemory<float>? BiasOf(Layer layer, NetworkWeights weights) => weights[layer.Name + ".bias"].Values;

    /// <summary>Computes each plane of the output on its own, on all processors.</summary>
    private static void ForEachPlane(ReferenceValue output, CancellationToken cancellationToken, Action<int, int> compute)
    {
        int channels = output.Shape.Channels;
        var options = new ParallelOptions { CancellationToken = cancellationToken, MaxDegreeOfParallelism = Environment.ProcessorCount };
        Parallel.For(0, output.Shape.Batch * channels, options, plane => compute(plane / channels, plane % channels));
    }
}
