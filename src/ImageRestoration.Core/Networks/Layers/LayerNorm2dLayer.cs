using System.Collections.Immutable;
using System.Text.Json;

namespace ImageRestoration.Networks;

/// <summary>
/// Normalisation of each pixel over its channels, as NAFNet's <c>LayerNorm2d</c> (Chen et al. 2022, arXiv:2204.04676) and as
/// <c>torch.nn.LayerNorm</c> on the channel dimension: (x − mean) / √(variance + eps) × weight + bias. A local layer.
/// </summary>
public sealed record LayerNorm2dLayer : Layer
{
    /// <summary>Creates the layer.</summary>
    /// <param name="name">Unique name in the network.</param>
    /// <param name="input">Name of the value it takes.</param>
    /// <param name="channels">Channels it takes and makes.</param>
    /// <param name="eps">Added to the variance, at least 0.</param>
    /// <param name="affine">Whether it has weight and bias.</param>
    public LayerNorm2dLayer(string name, string input, int channels, float eps = 1e-6f, bool affine = true)
        : base(name, [input])
    {
        Channels = RequireAtLeast(channels, 1, nameof(channels));
        Eps = RequireAtLeast(eps, 0, nameof(eps));
        Affine = affine;
    }

    /// <inheritdoc/>
    public override string Kind => "LayerNorm2d";

    /// <summary>Channels it takes and makes.</summary>
    public int Channels { get; }

    /// <summary>Added to the variance.</summary>
    public float Eps { get; }

    /// <summary>Whether it has weight and bias.</summary>
    public bool Affine { get; }

    /// <inheritdoc/>
    public override ImmutableArray<ParameterSpec> Parameters
        => Affine ? [new("weight", [Channels], 1, Fill: 1), new("bias", [Channels], 1, Fill: 0)] : [];

    /// <inheritdoc/>
    public override int InferChannels(ImmutableArray<int> inputChannels)
        => RequireChannels(inputChannels, Channels, Channels);

    /// <inheritdoc/>
    internal override void WriteSettings(Utf8JsonWriter writer)
    {
        writer.WriteNumber("num_channels", Channels);
        writer.WriteNumber("eps", Eps);
        writer.WriteBoolean("affine", Affine);
    }
}
