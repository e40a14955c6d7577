using System.Collections.Frozen;
using ImageRestoration.Networks;
using static ImageRestoration.OnnxRuntime.OnnxAttributes;

namespace ImageRestoration.OnnxRuntime;

/// <summary>Writes each kind of layer as ONNX operators that compute the same. A layer without an entry is refused.</summary>
internal static partial class LayerLowering
{
    internal const string Backend = "OnnxRuntime";

    private static readonly FrozenDictionary<Type, Action<OnnxGraphBuilder, Layer>> Lowerings
        = new Dictionary<Type, Action<OnnxGraphBuilder, Layer>>
    {
        [typeof(Conv2dLayer)] = (graph, layer) => Lower(graph, (Conv2dLayer)layer),
        [typeof(ConvTranspose2dLayer)] = (graph, layer) => Lower(graph, (ConvTranspose2dLayer)layer),
        [typeof(ActivationLayer)] = (graph, layer) => Lower(graph, (ActivationLayer)layer),
        [typeof(Pool2dLayer)] = (graph, layer) => Lower(graph, (Pool2dLayer)layer),
        [typeof(UpsampleLayer)] = (graph, layer) => Lower(graph, (UpsampleLayer)layer),
        [typeof(PixelShuffleLayer)] = (graph, layer) => Lower(graph, (PixelShuffleLayer)layer),
        [typeof(PixelUnshuffleLayer)] = (graph, layer) => Lower(graph, (PixelUnshuffleLayer)layer),
        [typeof(AddLayer)] = (graph, layer) => LowerChain(graph, layer, "Add"),
        [typeof(MulLayer)] = (graph, layer) => LowerChain(graph, layer, "Mul"),
        [typeof(DivLayer)] = (graph, layer) => Lower(graph, (DivLayer)layer),
        [typeof(AffineLayer)] = (graph, layer) => Lower(graph, (AffineLayer)layer),
        [typeof(ConcatLayer)] = (graph, layer) => Lower(graph, (ConcatLayer)layer),
        [typeof(SliceLayer)] = (graph, layer) => Lower(graph, (SliceLayer)layer),
        [typeof(Pad2dLayer)] = (graph, layer) => Lower(graph, (Pad2dLayer)layer),
        [typeof(LinearLayer)] = (graph, layer) => Lower(graph, (LinearLayer)layer),
        [typeof(PReLULayer)] = (graph, layer) => Lower(graph, (PReLULayer)layer),
        [typeof(GlobalAvgPoolLayer)] = (graph, layer) => graph.Node(
            "GlobalAveragePool", layer.Name, [graph.InputOf(layer)], graph.ResultOf(layer)),
        [typeof(BatchNorm2dLayer)] = (graph, layer) => Lower(graph, (BatchNorm2dLayer)layer),
        [typeof(LayerNorm2dLayer)] = (graph, layer) => Lower(graph, (LayerNorm2dLayer)layer),
        [typeof(GroupNormLayer)] = (graph, layer) => Lower(graph, (GroupNormLayer)layer),
        [typeof(Scale2dLayer)] = (graph, layer) => Lower(graph, (Scale2dLayer)layer),
    }.ToFrozenDictionary();

    internal static void Lower(OnnxGraphBuilder graph, Layer layer)
    {
        if (!Lowerings.TryGetValue(layer.GetType(), out Action<OnnxGraphBuilder, Layer>? lower))
        {
            throw new UnsupportedLayerException(Backend, layer.Name, layer.Kind);
        }

        lower(graph, layer);
    }

    private static void Lower(OnnxGraphBuilder graph, Conv2dLayer layer)
        => graph.Node(
            "Conv",
            layer.Name,
            layer.Bias
                ? [graph.InputOf(layer), graph.Weight(layer, "weight"), graph.Weight(layer, "bias")]
                : [graph.InputOf(layer), graph.Weight(layer, "weight")],
            graph.ResultOf(layer),
            Pair("kernel_shape", layer.KernelSize),
            Pair("strides", layer.Stride),
            Pads(layer.Padding),
            Pair("dilations", layer.Dilation),
            Of("group", layer.Groups));

    private static void Lower(OnnxGraphBuilder graph, ConvTranspose2dLayer layer)
        => graph.Node(
            "ConvTranspose",
            layer.Name,
            layer.Bias
                ? [graph.InputOf(layer), graph.Weight(layer, "weight"), graph.Weight(layer, "bias")]
                : [graph.InputOf(layer), graph.Weight(layer, "weight")],
            graph.ResultOf(layer),
            Pair("kernel_shape", layer.KernelSize),
            Pair("strides", layer.Stride),
            Pads(layer.Padding),
            Pair("output_padding", layer.OutputPadding));

