using System.Collections.Immutable;
using ImageRestoration.Networks;

namespace ImageRestoration.Managed;

/// <summary>
/// Turns a network into operations: a convolution takes the scales of channels (batch normalisation among them), the PixelShuffle, the
/// activations and the sum or product that follow it and that nobody else reads; so does a normalisation, but for the PixelShuffle.
/// </summary>
internal sealed class GraphFusion
{
    internal const string Backend = "Managed";
    private readonly Network _network;
    private readonly NetworkWeights _weights;
    private readonly VectorKind _kind;
    private readonly bool _allowWinograd;
    private readonly Dictionary<string, List<Layer>> _readers = new(StringComparer.Ordinal);
    private readonly HashSet<string> _internalNames = new(StringComparer.Ordinal);
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
    internal static ImmutableArray<Operation> Create(
        Network network, NetworkWeights weights, VectorKind kind, bool allowWinograd, int outputs)
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
            Conv2dLayer or ConvTranspose2dLayer or LinearLayer or AddLayer or MulLayer or DivLayer or ConcatLayer or SliceLayer
                or PixelShuffleLayer or PixelUnshuffleLayer => true,
            BatchNorm2dLayer or LayerNorm2dLayer or GroupNormLayer or Scale2dLayer or AffineLayer or PReLULayer
                or GlobalAvgPoolLayer => true,
            Pad2dLayer pad => Enum.IsDefined(pad.Mode),
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

        var operations = new Dictionary<string, ImmutableArray<Operation>>(StringComparer.Ordinal);
        var folded = new HashSet<string>(StringComparer.Ordinal);
        foreach (Layer layer in layers.Where(l => !folded.Contains(l.Name)))
        {
            ImmutableArray<Operation> made = Lower(layer, folded);
            operations.Add(made[^1].Value, made);
        }

        // An operation takes its last layer's place: by then all that it reads exists.
        return [.. layers.Where(l => operations.ContainsKey(l.Name)).SelectMany(l => operations[l.Name])];
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

    private ImmutableArray<Operation> Lower(Layer layer, HashSet<string> folded)
    {
        switch (layer)
        {
            case Conv2dLayer or ConvTranspose2dLayer or LinearLayer:
                return [FuseConvolution(layer, folded)];
            case BatchNorm2dLayer or Scale2dLayer or AffineLayer:
                return [FuseScale(layer, layer.Inputs, ChannelAffine.Of(layer, _network.ChannelsOf(layer.Name), _weights)!, folded)];
            case LayerNorm2dLayer norm:
                return [FuseScale(layer, layer.Inputs, AffineOf(layer, norm.Affine), folded)];
            case GroupNormLayer norm:
                return FuseGroupNorm(norm, folded);
            case GlobalAvgPoolLayer:
                Operation rows = new()
                {
                    Layer = layer,
                    Value = InternalName(layer, "rows"),
                    Inputs = layer.Inputs,
                    Stage = OperationStage.RowStatistics,
                };
                return [rows, new Operation { Layer = layer, Value = layer.Name, Inputs = [rows.Value] }];
            case PReLULayer { NumParameters: 1 }:
                var leaky = new ActivationLayer(layer.Name, layer.Inputs[0], ActivationFunction.LeakyReLU, Values(layer, "weight")[0]);
                return [new Operation { Layer = leaky, Value = layer.Name, Inputs = layer.Inputs }];
            case PReLULayer:
                return [
                    new Operation
                    {
                        Layer = layer,
                        Value = layer.Name,
                        Inputs = layer.Inputs,
                        Slopes = PackedAffine.Pack(Doubles(layer, "weight")),
                    }];
            default:
                return [new Operation { Layer = layer, Value = layer.Name, Inputs = layer.Inputs }];
        }
    }

    private Operation FuseScale(Layer layer, ImmutableArray<string> inputs, ChannelAffine affine, HashSet<string> folded)
    {
        string value = layer.Name;
        affine = FoldScales(affine, ref value, folded) ?? affine;
        (ConvolutionEpilogue epilogue, _) = FuseEpilogue(ref value, canShuffle: false, folded);
        return new Operation
        {
            Layer = layer,
            Value = value,
            Inputs = epilogue.Residual is null ? inputs : [.. inputs, epilogue.Residual],
            Epilogue = epilogue,
            Affine = PackedAffine.Pack(affine),
        };
    }

