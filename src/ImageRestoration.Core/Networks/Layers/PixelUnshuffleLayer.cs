using System.Collections.Immutable;
using System.Text.Json;

namespace ImageRestoration.Networks;

/// <summary>Moves space into channels, as <c>torch.nn.PixelUnshuffle</c>: C × f·H × f·W becomes C·f² × H × W.</summary>
public sealed record PixelUnshuffleLayer : Layer
{
    /// <summary>Creates the layer.</summary>
    /// <param name="name">Unique name in the network.</param>
    /// <param name="input">Name of the value it takes.</param>
    /// <param name="downscaleFactor">Factor f, at least 1.</param>
    public PixelUnshuffleLayer(string name, string input, int downscaleFactor)
        : base(name, [input])
        => DownscaleFactor = RequireAtLeast(downscaleFactor, 1, nameof(downscaleFactor));

    /// <summary>Factor f.</summary>
    public int DownscaleFactor { get; }

    /// <inheritdoc/>
    public override string Kind => "PixelUnshuffle";

    /// <inheritdoc/>
    public override int InferChannels(ImmutableArray<int> inputChannels)
    {
        RequireInputs(inputChannels, 1);
        return checked(inputChannels[0] * DownscaleFactor * DownscaleFactor);
    }

    /// <inheritdoc/>
    public override AffineSize InferSize(SpatialAxis axis, AffineSize input)
        => input.Offset % DownscaleFactor == 0
            ? input.Divide(DownscaleFactor)
            : throw LayerErrors.NeverMultiple(this, DownscaleFactor, axis);

    /// <inheritdoc/>
    public override int InferSize(SpatialAxis axis, int input)
        => input % DownscaleFactor == 0
            ? input / DownscaleFactor
            : throw LayerErrors.NoMultiple(this, input, axis, DownscaleFactor);

    /// <inheritdoc/>
    public override PixelInterval? InferDependency(SpatialAxis axis, PixelInterval output)
        => output.SlideBack(0, DownscaleFactor, DownscaleFactor);

    /// <inheritdoc/>
    internal override void WriteSettings(Utf8JsonWriter writer) => writer.WriteNumber("downscale_factor", DownscaleFactor);
}
