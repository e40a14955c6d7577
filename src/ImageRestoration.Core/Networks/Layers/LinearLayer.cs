using System.Collections.Immutable;
using System.Text.Json;

namespace ImageRestoration.Networks;

/// <summary>
/// Mixes the channels of each position, as <c>torch.nn.Linear</c> on the channel dimension. The same as a convolution with a 1×1 kernel,
/// but with the weight's shape and name of a linear layer.
/// </summary>
public sealed record LinearLayer : Layer
{
    /// <summary>Creates the layer.</summary>
    /// <param name="name">Unique name in the network.</param>
    /// <param name="input">Name of the value it takes.</param>
    /// <param name="inFeatures">Channels it takes.</param>
    /// <param name="outFeatures">Channels it makes.</param>
    /// <param name="bias">Whether a bias is added.</param>
    public LinearLayer(string name, string input, int inFeatures, int outFeatures, bool bias = true)
        : base(name, [input])
    {
        InFeatures = RequireAtLeast(inFeatures, 1, nameof(inFeatures));
        OutFeatures = RequireAtLeast(outFeatures, 1, nameof(outFeatures));
        Bias = bias;
    }

    /// <inheritdoc/>
    public override string Kind => "Linear";

    /// <summary>Channels it takes.</summary>
    public int InFeatures { get; }

    /// <summary>Channels it makes.</summary>
    public int OutFeatures { get; }

    /// <summary>Whether a bias is added.</summary>
    public bool Bias { get; }

    /// <inheritdoc/>
    public override ImmutableArray<ParameterSpec> Parameters
        => WeightAndBias([OutFeatures, InFeatures], InFeatures, OutFeatures, Bias);

    /// <summary>The same layer as a convolution, whose weight has the same values in the shape [out, in, 1, 1].</summary>
    /// <returns>The convolution, of the same name.</returns>
    public Conv2dLayer AsConvolution() => new(Name, Inputs[0], InFeatures, OutFeatures, 1, bias: Bias);

    /// <inheritdoc/>
    public override int InferChannels(ImmutableArray<int> inputChannels)
        => RequireChannels(inputChannels, InFeatures, OutFeatures);

    /// <inheritdoc/>
    public override double MacsPerPosition(ImmutableArray<int> inputChannels) => (double)OutFeatures * InFeatures;

    /// <inheritdoc/>
    internal override void WriteSettings(Utf8JsonWriter writer)
    {
        writer.WriteNumber("in_features", InFeatures);
        writer.WriteNumber("out_features", OutFeatures);
        writer.WriteBoolean("bias", Bias);
    }
}
