using ImageRestoration.Networks;

namespace ImageRestoration.TorchSharp;

/// <summary>What is wrong with the settings of losses and with what they are given, and what to do about it.</summary>
internal static class LossErrors
{
    /// <param name="name">The setting, which is named in the message.</param>
    /// <param name="value">What it was to be.</param>
    /// <param name="rule">What it must be: fills the gap in "Epsilon must …".</param>
    internal static ArgumentOutOfRangeException Setting(string name, object value, string rule) => new(name, value, $"{name} must {rule}.");

    internal static ArgumentException FeatureInputs(Network features, string parameterName)
        => new(
            Invariant($"Network '{features.Name}' has {features.Inputs.Length} inputs ")
                + Invariant($"({string.Join(", ", features.Inputs.Select(i => i.Name))}); ")
                + "features are those of a picture alone.",
            parameterName);

    internal static ArgumentException OutputWeights(int weights, Network features, string parameterName)
        => new(
            Invariant($"There are {weights} weights for the {features.Outputs.Length} output(s) of network '{features.Name}'. Give one ")
                + "each, or none.",
            parameterName);

    internal static ArgumentException ValuesPerChannel(int values, Network features, string parameterName)
        => new(
            Invariant($"There are {values} values for the {features.Inputs[0].Channels} channel(s) that network '{features.Name}' takes. ")
                + "Give one finite value each, or none.",
            parameterName);

    internal static TrainingException FeatureChannels(Network features, long channels)
        => new(Invariant($"Network '{features.Name}' of the loss takes pictures of {features.Inputs[0].Channels} channel(s) ")
            + Invariant($"and these have {channels}. ")
            + "Take features of pictures like those that are trained on.");

    internal static TrainingException WindowTooLarge(int windowSize, long height, long width)
        => new(Invariant($"SSIM looks at windows of {windowSize}×{windowSize} and got patches of {height}×{width}. ")
            + "Train on larger patches, or use fewer scales.");
}
