using System.Text.Json;

namespace ImageRestoration.Networks;

/// <summary>Elementwise quotient of two values: dividend / (divisor + eps).</summary>
public sealed record DivLayer : ElementwiseLayer
{
    /// <summary>Creates the layer.</summary>
    /// <param name="name">Unique name in the network.</param>
    /// <param name="dividend">Name of the value that is divided.</param>
    /// <param name="divisor">Name of the value to divide by.</param>
    /// <param name="eps">Added to the divisor, so that one that is never negative is never 0; finite.</param>
    public DivLayer(string name, string dividend, string divisor, float eps = 0)
        : base(name, [dividend, divisor])
        => Eps = RequireAtLeast(eps, float.MinValue, nameof(eps));

    /// <inheritdoc/>
    public override string Kind => "Div";

    /// <summary>Added to the divisor.</summary>
    public float Eps { get; }

    /// <inheritdoc/>
    internal override void WriteSettings(Utf8JsonWriter writer) => writer.WriteNumber("eps", Eps);
}
