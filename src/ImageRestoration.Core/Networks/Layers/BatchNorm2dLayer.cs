using System.Collections.Immutable;
using System.Text.Json;

namespace ImageRestoration.Networks;

/// <summary>
/// Batch normalisation, as <c>torch.nn.BatchNorm2d</c> (Ioffe and Szegedy 2015, arXiv:1502.03167). Outside training it is an affine
/// function of each channel: (x − running_mean) / √(running_var + eps) × weight + bias.
/// </summary>
public sealed record BatchNorm2dLayer : Layer
{
    /// <summary>Creates the layer.</summary>
    /// <param name="name">Unique name in the network.</param>
    /// <param name="input">Name of the value it takes.</param>
    /// <param name="numFeatures">Channels it takes and makes.</param>
    /// <param name="eps">Added to the variance, at least 0.</param>
    /// <param name="momentum">Share of the running statistics that each training step replaces, 0 to 1.</param>
    public BatchNorm2dLayer(string name, string input, int numFeatures, float eps = 1e-5f, float momentum = 0.1f)
        : base(name, [input])
    {
        NumFeatures = RequireAtLeast(numFeatures, 1, nameof(numFeatures));
        Eps = RequireAtLeast(eps, 0, nameof(eps));
        Momentum = momentum <= 1
            ? RequireAtLeast(momentum, 0, nameof(momentum))
            : throw LayerErrors.WrongMomentum(this, momentum);
    }

    /// <inheritdoc/>
    public override string Kind => "BatchNorm2d";

    /// <summary>Channels it takes and makes.</summary>
    public int NumFeatures { get; }

    /// <summary>Added to the variance.</summary>
    public float Eps { get; }

    /// <summary>Share of the running statistics that each training step replaces.</summary>
    public float Momentum { get; }

    /// <inheritdoc/>
    public override ImmutableArray<ParameterSpec> Parameters =>
    [
        new("weight", [NumFeatures], 1, Fill: 1),
        new("bias", [NumFeatures], 1, Fill: 0),
        new("running_mean", [NumFeatures], 1, Fill: 0, Learned: false),
        new("running_var", [NumFeatures], 1, Fill: 1, Learned: false),
    ];

    /// <inheritdoc/>
    public override int InferChannels(ImmutableArray<int> inputChannels)
        => RequireChannels(inputChannels, NumFeatures, NumFeatures);

    /// <inheritdoc/>
    internal override void WriteSettings(Utf8JsonWriter writer)
    {
        writer.WriteNumber("num_features", NumFeatures);
        writer.WriteNumber("eps", Eps);
        writer.WriteNumber("momentum", Momentum);
    }
}
