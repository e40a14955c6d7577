using System.Text.Json;

namespace ImageRestoration.Networks;

/// <summary>Enlarges by a whole factor, as <c>torch.nn.Upsample</c>.</summary>
public sealed record UpsampleLayer : Layer
{
    /// <summary>Creates the layer.</summary>
    /// <param name="name">Unique name in the network.</param>
    /// <param name="input">Name of the value it takes.</param>
    /// <param name="scaleFactor">Factor, at least 1.</param>
    /// <param name="mode">How new pixels are filled.</param>
    public UpsampleLayer(string name, string input, int scaleFactor, UpsampleMode mode = UpsampleMode.Nearest)
        : base(name, [input])
    {
        ScaleFactor = RequireAtLeast(scaleFactor, 1, nameof(scaleFactor));
        Mode = Enum.IsDefined(mode) ? mode : throw LayerErrors.Unknown(name, "upsampling mode", mode, nameof(mode));
    }

    /// <summary>Factor.</summary>
    public int ScaleFactor { get; }

    /// <summary>How new pixels are filled.</summary>
    public UpsampleMode Mode { get; }

    /// <inheritdoc/>
    public override string Kind => "Upsample";

    /// <inheritdoc/>
    public override AffineSize InferSize(SpatialAxis axis, AffineSize input) => input.Scale(ScaleFactor);

    /// <inheritdoc/>
    public override int InferSize(SpatialAxis axis, int input) => checked(input * ScaleFactor);

    /// <inheritdoc/>
    public override PixelInterval? InferDependency(SpatialAxis axis, PixelInterval output)
    {
        PixelInterval nearest = output.ScaleBack(ScaleFactor);
        if (Mode == UpsampleMode.Nearest)
        {
            return nearest;
        }

        // Output o lies at (o + 1/2) / f − 1/2 of the input and mixes the two neighbours of that point, which may be one pixel.
        long first = AffineSize.FloorDivide((2 * output.First) + 1 - ScaleFactor, 2L * ScaleFactor);
        long last = -AffineSize.FloorDivide(ScaleFactor - 1 - (2 * output.Last), 2L * ScaleFactor);
        return new PixelInterval(first, last);
    }

    /// <inheritdoc/>
    internal override void WriteSettings(Utf8JsonWriter writer)
    {
        writer.WriteNumber("scale_factor", ScaleFactor);
        writer.WriteString("mode", Mode == UpsampleMode.Nearest ? "nearest" : "bilinear");
    }
}
