using System.Text.Json;

namespace ImageRestoration.Networks;

/// <summary>Adds pixels at the sides, as <c>torch.nn.ZeroPad2d</c>, <c>ReflectionPad2d</c> and <c>ReplicationPad2d</c>.</summary>
public sealed record Pad2dLayer : Layer
{
    /// <summary>Creates the layer.</summary>
    /// <param name="name">Unique name in the network.</param>
    /// <param name="input">Name of the value it takes.</param>
    /// <param name="padding">Pixels added at each side, at least 0; for reflection fewer than the picture has.</param>
    /// <param name="mode">What they are filled with.</param>
    public Pad2dLayer(string name, string input, Sides2d padding, PaddingMode mode = PaddingMode.Zero)
        : base(name, [input])
    {
        Mode = Enum.IsDefined(mode) ? mode : throw LayerErrors.Unknown(name, "kind of padding", mode, nameof(mode));
        RequireAtLeast(new Size2d(padding.Top, padding.Left), 0, nameof(padding));
        RequireAtLeast(new Size2d(padding.Bottom, padding.Right), 0, nameof(padding));
        Padding = padding;
    }

    /// <summary>What the added pixels are filled with.</summary>
    public PaddingMode Mode { get; }

    /// <summary>Pixels added at each side.</summary>
    public Sides2d Padding { get; }

    /// <inheritdoc/>
    public override string Kind => Mode switch
    {
        PaddingMode.Reflect => "ReflectionPad2d",
        PaddingMode.Replicate => "ReplicationPad2d",
        _ => "ZeroPad2d",
    };

    /// <inheritdoc/>
    public override AffineSize InferSize(SpatialAxis axis, AffineSize input)
        => input.Grow((long)Padding.Before(axis) + Padding.After(axis));

    /// <inheritdoc/>
    public override int InferSize(SpatialAxis axis, int input)
    {
        int most = Math.Max(Padding.Before(axis), Padding.After(axis));
        return Mode != PaddingMode.Reflect || most < input
            ? checked(input + Padding.Before(axis) + Padding.After(axis))
            : throw LayerErrors.SmallForMirror(this, most, axis, input);
    }

    /// <inheritdoc/>
    /// <remarks>Pixels beyond the picture's border are filled from within it, no farther from the border than they lie outside.</remarks>
    public override PixelInterval? InferDependency(SpatialAxis axis, PixelInterval output)
        => new PixelInterval(output.First - Padding.Before(axis), output.Last - Padding.Before(axis));

    /// <inheritdoc/>
    internal override void WriteSettings(Utf8JsonWriter writer)
    {
        // PyTorch's order.
        writer.WriteStartArray("padding");
        writer.WriteNumberValue(Padding.Left);
        writer.WriteNumberValue(Padding.Right);
        writer.WriteNumberValue(Padding.Top);
        writer.WriteNumberValue(Padding.Bottom);
        writer.WriteEndArray();
    }
}
