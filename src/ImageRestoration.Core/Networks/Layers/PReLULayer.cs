using System.Collections.Immutable;
using System.Text.Json;

namespace ImageRestoration.Networks;

/// <summary>x where x ≥ 0, otherwise a learned slope × x, as <c>torch.nn.PReLU</c> (He et al. 2015, arXiv:1502.01852).</summary>
public sealed record PReLULayer : Layer
{
    /// <summary>Creates the layer.</summary>
    /// <param name="name">Unique name in the network.</param>
    /// <param name="input">Name of the value it takes.</param>
    /// <param name="numParameters">Number of slopes: 1 for all channels together, or as many as there are channels.</param>
    /// <param name="init">What the slopes are before training.</param>
    public PReLULayer(string name, string input, int numParameters = 1, float init = 0.25f)
        : base(name, [input])
    {
        NumParameters = RequireAtLeast(numParameters, 1, nameof(numParameters));
        Init = RequireAtLeast(init, float.MinValue, nameof(init));
    }

    /// <inheritdoc/>
    public override string Kind => "PReLU";

    /// <summary>Number of slopes.</summary>
    public int NumParameters { get; }

    /// <summary>What the slopes are before training.</summary>
    public float Init { get; }

    /// <inheritdoc/>
    public override ImmutableArray<ParameterSpec> Parameters => [new("weight", [NumParameters], 1, Fill: Init)];

    /// <inheritdoc/>
    public override int InferChannels(ImmutableArray<int> inputChannels)
    {
        RequireInputs(inputChannels, 1);
        return NumParameters == 1 || NumParameters == inputChannels[0]
            ? inputChannels[0]
            : throw LayerErrors.WrongSlopes(this, inputChannels[0]);
    }

    /// <inheritdoc/>
    internal override void WriteSettings(Utf8JsonWriter writer)
    {
        writer.WriteNumber("num_parameters", NumParameters);
        writer.WriteNumber("init", Init);
    }
}
