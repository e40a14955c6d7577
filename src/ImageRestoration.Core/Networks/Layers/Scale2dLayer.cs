using System.Collections.Immutable;
using System.Text.Json;

namespace ImageRestoration.Networks;

/// <summary>
/// Learned scale and offset of each channel: x × weight + bias, either of which may be left out. The factors of residual branches in
/// NAFNet (<c>beta</c>, <c>gamma</c>) and ConvNeXt, and the bias of a partial convolution.
/// </summary>
/// <remarks>Parameters have the shape [channels]. PyTorch models often keep them as 1×C×1×1: the same values, reshaped.</remarks>
public sealed record Scale2dLayer : Layer
{
    /// <summary>Creates the layer.</summary>
    /// <param name="name">Unique name in the network.</param>
    /// <param name="input">Name of the value it takes.</param>
    /// <param name="channels">Channels it takes and makes.</param>
    /// <param name="initialScale">What the weights are before training; 0 lets a residual branch start as nothing.</param>
    /// <param name="scale">Whether there is a weight.</param>
    /// <param name="bias">Whether there is a bias.</param>
    public Scale2dLayer(string name, string input, int channels, float initialScale = 1, bool scale = true, bool bias = false)
        : base(name, [input])
    {
        Channels = RequireAtLeast(channels, 1, nameof(channels));
        InitialScale = RequireAtLeast(initialScale, float.MinValue, nameof(initialScale));
        Scale = scale;
        Bias = bias;
        if (!scale && !bias)
        {
            throw LayerErrors.NeitherScaleNorBias(this, nameof(bias));
        }
    }

    /// <inheritdoc/>
    public override string Kind => "Scale2d";

    /// <summary>Channels it takes and makes.</summary>
    public int Channels { get; }

    /// <summary>What the weights are before training.</summary>
    public float InitialScale { get; }

    /// <summary>Whether there is a weight.</summary>
    public bool Scale { get; }

    /// <summary>Whether there is a bias.</summary>
    public bool Bias { get; }

    /// <inheritdoc/>
    public override ImmutableArray<ParameterSpec> Parameters
    {
        get
        {
            ParameterSpec weight = new("weight", [Channels], 1, Fill: InitialScale), bias = new("bias", [Channels], 1, Fill: 0);
            return Scale && Bias ? [weight, bias] : Scale ? [weight] : [bias];
        }
    }

    /// <inheritdoc/>
    public override int InferChannels(ImmutableArray<int> inputChannels)
        => RequireChannels(inputChannels, Channels, Channels);

    /// <inheritdoc/>
    internal override void WriteSettings(Utf8JsonWriter writer)
    {
        writer.WriteNumber("channels", Channels);
        writer.WriteNumber("initial_scale", InitialScale);
        writer.WriteBoolean("scale", Scale);
        writer.WriteBoolean("bias", Bias);
    }
}
