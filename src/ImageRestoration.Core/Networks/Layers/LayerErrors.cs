namespace ImageRestoration.Networks;

/// <summary>What layers refuse, in words.</summary>
internal static class LayerErrors
{
    internal static ArgumentException NoInput(string name, string inputs)
        => new($"Layer '{name}' has no input. Every layer takes at least one value.", inputs);

    internal static ArgumentOutOfRangeException Unknown(string name, string what, object value, string parameterName)
        => new(parameterName, value, $"Layer '{name}': unknown {what}.");

    internal static TensorShapeException WrongInputs(Layer layer, int expected, int actual)
        => new(Invariant($"{Start(layer)} takes {expected} input(s) and got {actual}."));

    internal static TensorShapeException WrongChannels(Layer layer, int expected, int actual)
        => new(Invariant($"{Start(layer)} takes {expected} channels and '{layer.Inputs[0]}' has {actual}."));

    internal static ArgumentOutOfRangeException TooSmall(Layer layer, string setting, float value, float minimum)
    {
        string limit = minimum > float.MinValue ? Invariant($" and at least {minimum}") : string.Empty;
        return new(setting, value, Invariant($"{Start(layer)}: {setting} is {value} and must be finite{limit}."));
    }

    internal static ArgumentOutOfRangeException TooSmall(Layer layer, string setting, int value, int minimum)
        => new(setting, value, Invariant($"{Start(layer)}: {setting} is {value} and must be at least {minimum}."));

    internal static ArgumentOutOfRangeException WrongMomentum(Layer layer, float momentum)
        => new(nameof(momentum), momentum, Invariant($"{Start(layer)}: momentum is {momentum} and must be 0 to 1."));

    internal static ArgumentException WrongGroups(Layer layer, int groups, int inChannels, int outChannels) => new(
        Invariant($"{Start(layer)}: groups is {groups}, which divides not both inChannels ({inChannels}) and outChannels ({outChannels}). ")
        + "Choose a common divisor.", nameof(groups));

    internal static ArgumentException WrongGroups(Layer layer, int numGroups, int numChannels) => new(
        Invariant($"{Start(layer)}: numGroups is {numGroups}, which does not divide numChannels ({numChannels}). Choose a divisor."),
        nameof(numGroups));

    internal static ArgumentOutOfRangeException LargeOutputPadding(ConvTranspose2dLayer layer, Size2d outputPadding) => new(
        nameof(outputPadding), outputPadding, $"{Start(layer)}: outputPadding {outputPadding} must be below stride {layer.Stride}.");

    internal static ArgumentOutOfRangeException LargePadding(Pool2dLayer layer, Size2d padding) => new(
        nameof(padding), padding, $"{Start(layer)}: padding {padding} is more than half the kernel size {layer.KernelSize}.");

    internal static ArgumentException NeitherScaleNorBias(Layer layer, string bias)
        => new($"{Start(layer)} has neither scale nor bias. Ask for one of them or leave the layer out.", bias);

    internal static TensorShapeException WrongSlopes(PReLULayer layer, int channels) => new(
        Invariant($"{Start(layer)} has {layer.NumParameters} slopes and '{layer.Inputs[0]}' has {channels} channels. ")
        + "Use 1 slope, or one for each channel.");

    internal static TensorShapeException BeyondChannels(SliceLayer layer, int channels) => new(
        Invariant($"{Start(layer)} takes channels {layer.Start} to {(long)layer.Start + layer.Count - 1} ")
        + Invariant($"and '{layer.Inputs[0]}' has {channels}."));

    internal static TensorShapeException UnequalChannels(Layer layer, IEnumerable<int> channels)
        => new($"{Start(layer)} takes values of equal channels or of one and got {string.Join(", ", channels)}.");

    internal static TensorShapeException SmallForMirror(Layer layer, int most, SpatialAxis axis, int extent) => new(
        Invariant($"{Start(layer)} mirrors {most} pixels along {axis} and '{layer.Inputs[0]}' has {extent}; ")
        + "the outermost is not repeated. Use a larger picture.");

    internal static TensorShapeException NotShuffled(Layer layer, int channels, long square)
        => new(Invariant($"{Start(layer)}: '{layer.Inputs[0]}' has {channels} channels, which is no multiple of {square}."));

    internal static TensorShapeException NeverMultiple(Layer layer, int factor, SpatialAxis axis) => new(
        Invariant($"{Start(layer)}: '{layer.Inputs[0]}' is never a multiple of {factor} along {axis}. ")
        + "Change the padding of the layers before it.");

    internal static TensorShapeException NoMultiple(Layer layer, int extent, SpatialAxis axis, int factor) => new(
        Invariant($"{Start(layer)}: '{layer.Inputs[0]}' is {extent} along {axis}, which is no multiple of {factor}. ")
        + "Pad the picture to the network's size multiple.");

    private static string Start(Layer layer) => $"Layer '{layer.Name}' ({layer.Kind})";
}
