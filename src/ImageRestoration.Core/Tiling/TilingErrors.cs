using ImageRestoration.Imaging;
using ImageRestoration.Networks;
using ImageRestoration.Restoration;

namespace ImageRestoration.Tiling;

/// <summary>What tiling refuses, in words.</summary>
internal static class TilingErrors
{
    private const string Blend = $"Set {nameof(TilingOptions)}.{nameof(TilingOptions.AllowBlending)} to blend tiles by a cosine ramp, "
        + "with a result that differs from that of the whole picture otherwise.";

    internal static ArgumentException TooSmall(
        RestorerInfo info, Size2d tile, TileAxisRules rows, TileAxisRules columns, Size2d alignment, bool fromBudget, string options)
        => new($"{nameof(TilingOptions)}: tiles of {tile} are too small for restorer '{info.Name}': "
            + Invariant($"an overlap of {rows.Overlap}×{columns.Overlap} and multiples of {alignment} ")
            + Invariant($"take at least {rows.SmallestLimit}×{columns.SmallestLimit}. ")
            + $"Use {(fromBudget ? $"a larger {nameof(TilingOptions.MemoryBudget)}" : "larger tiles")}.", options);

    internal static ArgumentException NotExact(RestorerInfo info, int? overlap, string options) => new(
        info.TileHalo switch
        {
            null => $"Restorer '{info.Name}' does not say how far it looks, so no overlap is known to be enough. "
                + $"Set {nameof(TilingOptions)}.{nameof(TilingOptions.Overlap)} if you know it. "
                + $"{Blend} Around an ensemble of a network with strides, swap the two: tiles inside, ensemble outside.",
            { IsGlobal: true } => $"Restorer '{info.Name}' has a layer that looks at the whole picture, "
                + $"so tiles cannot give the same result. Restore pictures whole. {Blend}",
            { } field => Invariant($"{nameof(TilingOptions)}.{nameof(TilingOptions.Overlap)} is {overlap}; ")
                + Invariant($"restorer '{info.Name}' looks {field.Radius} pixels far. Leave it out to have it derived. {Blend}"),
        },
        options);

    internal static TensorShapeException WrongShape(RestorerInfo info, ImageShape made, ImageShape tiles) => new(
        $"Restorer '{info.Name}' made {made} of tiles of {tiles}. A restorer keeps the shape; check its network.");

    internal static ArgumentOutOfRangeException NoPicture(int channels) => new(
        nameof(channels),
        channels,
        Invariant($"A picture has 1 to 4 channels, not {channels}: grey or RGB, each with or without alpha."));

    internal static ArgumentOutOfRangeException WrongBits(int bits)
        => new(nameof(bits), bits, Invariant($"Values have 8 or 16 bits, or 32 as floating-point numbers; not {bits}."));

    internal static TensorShapeException WrongChannels(RestorerInfo info, RowFormat source) => new(
        Invariant($"The picture has {source.ColorChannels} channel(s) beside alpha; restorer '{info.Name}' takes {info.Channels}. ")
        + $"Convert the picture, or use a model for {(source.ColorChannels == 1 ? "grey" : "RGB")} pictures.");

    internal static TensorShapeException OtherSink(RowFormat sink, RowFormat source) => new(
        Invariant($"The sink takes {sink.Channels} channels of {sink.Height}×{sink.Width} (height×width); ")
        + Invariant($"the source gives {source.Channels} of {source.Height}×{source.Width}. Create the sink with the source's format."));

    internal static MaskRequiredException NoMask(RestorerInfo info) => new(
        $"Restorer '{info.Name}' fills in missing pixels and there is no mask. "
        + "Pass a grey picture that is white where pixels are missing.");

    internal static TensorShapeException OtherMask(RowFormat mask, RowFormat source) => new(
        Invariant($"The mask has {mask.Channels} channel(s) of {mask.Height}×{mask.Width} (height×width); ")
        + Invariant($"the picture takes a grey mask of {source.Height}×{source.Width}."));

    internal static TensorShapeException TooWide(RowFormat format, int rows) => new(
        Invariant($"Bands of {rows} rows of {format.Width} columns and {format.Channels} channels are too large for one buffer. ")
        + $"Use tiles of fewer rows: {nameof(TilingOptions)}.{nameof(TilingOptions.TileSize)} = new {nameof(Size2d)}(rows, columns).");
}