    /// <summary>The picture is read twice: for the statistics of its rows, and to be scaled by what follows from all of them.</summary>
    private ImmutableArray<Operation> FuseGroupNorm(GroupNormLayer layer, HashSet<string> folded)
    {
        Operation rows = new()
        {
            Layer = layer,
            Value = InternalName(layer, "rows"),
            Inputs = layer.Inputs,
            Stage = OperationStage.RowStatistics,
        };
        string channels = InternalName(layer, "channels");
        Operation apply = FuseScale(layer, [layer.Inputs[0], channels], AffineOf(layer, layer.Affine), folded);
        return
        [
            rows,
            new Operation
            {
                Layer = layer,
                Value = channels,
                Inputs = [rows.Value, layer.Inputs[0]],
                Stage = OperationStage.ChannelStatistics,
                Affine = apply.Affine,
            },
            apply,
        ];
    }

    private Operation FuseConvolution(Layer layer, HashSet<string> folded)
    {
        string value = layer.Name;
        NetworkWeights weights = _weights;
        if (layer is LinearLayer linear)
        {
            layer = linear.AsConvolution();
            weights = AsConvolution(linear);
        }

        if (FoldScales(start: null, ref value, folded) is { } affine)
        {
            (layer, weights) = ChannelAffine.Fold(layer, weights, affine);
        }

        (ConvolutionEpilogue epilogue, int shuffle) = FuseEpilogue(ref value, canShuffle: layer is Conv2dLayer { Groups: 1 }, folded);
        var operation = new Operation
        {
            Layer = layer,
            Value = value,
            Inputs = epilogue.Residual is null ? layer.Inputs : [.. layer.Inputs, epilogue.Residual],
            Shuffle = shuffle,
            Epilogue = epilogue,
        };
        return layer is Conv2dLayer { Groups: > 1 } grouped && !DepthwiseWeights.Fit(grouped)
            ? operation with
            {
                Parts = [.. GroupSplit.Parts(grouped, weights).Select(part => Pack(operation with { Layer = part.Layer }, part.Weights))],
            }
            : Pack(operation, weights);
    }

    /// <summary>Brings a convolution's weights into the form of the algorithm that suits it.</summary>
    private Operation Pack(Operation operation, NetworkWeights weights) => operation.Layer switch
    {
        ConvTranspose2dLayer conv => operation with { Convolution = ConvolutionPacker.Pack(conv, weights, _kind) },
        Conv2dLayer conv when DepthwiseWeights.Fit(conv) => operation with { Depthwise = DepthwiseWeights.Pack(conv, weights) },
        Conv2dLayer conv when _allowWinograd
            && operation.Shuffle == 1
            && WinogradWeights.Fit(conv) => operation with { Winograd = WinogradWeights.Pack(conv, weights, _kind) },
        Conv2dLayer conv when operation.Shuffle == 1
            && NarrowWeights.Fit(conv) => operation with { Narrow = NarrowWeights.Pack(conv, weights) },
        Conv2dLayer conv => operation with { Convolution = ConvolutionPacker.Pack(conv, weights, _kind, operation.Shuffle) },
        _ => throw new UnsupportedLayerException(Backend, operation.Layer.Name, operation.Layer.Kind),
    };

    /// <summary>Scales of channels that follow a value and that nobody else reads, as one.</summary>
    private ChannelAffine? FoldScales(ChannelAffine? start, ref string value, HashSet<string> folded)
    {
        while (OnlyReader(value) is { } next && ChannelAffine.Of(next, _network.ChannelsOf(value), _weights) is { } affine)
        {
            start = start?.Then(affine) ?? affine;
            value = next.Name;
            folded.Add(value);
        }

        return start;
    }

