namespace ImageRestoration.Photos;

/// <summary>Some rows of a PNG, filtered and compressed.</summary>
/// <param name="Deflated">Deflate data that end at a whole byte and are not the last ones.</param>
/// <param name="Adler">Checksum of the filtered bytes.</param>
/// <param name="Length">Number of the filtered bytes.</param>
internal sealed record PngBlock(ReadOnlyMemory<byte> Deflated, uint Adler, long Length);
