using System.Collections.Immutable;
using System.Text.Json;

namespace ImageRestoration.Networks;

/// <summary>
/// Normalisation of each picture's groups of channels over all pixels, as <c>torch.nn.GroupNorm</c> (Wu and He 2018, arXiv:1803.08494).
/// It looks at the whole picture, so a network with it cannot be run in tiles.
/// </summary>
public sealed record GroupNormLayer : Layer
{
    /// <summary>Creates the layer.</summary>
    /// <param name="name">Unique name in the network.</param>
    /// <param name="input">Name of the value it takes.</param>
    /// <param name="numGroups">Number of groups; divides the channels.</param>
    /// <param name="numChannels">Channels it takes and makes.</param>
    /// <param name="eps">Added to the variance, at least 0.</param>
    /// <param name="affine">Whether it has weight and bias.</param>
    public GroupNormLayer(string name, string input, int numGroups, int numChannels, float eps = 1e-5f, bool affine = true)
        : base(name, [input])
    {
        NumGroups = RequireAtLeast(numGroups, 1, nameof(numGroups));
        NumChannels = RequireAtLeast(numChannels, 1, nameof(numChannels));
        Eps = RequireAtLeast(eps, 0, nameof(eps));
        Affine = affine;
        if (numChannels % numGroups != 0)
        {
            throw LayerErrors.WrongGroups(this, numGroups, numChannels);
        }
    }

    /// <inheritdoc/>
    public override string Kind => "GroupNorm";

    /// <summary>Number of groups.</summary>
    public int NumGroups { get; }

    /// <summary>Channels it takes and makes.</summary>
    public int NumChannels { get; }

    /// <summary>Added to the variance.</summary>
    public float Eps { get; }

    /// <summary>Whether it has weight and bias.</summary>
    public bool Affine { get; }

    /// <inheritdoc/>
    public override ImmutableArray<ParameterSpec> Parameters
        => Affine ? [new("weight", [NumChannels], 1, Fill: 1), new("bias", [NumChannels], 1, Fill: 0)] : [];

    /// <inheritdoc/>
    public override int InferChannels(ImmutableArray<int> inputChannels)
        => RequireChannels(inputChannels, NumChannels, NumChannels);

    /// <inheritdoc/>
    public override PixelInterval? InferDependency(SpatialAxis axis, PixelInterval output) => null;

    /// <inheritdoc/>
    internal override void WriteSettings(Utf8JsonWriter writer)
    {
        writer.WriteNumber("num_groups", NumGroups);
        writer.WriteNumber("num_channels", NumChannels);
        writer.WriteNumber("eps", Eps);
        writer.WriteBoolean("affine", Affine);
    }
}