    private static void Lower(OnnxGraphBuilder graph, ActivationLayer layer)
    {
        string input = graph.InputOf(layer), output = graph.ResultOf(layer);
        switch (layer.Function)
        {
            case ActivationFunction.ReLU:
                graph.Node("Relu", layer.Name, [input], output);
                break;
            case ActivationFunction.LeakyReLU:
                graph.Node("LeakyRelu", layer.Name, [input], output, Of("alpha", layer.NegativeSlope));
                break;
            case ActivationFunction.Sigmoid:
                graph.Node("Sigmoid", layer.Name, [input], output);
                break;
            case ActivationFunction.Tanh:
                graph.Node("Tanh", layer.Name, [input], output);
                break;
            case ActivationFunction.Softplus:
                graph.Node("Softplus", layer.Name, [input], output);
                break;
            case ActivationFunction.SiLU:
                string sigmoid = graph.Intermediate(layer, "sigmoid");
                graph.Node("Sigmoid", $"{layer.Name}/sigmoid", [input], sigmoid);
                graph.Node("Mul", layer.Name, [input, sigmoid], output);
                break;
            case ActivationFunction.GELU:
                LowerGelu(graph, layer, input, output);
                break;
            default:
                throw new UnsupportedLayerException(Backend, layer.Name, layer.Kind);
        }
    }

    // x × Φ(x) = x × (1 + erf(x / √2)) × ½, in the order in which ONNX Runtime recognises it and fuses it into one kernel.
    private static void LowerGelu(OnnxGraphBuilder graph, ActivationLayer layer, string input, string output)
    {
        string scaled = graph.Intermediate(layer, "scaled"), erf = graph.Intermediate(layer, "erf"), sum = graph.Intermediate(layer, "sum"),
            product = graph.Intermediate(layer, "product");
        graph.Node("Div", $"{layer.Name}/scale", [input, graph.Constant(layer, "sqrt2", [MathF.Sqrt(2f)], [])], scaled);
        graph.Node("Erf", $"{layer.Name}/erf", [scaled], erf);
        graph.Node("Add", $"{layer.Name}/add", [erf, graph.Constant(layer, "one", [1f], [])], sum);
        graph.Node("Mul", $"{layer.Name}/mul", [input, sum], product);
        graph.Node("Mul", layer.Name, [product, graph.Constant(layer, "half", [0.5f], [])], output);
    }

    private static void Lower(OnnxGraphBuilder graph, Pool2dLayer layer)
    {
        string input = graph.InputOf(layer), output = graph.ResultOf(layer);
        switch (layer.Pool)
        {
            case PoolKind.Max:
                graph.Node(
                    "MaxPool",
                    layer.Name,
                    [input],
                    output,
                    Pair("kernel_shape", layer.KernelSize),
                    Pair("strides", layer.Stride),
                    Pads(layer.Padding));
                break;
            case PoolKind.Average:
                graph.Node(
                    "AveragePool",
                    layer.Name,
                    [input],
                    output,
                    Pair("kernel_shape", layer.KernelSize),
                    Pair("strides", layer.Stride),
                    Pads(layer.Padding),
                    Of("count_include_pad", 1));
                break;
            default:
                throw new UnsupportedLayerException(Backend, layer.Name, layer.Kind);
        }
    }

    private static void Lower(OnnxGraphBuilder graph, UpsampleLayer layer)
    {
        float factor = layer.ScaleFactor;
        string scales = graph.SingleConstant(layer, "scales", [1f, 1f, factor, factor], [4]);

        // The empty name leaves out the optional region of interest.
        ReadOnlySpan<string> inputs = [graph.InputOf(layer), string.Empty, scales];
        switch (layer.Mode)
        {
            case UpsampleMode.Nearest:
                graph.Node(
                    "Resize",
                    layer.Name,
                    inputs,
                    graph.ResultOf(layer),
                    Of("mode", "nearest"),
                    Of("coordinate_transformation_mode", "asymmetric"),
                    Of("nearest_mode", "floor"));
                break;
            case UpsampleMode.Bilinear:
                graph.Node(
                    "Resize",
                    layer.Name,
                    inputs,
                    graph.ResultOf(layer),
                    Of("mode", "linear"),
                    Of("coordinate_transformation_mode", "half_pixel"));
                break;
            default:
                throw new UnsupportedLayerException(Backend, layer.Name, layer.Kind);
        }
    }

