using System.IO.Compression;

namespace ImageRestoration.Photos;

/// <summary>Settings of writing PNG.</summary>
public sealed record PngWriteOptions
{
    /// <summary>How hard to look for a smaller file, as zlib counts it; the pixels are the same.</summary>
    /// <value>
    /// From 0 (not at all) to 9. Default 2: with the filters chosen for each row, others are a few percent smaller and several times
    /// slower.
    /// </value>
    public int CompressionLevel
    {
        get;
        init => field = value is >= 0 and <= 9
            ? value
            : throw new ArgumentOutOfRangeException(
                nameof(value), value, $"{nameof(PngWriteOptions)}.{nameof(CompressionLevel)} is from 0 to 9.");
    } = 2;

    internal ZLibCompressionOptions ToZLib()
        => new() { CompressionLevel = CompressionLevel, CompressionStrategy = ZLibCompressionStrategy.Filtered };
}
