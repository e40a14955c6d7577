namespace ImageRestoration.Networks;

/// <summary>What is wrong with model files and safetensors files, in words.</summary>
internal static class ModelFileErrors
{
    internal static ModelFormatException At(string path, ModelFormatException e) => new($"Model file '{path}': {e.Message}", e);

    internal static ModelFormatException NoNetwork(string key, string value) => new(
        $"The file holds tensors but no network definition (metadata '{key}' is not '{value}'). "
        + $"To use bare weights, declare the network and read them with {nameof(SafeTensorsFile)}.");

    internal static ModelFormatException WrongNetwork(Exception e)
        => new($"The network definition is not valid: {e.Message} The file is damaged.", e);

    internal static InvalidOperationException NoParts(ModelInfo model) => new(
        $"Model '{model.Name}' is one network, without an encoder and a decoder of its own. "
        + "Use it in a restorer, or create the model from two networks.");

    internal static ModelFormatException ManyLayers(string network, int most) => new(
        Invariant($"Network '{network}' has more than {most} layers. ")
        + $"Raise {nameof(ModelLimits)}.{nameof(ModelLimits.MaximumLayerCount)} if you trust the file.");

    internal static ModelFormatException NoInput(string layer) => new($"Layer '{layer}' has no input. The file is damaged.");

    internal static ModelFormatException WrongDivision(string layer, int inputs)
        => new(Invariant($"Layer '{layer}' (Div) has {inputs} inputs instead of 2. The file is damaged."));

    internal static ModelFormatException UnknownMode(string layer, string mode)
        => new($"Layer '{layer}' (Upsample) has mode '{mode}'; known are nearest and bilinear.");

    internal static ModelFormatException UnknownKind(string layer, string kind) => new(
        $"Layer '{layer}' is of kind '{kind}', which this version does not know. "
        + "Update ImageRestoration, or load a model made for this version.");

    internal static ModelFormatException HeaderSize(ulong size, int most) => new(
        Invariant($"The header claims {size} bytes; 2 to {most} are allowed. The file is no safetensors file, or is damaged."));

    internal static ModelFormatException WrongHeader(Exception e)
        => new($"The header is not a valid safetensors header: {e.Message} The file is damaged or of another format.", e);

    internal static ModelFormatException BeyondFloat16(string tensor, float value) => new(
        Invariant($"Tensor '{tensor}' has the value {value}; {nameof(WeightPrecision.Float16)} holds -65504 to 65504. ")
        + $"Save with {nameof(WeightPrecision)}.{nameof(WeightPrecision.Float32)}, or find out why training let the weight grow.");

    internal static ModelFormatException ManyTensors(int most) => new(
        Invariant($"The file lists more than {most} tensors. ")
        + $"Raise {nameof(ModelLimits)}.{nameof(ModelLimits.MaximumTensorCount)} if you trust it.");

    internal static ModelFormatException WrongOffsets(string tensor, long begin, long end, long position, long most) => new(
        Invariant($"Tensor '{tensor}' claims bytes {begin} to {end}, where {position} should begin ")
        + Invariant($"and at most {most} bytes are allowed in all. The file is damaged."));

    internal static ModelFormatException WrongLength(string tensor, long count, int size, long bytes)
        => new(Invariant($"Tensor '{tensor}' has {count} values of {size} bytes and claims {bytes} bytes. The file is damaged."));
}
