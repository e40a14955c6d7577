using ImageRestoration.Photos;

namespace ImageRestoration.ImageSharp;

/// <summary>What the headers of a file say, before anything is decoded.</summary>
/// <param name="Format">Kind of file.</param>
/// <param name="Width">Columns as stored.</param>
/// <param name="Height">Rows as stored.</param>
internal sealed record FileFacts(PhotoFormat Format, long Width, long Height)
{
    /// <summary>Whether there is one channel beside alpha. A WebP is always in colour.</summary>
    internal bool IsGrey { get; init; }

    /// <summary>Whether there are four inks.</summary>
    internal bool IsCmyk { get; init; }

    /// <summary>Bits per channel: 8 or 16.</summary>
    internal int Bits { get; init; } = 8;

    /// <summary>Whether there may be an alpha channel.</summary>
    internal bool HasAlpha { get; init; }

    /// <summary>Number of pictures in the file: frames of an animation or pages.</summary>
    internal long Frames { get; init; } = 1;

    /// <summary>Whether values are stored without loss.</summary>
    internal bool IsLossless { get; init; } = true;

    /// <summary>Why ImageSharp must not decode the file though it is whole, as a sentence without its subject and full stop.</summary>
    internal string? Unsupported { get; init; }

    /// <summary>The ICC profile, or empty; that of a JPEG is left to its decoder.</summary>
    internal byte[] Icc { get; init; } = [];

    /// <summary>How a JPEG stores its colours, where it has any.</summary>
    internal JpegColors? Jpeg { get; init; }

    /// <summary>The tiles of a TIFF that has no strips.</summary>
    internal TiffTiles? Tiles { get; init; }

    /// <summary>Pixel data that are compressed by Deflate, to be inflated once for a look at their length and checksum.</summary>
    internal IReadOnlyList<DeflatedBlock> Deflated { get; init; } = [];
}
