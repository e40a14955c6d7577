using System.Text.Json;

namespace ImageRestoration.Networks;

/// <summary>
/// The mean of each channel over the whole picture, one pixel, as <c>torch.nn.AdaptiveAvgPool2d(1)</c>. A network with it cannot be run
/// in tiles.
/// </summary>
public sealed record GlobalAvgPoolLayer : Layer
{
    /// <summary>Creates the layer.</summary>
    /// <param name="name">Unique name in the network.</param>
    /// <param name="input">Name of the value it takes.</param>
    public GlobalAvgPoolLayer(string name, string input)
        : base(name, [input])
    {
    }

    /// <inheritdoc/>
    public override string Kind => "GlobalAvgPool";

    /// <inheritdoc/>
    public override AffineSize InferSize(SpatialAxis axis, AffineSize input) => AffineSize.SinglePixel;

    /// <inheritdoc/>
    public override int InferSize(SpatialAxis axis, int input) => 1;

    /// <inheritdoc/>
    public override PixelInterval? InferDependency(SpatialAxis axis, PixelInterval output) => null;

    internal override void WriteSettings(Utf8JsonWriter writer)
    {
        // There are none.
    }
}
