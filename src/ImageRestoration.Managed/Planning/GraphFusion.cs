using System.Collections.Immutable;
using ImageRestoration.Networks;

namespace ImageRestoration.Managed;

/// <summary>Turns a network into operations: a convolution takes the PixelShuffle, activations and addition that follow it and that nobody else reads.</summary>
internal sealed class GraphFusion
{
    internal const string Backend = "Managed";
    private readonly Network _network;
    private readonly NetworkWeights _weights;
    private readonly VectorKind _kind;
    private readonly bool _allowWinograd;
    private readonly Dictionary<string, List<Layer>> _readers = new(StringComparer.Ordinal);
    private readonly HashSet<string> _outputs;

    private GraphFusion(Network network, NetworkWeights weights, VectorKind kind, bool allowWinograd, int outputs)
    {
        _network = network;
        _weights = weights;
        _kind = kind;
        _allowWinograd = allowWinograd;
        _outputs = network.Outputs.Take(outputs).Select(o => o.Value).ToHashSet(StringComparer.Ordinal);
    }

    /// <summary>Lists the operations, each after those it depends on.</summary>
    /// <param name="network">The network.</param>
    /// <param name="weights">Its weights.</param>
    /// <param name="kind">Vectors to compute with.</param>
    /// <param name="allowWinograd">Whether 3×3 convolutions may be computed by Winograd's algorithm.</param>
    /// <param name="outputs">How many of the network's outputs, from the first, are wanted; what only others need is left out.</param>
    internal static ImmutableArray<Operation> Create(Network network, NetworkWeights weights, VectorKind kind, bool allowWinograd, int outputs)
    {
        foreach (Layer layer in network.Layers)
        {
            ThrowIfUnknown(layer);
        }

        weights.ThrowIfNotFor(network);
        return new GraphFusion(network, weights, kind, allowWinograd, outputs).Fuse();
    }

    private static void ThrowIfUnknown(Layer layer)
    {
        bool known = layer switch
        {
            Conv2dLayer or ConvTranspose2dLayer or AddLayer or MulLayer or ConcatLayer or PixelShuffleLayer or PixelUnshuffleLayer => true,
            ActivationLayer activation => Enum.IsDefined(activation.Function),
            Pool2dLayer pool => Enum.IsDefined(pool.Pool),
            UpsampleLayer upsample => Enum.IsDefined(upsample.Mode),
            _ => false,
        };
        if (!known)
        {
            throw new UnsupportedLayerException(Backend, layer.Name, layer.Kind);
        }
    }

    private ImmutableArray<Operation> Fuse()
    {
        Layer[] layers = NeededLayers();
        foreach (Layer layer in layers)
        {
            foreach (string input in layer.Inputs)
            {
                (_readers.TryGetValue(input, out List<Layer>? readers) ? readers : _readers[input] = []).Add(layer);
            }
        }

        var operations = new Dictionary<string, Operation>(StringComparer.Ordinal);
        var folded = new HashSet<string>(StringComparer.Ordinal);
        foreach (Layer layer in layers.Where(l => !folded.Contains(l.Name)))
        {
            Operation operation = layer is Conv2dLayer or ConvTranspose2dLayer
                ? FuseConvolution(layer, folded)
                : new Operation { Layer = layer, Value = layer.Name, Inputs = layer.Inputs };
            operations.Add(operation.Value, operation);
        }

        // An operation takes its last layer's place: by then all that it reads exists.
        return [.. layers.Where(l => operations.ContainsKey(l.Name)).Select(l => operations[l.Name])];
    }

    private Layer[] NeededLayers()
    {
        var needed = new HashSet<string>(_outputs, StringComparer.Ordinal);
        foreach (Layer layer in _network.Layers.Reverse())
        {
            if (needed.Contains(layer.Name))
            {
                needed.UnionWith(layer.Inputs);
            }
        }

        return [.. _network.Layers.Where(l => needed.Contains(l.Name))];
    }

    private Operation FuseConvolution(Layer layer, HashSet<string> folded)
    {
        string value = layer.Name;
        int shuffle = 1;
        var epilogue = new ConvolutionEpilogue();
        bool canShuffle = layer is Conv2dLayer { Groups: 1 };
        while (OnlyReader(value) is { } next)
        {
            switch (next)
            {
                case PixelShuffleLayer pixelShuffle when canShuffle && shuffle == 1 && epilogue.Residual is null:
                    shuffle = pixelShuffle.UpscaleFactor;
                    break;
                case ActivationLayer activation when AsFused(activation.Function) is not FusedActivation.None && epilogue is { Residual: null, First: FusedActivation.None }:
                    epilogue = epilogue with { First = AsFused(activation.Function), FirstSlope = activation.NegativeSlope };
                    break;
                case ActivationLayer activation when AsFused(activation.Function) is not FusedActivation.None && epilogue is { Residual: not null, Second: FusedActivation.None }:
                    epilogue = epilogue with { Second = AsFused(activation.Function), SecondSlope = activation.NegativeSlope };
                    break;
                case AddLayer { Inputs.Length: 2 } add when epilogue.Residual is null && !folded.Contains(add.Name):
                    epilogue = epilogue with { Residual = add.Inputs[0] == value ? add.Inputs[1] : add.Inputs[0] };
                    break;
                default:
                    return Finish();
            }

            value = next.Name;
            folded.Add(value);
        }

        return Finish();

        bool Narrow() => shuffle == 1 && layer is Conv2dLayer conv && NarrowWeights.Fit(conv);

        bool ByWinograd() => _allowWinograd && shuffle == 1 && layer is Conv2dLayer conv && WinogradWeights.Fit(conv);

        Operation Finish() => new()
        {
            Layer = layer,
            Value = value,
            Inputs = epilogue.Residual is null ? layer.Inputs : [.. layer.Inputs, epilogue.Residual],
            Shuffle = shuffle,
            Epilogue = epilogue,
            Convolution = layer switch
            {
                Conv2dLayer { Groups: 1 } conv when !ByWinograd() && !Narrow() => ConvolutionPacker.Pack(conv, _weights, _kind, shuffle),
                ConvTranspose2dLayer conv => ConvolutionPacker.Pack(conv, _weights, _kind),
                _ => null,
            },
            Winograd = ByWinograd() ? WinogradWeights.Pack((Conv2dLayer)layer, _weights, _kind) : null,
            Narrow = Narrow() ? NarrowWeights.Pack((Conv2dLayer)layer, _weights) : null,
            Grouped = layer is Conv2dLayer { Groups: > 1 } grouped ? GroupedWeights.Pack(grouped, _weights) : null,
        };
    }

    private Layer? OnlyReader(string value)
        => !_outputs.Contains(value) && _readers.TryGetValue(value, out List<Layer>? readers) && readers.Count == 1 ? readers[0] : null;

    private static FusedActivation AsFused(ActivationFunction function) => function switch
    {
        ActivationFunction.ReLU => FusedActivation.ReLU,
        ActivationFunction.LeakyReLU => FusedActivation.LeakyReLU,
        _ => FusedActivation.None,
    };
}
