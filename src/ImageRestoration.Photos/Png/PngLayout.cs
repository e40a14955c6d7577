using ImageRestoration.Tiling;

namespace ImageRestoration.Photos;

/// <summary>What a look at a PNG's chunks found.</summary>
/// <param name="Facts">What its header says.</param>
/// <param name="Pixels">How it stores its pixels.</param>
internal sealed record PngLayout(PhotoFacts Facts, PngPixels Pixels)
{
    /// <summary>Where the compressed pixel data are.</summary>
    internal List<Range> Data { get; } = [];

    /// <summary>Metadata, before and behind the pixels.</summary>
    internal List<MetadataChunk> Metadata { get; } = [];
}