    private static void Lower(OnnxGraphBuilder graph, PixelShuffleLayer layer)
        => graph.Node(
            "DepthToSpace",
            layer.Name,
            [graph.InputOf(layer)],
            graph.ResultOf(layer),
            Of("blocksize", layer.UpscaleFactor),
            Of("mode", "CRD"));

    private static void Lower(OnnxGraphBuilder graph, PixelUnshuffleLayer layer)
    {
        // SpaceToDepth puts the position in the block before the channel, PixelUnshuffle after it: channels are reordered.
        int factor = layer.DownscaleFactor, positions = factor * factor, channels = graph.ChannelsOf(layer);
        var order = new long[positions * channels];
        for (int channel = 0; channel < channels; channel++)
        {
            for (int position = 0; position < positions; position++)
            {
                order[(channel * positions) + position] = ((long)position * channels) + channel;
            }
        }

        string blocks = graph.Intermediate(layer, "blocks");
        graph.Node("SpaceToDepth", $"{layer.Name}/blocks", [graph.InputOf(layer)], blocks, Of("blocksize", factor));
        graph.Node("Gather", layer.Name, [blocks, graph.Constant(layer, "order", order)], graph.ResultOf(layer), Of("axis", 1));
    }

    private static void Lower(OnnxGraphBuilder graph, ConcatLayer layer)
        => graph.Node(
            "Concat",
            layer.Name,
            [.. Enumerable.Range(0, layer.Inputs.Length).Select(i => graph.InputOf(layer, i))],
            graph.ResultOf(layer),
            Of("axis", 1));

    private static void Lower(OnnxGraphBuilder graph, SliceLayer layer)
        => graph.Node(
            "Slice",
            layer.Name,
            [
                graph.InputOf(layer),
                graph.Constant(layer, "starts", [layer.Start]),
                graph.Constant(layer, "ends", [layer.Start + layer.Count]),
                graph.Constant(layer, "axes", [1])],
            graph.ResultOf(layer));

    private static void Lower(OnnxGraphBuilder graph, Pad2dLayer layer)
    {
        string mode = layer.Mode switch
        {
            PaddingMode.Zero => "constant",
            PaddingMode.Reflect => "reflect",
            PaddingMode.Replicate => "edge",
            _ => throw new UnsupportedLayerException(Backend, layer.Name, layer.Kind),
        };

        // All beginnings, then all ends, in the order N, C, H, W.
        Sides2d sides = layer.Padding;
        string pads = graph.Constant(layer, "pads", [0, 0, sides.Top, sides.Left, 0, 0, sides.Bottom, sides.Right]);
        graph.Node("Pad", layer.Name, [graph.InputOf(layer), pads], graph.ResultOf(layer), Of("mode", mode));
    }

    private static void Lower(OnnxGraphBuilder graph, LinearLayer layer)
    {
        string weight = graph.Weight(layer, "weight", [layer.OutFeatures, layer.InFeatures, 1, 1]);
        graph.Node(
            "Conv",
            layer.Name,
            layer.Bias ? [graph.InputOf(layer), weight, graph.Weight(layer, "bias")] : [graph.InputOf(layer), weight],
            graph.ResultOf(layer));
    }

    private static void Lower(OnnxGraphBuilder graph, PReLULayer layer)
        => graph.Node(
            "PRelu", layer.Name, [graph.InputOf(layer), graph.Weight(layer, "weight", [layer.NumParameters, 1, 1])], graph.ResultOf(layer));

    private static void Lower(OnnxGraphBuilder graph, DivLayer layer)
    {
        string divisor = graph.InputOf(layer, 1);
        if (layer.Eps != 0)
        {
            string sum = graph.Intermediate(layer, "divisor");
            graph.Node("Add", $"{layer.Name}/eps", [divisor, graph.Constant(layer, "eps", [layer.Eps], [])], sum);
            divisor = sum;
        }

        graph.Node("Div", layer.Name, [graph.InputOf(layer), divisor], graph.ResultOf(layer));
    }

    private static void LowerChain(OnnxGraphBuilder graph, Layer layer, string type)
    {
        string left = graph.InputOf(layer);
        for (int i = 1; i < layer.Inputs.Length; i++)
        {
            bool last = i == layer.Inputs.Length - 1;
            string result = last ? graph.ResultOf(layer) : graph.Intermediate(layer, Invariant($"{i}"));
            graph.Node(type, last ? layer.Name : Invariant($"{layer.Name}/{i}"), [left, graph.InputOf(layer, i)], result);
            left = result;
        }
    }
}
