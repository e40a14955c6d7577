using System.IO.Compression;

namespace ImageRestoration.Tiling;

/// <summary>Settings of writing PNG.</summary>
public sealed record PngWriteOptions
{
    /// <summary>How hard to look for a smaller file; the pixels are the same.</summary>
    /// <value>Default <see cref="CompressionLevel.Fastest"/>: with the filters chosen for each row, others are a few percent smaller and several times slower.</value>
    public CompressionLevel Compression { get; init; } = CompressionLevel.Fastest;
}
