using System.Collections.Immutable;
using System.Text.Json;

namespace ImageRestoration.Networks;

/// <summary>A network's definition as JSON: inputs, layers in order, outputs. This is what model files carry.</summary>
internal static class NetworkSerializer
{
    internal static void Write(Utf8JsonWriter writer, Network network)
    {
        writer.WriteStartObject();
        writer.WriteString("name", network.Name);
        writer.WriteStartArray("inputs");
        foreach (NetworkInput input in network.Inputs)
        {
            writer.WriteStartObject();
            writer.WriteString("name", input.Name);
            writer.WriteNumber("channels", input.Channels);
            writer.WriteNumber("downscale", input.Scale.Denominator);
            if (input.IsCondition)
            {
                writer.WriteBoolean("condition", true);
            }

            writer.WriteEndObject();
        }

        writer.WriteEndArray();
        writer.WriteStartArray("layers");
        foreach (Layer layer in network.Layers)
        {
            writer.WriteStartObject();
            writer.WriteString("kind", layer.Kind);
            writer.WriteString("name", layer.Name);
            writer.WriteStartArray("inputs");
            foreach (string input in layer.Inputs)
            {
                writer.WriteStringValue(input);
            }

            writer.WriteEndArray();
            layer.WriteSettings(writer);
            writer.WriteEndObject();
        }

        writer.WriteEndArray();
        writer.WriteStartArray("outputs");
        foreach (NetworkOutput output in network.Outputs)
        {
            writer.WriteStartObject();
            writer.WriteString("name", output.Name);
            writer.WriteString("value", output.Value);
            writer.WriteEndObject();
        }

        writer.WriteEndArray();
        writer.WriteEndObject();
    }

    internal static Network Read(JsonElement json, ModelLimits limits)
    {
        string name = Text(json, "name");
        if (json.GetProperty("layers").GetArrayLength() > limits.MaximumLayerCount)
        {
            throw ModelFileErrors.ManyLayers(name, limits.MaximumLayerCount);
        }

        var builder = new NetworkBuilder(name);
        foreach (JsonElement input in json.GetProperty("inputs").EnumerateArray())
        {
            builder.Input(
                Text(input, "name"),
                input.GetProperty("channels").GetInt32(),
                input.TryGetProperty("downscale", out JsonElement downscale) ? downscale.GetInt32() : 1,
                isCondition: input.TryGetProperty("condition", out JsonElement condition) && condition.GetBoolean());
        }

        foreach (JsonElement layer in json.GetProperty("layers").EnumerateArray())
        {
            builder.Append(ReadLayer(layer));
        }

        foreach (JsonElement output in json.GetProperty("outputs").EnumerateArray())
        {
            builder.Output(Text(output, "name"), builder.Value(Text(output, "value")));
        }

        return builder.Build();
    }

