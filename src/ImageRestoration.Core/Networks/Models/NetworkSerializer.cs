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
            throw new ModelFormatException($"Network '{name}' has more than {limits.MaximumLayerCount} layers. Raise {nameof(ModelLimits)}.{nameof(ModelLimits.MaximumLayerCount)} if you trust the file.");
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
        string input = inputs.Length > 0 ? inputs[0] : throw new ModelFormatException($"Layer '{name}' has no input. The file is damaged.");
        return kind switch
        {
            "Conv2d" => new Conv2dLayer(name, input, Integer(json, "in_channels"), Integer(json, "out_channels"), Size(json, "kernel_size"), Size(json, "stride"), Size(json, "padding"), Size(json, "dilation"), Integer(json, "groups"), Flag(json, "bias")),
            "ConvTranspose2d" => new ConvTranspose2dLayer(name, input, Integer(json, "in_channels"), Integer(json, "out_channels"), Size(json, "kernel_size"), Size(json, "stride"), Size(json, "padding"), Size(json, "output_padding"), Flag(json, "bias")),
            "LeakyReLU" => new ActivationLayer(name, input, ActivationFunction.LeakyReLU, Number(json, "negative_slope")),
            "ReLU" => new ActivationLayer(name, input, ActivationFunction.ReLU),
            "GELU" => new ActivationLayer(name, input, ActivationFunction.GELU),
            "SiLU" => new ActivationLayer(name, input, ActivationFunction.SiLU),
            "Sigmoid" => new ActivationLayer(name, input, ActivationFunction.Sigmoid),
            "Tanh" => new ActivationLayer(name, input, ActivationFunction.Tanh),
            "Softplus" => new ActivationLayer(name, input, ActivationFunction.Softplus),
            "PReLU" => new PReLULayer(name, input, Integer(json, "num_parameters"), Number(json, "init")),
            "BatchNorm2d" => new BatchNorm2dLayer(name, input, Integer(json, "num_features"), Number(json, "eps"), Number(json, "momentum")),
            "LayerNorm2d" => new LayerNorm2dLayer(name, input, Integer(json, "num_channels"), Number(json, "eps"), Flag(json, "affine")),
            "GroupNorm" => new GroupNormLayer(name, input, Integer(json, "num_groups"), Integer(json, "num_channels"), Number(json, "eps"), Flag(json, "affine")),
            "Scale2d" => new Scale2dLayer(name, input, Integer(json, "channels"), Number(json, "initial_scale"), Flag(json, "scale"), Flag(json, "bias")),
            "Affine" => new AffineLayer(name, input, Number(json, "scale"), Number(json, "offset")),
            "Linear" => new LinearLayer(name, input, Integer(json, "in_features"), Integer(json, "out_features"), Flag(json, "bias")),
            "GlobalAvgPool" => new GlobalAvgPoolLayer(name, input),
            "ZeroPad2d" => new Pad2dLayer(name, input, Sides(json, "padding")),
            "ReflectionPad2d" => new Pad2dLayer(name, input, Sides(json, "padding"), PaddingMode.Reflect),
            "ReplicationPad2d" => new Pad2dLayer(name, input, Sides(json, "padding"), PaddingMode.Replicate),
            "Slice" => new SliceLayer(name, input, Integer(json, "start"), Integer(json, "count")),
            "MaxPool2d" => new Pool2dLayer(name, input, PoolKind.Max, Size(json, "kernel_size"), Size(json, "stride"), Size(json, "padding")),
            "AvgPool2d" => new Pool2dLayer(name, input, PoolKind.Average, Size(json, "kernel_size"), Size(json, "stride"), Size(json, "padding")),
            "Upsample" => new UpsampleLayer(name, input, Integer(json, "scale_factor"), Text(json, "mode") switch
            {
                "nearest" => UpsampleMode.Nearest,
                "bilinear" => UpsampleMode.Bilinear,
                string mode => throw new ModelFormatException($"Layer '{name}' (Upsample) has mode '{mode}'; known are nearest and bilinear."),
            }),
            "PixelShuffle" => new PixelShuffleLayer(name, input, Integer(json, "upscale_factor")),
            "PixelUnshuffle" => new PixelUnshuffleLayer(name, input, Integer(json, "downscale_factor")),
            "Add" => new AddLayer(name, inputs),
            "Mul" => new MulLayer(name, inputs),
            "Div" => inputs.Length == 2 ? new DivLayer(name, inputs[0], inputs[1], Number(json, "eps")) : throw new ModelFormatException($"Layer '{name}' (Div) has {inputs.Length} inputs instead of 2. The file is damaged."),
            "Concat" => new ConcatLayer(name, inputs),
            _ => throw new ModelFormatException($"Layer '{name}' is of kind '{kind}', which this version does not know. Update ImageRestoration, or load a model made for this version."),
        };
    }

    internal static string Text(JsonElement json, string property) => json.GetProperty(property).GetString() ?? throw new FormatException($"'{property}' is null.");

    private static int Integer(JsonElement json, string property) => json.GetProperty(property).GetInt32();

    private static float Number(JsonElement json, string property) => json.GetProperty(property).GetSingle();

    private static bool Flag(JsonElement json, string property) => json.GetProperty(property).GetBoolean();

    /// <summary>Sides in PyTorch's order: left, right, top, bottom.</summary>
    private static Sides2d Sides(JsonElement json, string property)
    {
        JsonElement sides = json.GetProperty(property);
        return new Sides2d(sides[2].GetInt32(), sides[3].GetInt32(), sides[0].GetInt32(), sides[1].GetInt32());
    }

    private static Size2d Size(JsonElement json, string property)
    {
        JsonElement pair = json.GetProperty(property);
        return new Size2d(pair[0].GetInt32(), pair[1].GetInt32());
    }
}
