using System.Text.Json;

namespace ImageRestoration.Networks;

/// <summary>A fixed scale and offset: x × scale + offset. Turns a mask around (−x + 1), or one value range into another.</summary>
public sealed record AffineLayer : Layer
{
    /// <summary>Creates the layer.</summary>
    /// <param name="name">Unique name in the network.</param>
    /// <param name="input">Name of the value it takes.</param>
    /// <param name="scale">Factor, finite.</param>
    /// <param name="offset">Added after scaling, finite.</param>
    public AffineLayer(string name, string input, float scale, float offset)
        : base(name, [input])
    {
        Scale = RequireAtLeast(scale, float.MinValue, nameof(scale));
        Offset = RequireAtLeast(offset, float.MinValue, nameof(offset));
    }

    /// <inheritdoc/>
    public override string Kind => "Affine";

    /// <summary>Factor.</summary>
    public float Scale { get; }

    /// <summary>Added after scaling.</summary>
    public float Offset { get; }

    /// <inheritdoc/>
    internal override void WriteSettings(Utf8JsonWriter writer)
    {
        writer.WriteNumber("scale", Scale);
        writer.WriteNumber("offset", Offset);
    }
}
