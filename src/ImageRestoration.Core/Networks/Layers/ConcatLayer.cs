using System.Collections.Immutable;
using System.Text.Json;

namespace ImageRestoration.Networks;

/// <summary>Joins two or more values of one size along the channels.</summary>
public sealed record ConcatLayer : Layer
{
    /// <summary>Creates the layer.</summary>
    /// <param name="name">Unique name in the network.</param>
    /// <param name="inputs">Names of the values it takes, at least two.</param>
    public ConcatLayer(string name, ImmutableArray<string> inputs)
        : base(name, inputs)
        => RequireAtLeast(inputs.Length, 2, nameof(inputs));

    /// <inheritdoc/>
    public override string Kind => "Concat";

    /// <inheritdoc/>
    public override int InferChannels(ImmutableArray<int> inputChannels)
    {
        RequireAtLeast(inputChannels.Length, 2, nameof(inputChannels));
        return inputChannels.Sum();
    }

    internal override void WriteSettings(Utf8JsonWriter writer)
    {
        // There are none.
    }
}
