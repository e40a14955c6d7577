namespace ImageRestoration.Photos;

/// <summary>How a PNG stores its pixels.</summary>
/// <param name="Depth">Bits of a sample.</param>
/// <param name="Color">Colour type.</param>
/// <param name="Samples">Samples of a pixel.</param>
/// <param name="IsInterlaced">Whether there are seven passes (Adam7).</param>
internal sealed record PngPixels(byte Depth, byte Color, int Samples, bool IsInterlaced)
{
    /// <summary>The passes of an interlaced picture (PNG specification, third edition, section 8).</summary>
    internal static IReadOnlyList<PngPass> Passes { get; } =
    [
        new(0, 0, 8, 8), new(4, 0, 8, 8), new(0, 4, 4, 8), new(2, 0, 4, 4), new(0, 2, 2, 4), new(1, 0, 2, 2), new(0, 1, 1, 2),
    ];

    /// <summary>Where the contents of the palette chunk are; empty without one.</summary>
    internal Range Palette { get; init; } = 0..0;

    /// <summary>Where the contents of the chunk for transparency are; empty without one.</summary>
    internal Range Transparency { get; init; } = 0..0;

    internal long RowBytes(long columns) => ((columns * Samples * Depth) + 7) / 8;
}