    private static Layer ReadLayer(JsonElement json)
    {
        string kind = Text(json, "kind"), name = Text(json, "name");
        ImmutableArray<string> inputs = [.. json.GetProperty("inputs").EnumerateArray().Select(e => e.GetString() ?? string.Empty)];
        string input = inputs.Length > 0 ? inputs[0] : throw ModelFileErrors.NoInput(name);
        return kind switch
        {
            "Conv2d" => new Conv2dLayer(
                name, input, Integer("in_channels"), Integer("out_channels"), Size("kernel_size"), Size("stride"), Size("padding"),
                Size("dilation"), Integer("groups"), Flag("bias")),
            "ConvTranspose2d" => new ConvTranspose2dLayer(
                name, input, Integer("in_channels"), Integer("out_channels"), Size("kernel_size"), Size("stride"), Size("padding"),
                Size("output_padding"), Flag("bias")),
            "LeakyReLU" => new ActivationLayer(name, input, ActivationFunction.LeakyReLU, Number("negative_slope")),
            "ReLU" => new ActivationLayer(name, input, ActivationFunction.ReLU),
            "GELU" => new ActivationLayer(name, input, ActivationFunction.GELU),
            "SiLU" => new ActivationLayer(name, input, ActivationFunction.SiLU),
            "Sigmoid" => new ActivationLayer(name, input, ActivationFunction.Sigmoid),
            "Tanh" => new ActivationLayer(name, input, ActivationFunction.Tanh),
            "Softplus" => new ActivationLayer(name, input, ActivationFunction.Softplus),
            "PReLU" => new PReLULayer(name, input, Integer("num_parameters"), Number("init")),
            "BatchNorm2d" => new BatchNorm2dLayer(name, input, Integer("num_features"), Number("eps"), Number("momentum")),
            "LayerNorm2d" => new LayerNorm2dLayer(name, input, Integer("num_channels"), Number("eps"), Flag("affine")),
            "GroupNorm" => new GroupNormLayer(name, input, Integer("num_groups"), Integer("num_channels"), Number("eps"), Flag("affine")),
            "Scale2d" => new Scale2dLayer(name, input, Integer("channels"), Number("initial_scale"), Flag("scale"), Flag("bias")),
            "Affine" => new AffineLayer(name, input, Number("scale"), Number("offset")),
            "Linear" => new LinearLayer(name, input, Integer("in_features"), Integer("out_features"), Flag("bias")),
            "GlobalAvgPool" => new GlobalAvgPoolLayer(name, input),
            "ZeroPad2d" => new Pad2dLayer(name, input, Sides("padding")),
            "ReflectionPad2d" => new Pad2dLayer(name, input, Sides("padding"), PaddingMode.Reflect),
            "ReplicationPad2d" => new Pad2dLayer(name, input, Sides("padding"), PaddingMode.Replicate),
            "Slice" => new SliceLayer(name, input, Integer("start"), Integer("count")),
            "MaxPool2d" => new Pool2dLayer(name, input, PoolKind.Max, Size("kernel_size"), Size("stride"), Size("padding")),
            "AvgPool2d" => new Pool2dLayer(name, input, PoolKind.Average, Size("kernel_size"), Size("stride"), Size("padding")),
            "Upsample" => new UpsampleLayer(name, input, Integer("scale_factor"), Text(json, "mode") switch
            {
                "nearest" => UpsampleMode.Nearest,
                "bilinear" => UpsampleMode.Bilinear,
                string mode => throw ModelFileErrors.UnknownMode(name, mode),
            }),
            "PixelShuffle" => new PixelShuffleLayer(name, input, Integer("upscale_factor")),
            "PixelUnshuffle" => new PixelUnshuffleLayer(name, input, Integer("downscale_factor")),
            "Add" => new AddLayer(name, inputs),
            "Mul" => new MulLayer(name, inputs),
            "Div" => inputs.Length == 2
                ? new DivLayer(name, inputs[0], inputs[1], Number("eps"))
                : throw ModelFileErrors.WrongDivision(name, inputs.Length),
            "Concat" => new ConcatLayer(name, inputs),
            _ => throw ModelFileErrors.UnknownKind(name, kind),
        };

        int Integer(string property) => json.GetProperty(property).GetInt32();

        float Number(string property) => json.GetProperty(property).GetSingle();

        bool Flag(string property) => json.GetProperty(property).GetBoolean();

        Size2d Size(string property)
        {
            JsonElement pair = json.GetProperty(property);
            return new Size2d(pair[0].GetInt32(), pair[1].GetInt32());
        }

        Sides2d Sides(string property)
        {
            JsonElement sides = json.GetProperty(property);
            return new Sides2d(sides[2].GetInt32(), sides[3].GetInt32(), sides[0].GetInt32(), sides[1].GetInt32());
        }
    }

    internal static string Text(JsonElement json, string property)
        => json.GetProperty(property).GetString() ?? throw new FormatException($"'{property}' is null.");
}
