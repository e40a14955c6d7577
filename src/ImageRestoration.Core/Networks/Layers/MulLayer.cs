using System.Collections.Immutable;
using System.Text.Json;

namespace ImageRestoration.Networks;

/// <summary>Elementwise product of two or more values.</summary>
public sealed record MulLayer : ElementwiseLayer
{
    /// <summary>Creates the layer.</summary>
    /// <param name="name">Unique name in the network.</param>
    /// <param name="inputs">Names of the values it takes, at least two.</param>
    public MulLayer(string name, ImmutableArray<string> inputs)
        : base(name, inputs)
    {
    }

    /// <inheritdoc/>
    public override string Kind => "Mul";

    internal override void WriteSettings(Utf8JsonWriter writer)
    {
        // There are none.
    }
}
