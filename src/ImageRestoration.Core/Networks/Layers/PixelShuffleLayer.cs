using System.Collections.Immutable;
using System.Text.Json;

namespace ImageRestoration.Networks;

/// <summary>Moves channels into space, as <c>torch.nn.PixelShuffle</c>: C·f² × H × W becomes C × f·H × f·W.</summary>
public sealed record PixelShuffleLayer : Layer
{
    /// <summary>Creates the layer.</summary>
    /// <param name="name">Unique name in the network.</param>
    /// <param name="input">Name of the value it takes.</param>
    /// <param name="upscaleFactor">Factor f, at least 1.</param>
    public PixelShuffleLayer(string name, string input, int upscaleFactor)
        : base(name, [input])
        => UpscaleFactor = RequireAtLeast(upscaleFactor, 1, nameof(upscaleFactor));

    /// <summary>Factor f.</summary>
    public int UpscaleFactor { get; }

    /// <inheritdoc/>
    public override string Kind => "PixelShuffle";

    /// <inheritdoc/>
    public override int InferChannels(ImmutableArray<int> inputChannels)
    {
        RequireInputs(inputChannels, 1);
        long square = (long)UpscaleFactor * UpscaleFactor;
        return inputChannels[0] % square == 0
            ? (int)(inputChannels[0] / square)
            : throw LayerErrors.NotShuffled(this, inputChannels[0], square);
    }

    /// <inheritdoc/>
    public override AffineSize InferSize(SpatialAxis axis, AffineSize input) => input.Scale(UpscaleFactor);

    /// <inheritdoc/>
    public override int InferSize(SpatialAxis axis, int input) => checked(input * UpscaleFactor);

    /// <inheritdoc/>
    public override PixelInterval? InferDependency(SpatialAxis axis, PixelInterval output) => output.ScaleBack(UpscaleFactor);

    /// <inheritdoc/>
    internal override void WriteSettings(Utf8JsonWriter writer) => writer.WriteNumber("upscale_factor", UpscaleFactor);
}
