using ImageRestoration.Networks;
using static ImageRestoration.OnnxRuntime.OnnxAttributes;

namespace ImageRestoration.OnnxRuntime;

/// <content>Normalisation and scaling of channels.</content>
internal static partial class LayerLowering
{
    // ONNX Runtime merges it into a convolution before it.
    private static void Lower(OnnxGraphBuilder graph, BatchNorm2dLayer layer)
        => graph.Node(
            "BatchNormalization",
            layer.Name,
            [
                graph.InputOf(layer),
                graph.Weight(layer, "weight"),
                graph.Weight(layer, "bias"),
                graph.Weight(layer, "running_mean"),
                graph.Weight(layer, "running_var")],
            graph.ResultOf(layer),
            Of("epsilon", layer.Eps));

    private static void Lower(OnnxGraphBuilder graph, LayerNorm2dLayer layer)
    {
        // Means over the channels as convolutions to one channel: ONNX Runtime computes these far faster than LayerNormalization between
        // two transpositions, or than ReduceMean over a middle dimension.
        string input = graph.InputOf(layer),
            average = graph.Constant(layer, "average", Repeated(1f / layer.Channels, layer.Channels), [1, layer.Channels, 1, 1]);
        string mean = Then("Conv", "mean", input, average), difference = Then("Sub", "difference", input, mean);
        string variance = Then("Conv", "variance", Then("Mul", "square", difference, difference), average);
        string deviation = Then("Sqrt", "deviation", Then("Add", "eps", variance, graph.Constant(layer, "epsilon", [layer.Eps], [])));
        string factor = Then("Reciprocal", "factor", deviation);
        if (layer.Affine)
        {
            LowerScale(
                graph,
                layer,
                Then("Mul", "normalized", difference, factor),
                graph.Weight(layer, "weight", [layer.Channels, 1, 1]),
                graph.Weight(layer, "bias", [layer.Channels, 1, 1]));
        }
        else
        {
            graph.Node("Mul", layer.Name, [difference, factor], graph.ResultOf(layer));
        }

        string Then(string type, string suffix, params ReadOnlySpan<string> inputs)
        {
            string result = graph.Intermediate(layer, suffix);
            graph.Node(type, $"{layer.Name}/{suffix}", inputs, result);
            return result;
        }
    }

    private static void Lower(OnnxGraphBuilder graph, GroupNormLayer layer)
    {
        // A group's channels in a row become one channel, which InstanceNormalization takes; the operator set has no GroupNormalization
        // yet.
        string input = graph.InputOf(layer), shape = graph.Intermediate(layer, "shape"), rows = graph.Intermediate(layer, "rows"),
            normalized = graph.Intermediate(layer, "normalized");
        string ones = graph.Constant(layer, "ones", Repeated(1, layer.NumGroups), [layer.NumGroups]),
            zeros = graph.Constant(layer, "zeros", Repeated(0, layer.NumGroups), [layer.NumGroups]);
        graph.Node("Shape", $"{layer.Name}/shape", [input], shape);
        graph.Node("Reshape", $"{layer.Name}/rows", [input, graph.Constant(layer, "row_shape", [0, layer.NumGroups, -1])], rows);
        graph.Node("InstanceNormalization", $"{layer.Name}/normalize", [rows, ones, zeros], normalized, Of("epsilon", layer.Eps));
        string back = layer.Affine ? graph.Intermediate(layer, "picture") : graph.ResultOf(layer);
        graph.Node("Reshape", layer.Affine ? $"{layer.Name}/picture" : layer.Name, [normalized, shape], back);
        if (layer.Affine)
        {
            LowerScale(
                graph,
                layer,
                back,
                graph.Weight(layer, "weight", [layer.NumChannels, 1, 1]),
                graph.Weight(layer, "bias", [layer.NumChannels, 1, 1]));
        }
    }

    private static void Lower(OnnxGraphBuilder graph, Scale2dLayer layer)
        => LowerScale(
            graph,
            layer,
            graph.InputOf(layer),
            layer.Scale ? graph.Weight(layer, "weight", [layer.Channels, 1, 1]) : null,
            layer.Bias ? graph.Weight(layer, "bias", [layer.Channels, 1, 1]) : null);

    private static void Lower(OnnxGraphBuilder graph, AffineLayer layer)
        => LowerScale(
            graph,
            layer,
            graph.InputOf(layer),
            graph.Constant(layer, "scale", [layer.Scale], []),
            graph.Constant(layer, "offset", [layer.Offset], []));

    private static void LowerScale(OnnxGraphBuilder graph, Layer layer, string input, string? scale, string? offset)
    {
        if (scale is not null)
        {
            string scaled = offset is null ? graph.ResultOf(layer) : graph.Intermediate(layer, "scaled");
            graph.Node("Mul", offset is null ? layer.Name : $"{layer.Name}/scaled", [input, scale], scaled);
            input = scaled;
        }

        if (offset is not null)
        {
            graph.Node("Add", layer.Name, [input, offset], graph.ResultOf(layer));
        }
    }

    private static float[] Repeated(float value, int count)
    {
        var values = new float[count];
        values.AsSpan().Fill(value);
        return values;
    }
}