    private (ConvolutionEpilogue Epilogue, int Shuffle) FuseEpilogue(ref string value, bool canShuffle, HashSet<string> folded)
    {
        int shuffle = 1;
        var epilogue = new ConvolutionEpilogue();
        while (OnlyReader(value) is { } next)
        {
            switch (next)
            {
                case PixelShuffleLayer pixelShuffle when canShuffle && shuffle == 1 && epilogue.Residual is null:
                    shuffle = pixelShuffle.UpscaleFactor;
                    break;
                case var _ when AsFused(next) is { } activation && epilogue is { Residual: null, First: FusedActivation.None }:
                    epilogue = epilogue with { First = activation.Function, FirstSlope = activation.Slope };
                    break;
                case var _ when AsFused(next) is { } activation && epilogue is { Residual: not null, Second: FusedActivation.None }:
                    epilogue = epilogue with { Second = activation.Function, SecondSlope = activation.Slope };
                    break;
                case AddLayer { Inputs.Length: 2 } or MulLayer { Inputs.Length: 2 } when epilogue.Residual is null
                    && !folded.Contains(next.Name)
                    && HaveOneShape(next.Inputs[0], next.Inputs[1]):
                    epilogue = epilogue with
                    {
                        Residual = next.Inputs[0] == value ? next.Inputs[1] : next.Inputs[0],
                        Multiply = next is MulLayer,
                    };
                    break;
                default:
                    return (epilogue, shuffle);
            }

            value = next.Name;
            folded.Add(value);
        }

        return (epilogue, shuffle);
    }

    private bool HaveOneShape(string a, string b)
        => _network.ChannelsOf(a) == _network.ChannelsOf(b)
            && _network.ExtentOf(a, SpatialAxis.Height) == _network.ExtentOf(b, SpatialAxis.Height)
            && _network.ExtentOf(a, SpatialAxis.Width) == _network.ExtentOf(b, SpatialAxis.Width);

    private NetworkWeights AsConvolution(LinearLayer layer)
    {
        WeightTensor weight = _weights[layer.Name + ".weight"];
        var tensors = new List<KeyValuePair<string, WeightTensor>>
        {
            new(layer.Name + ".weight", new WeightTensor([.. weight.Shape, 1, 1], weight.Values.ToArray())),
        };
        if (layer.Bias)
        {
            tensors.Add(new(layer.Name + ".bias", _weights[layer.Name + ".bias"]));
        }

        return new NetworkWeights(tensors);
    }

    private ChannelAffine AffineOf(Layer layer, bool present)
    {
        int channels = _network.ChannelsOf(layer.Name);
        return present
            ? new ChannelAffine(Doubles(layer, "weight"), Doubles(layer, "bias"))
            : new ChannelAffine([.. Enumerable.Repeat(1.0, channels)], new double[channels]);
    }

    private double[] Doubles(Layer layer, string parameter) => [.. Values(layer, parameter).ToArray().Select(v => (double)v)];

    private ReadOnlySpan<float> Values(Layer layer, string parameter) => _weights[$"{layer.Name}.{parameter}"].Values.Span;

    /// <summary>Name for a value inside a layer, which no layer of the network has.</summary>
    private string InternalName(Layer layer, string suffix)
    {
        string name = $"{layer.Name}/{suffix}";
        while (!_internalNames.Add(name) || _network.Layers.Any(l => l.Name == name) || _network.Inputs.Any(i => i.Name == name))
        {
            name += "'";
        }

        return name;
    }

    private Layer? OnlyReader(string value)
        => !_outputs.Contains(value) && _readers.TryGetValue(value, out List<Layer>? readers) && readers.Count == 1 ? readers[0] : null;

    private (FusedActivation Function, float Slope)? AsFused(Layer layer) => layer switch
    {
        ActivationLayer { Function: ActivationFunction.ReLU } => (FusedActivation.ReLU, 0),
        ActivationLayer { Function: ActivationFunction.LeakyReLU } leaky => (FusedActivation.LeakyReLU, leaky.NegativeSlope),
        PReLULayer { NumParameters: 1 } => (FusedActivation.LeakyReLU, Values(layer, "weight")[0]),
        _ => null,
    };
}
