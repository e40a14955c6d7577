namespace ImageRestoration.Photos;

/// <summary>Some rows of a PNG, filtered and compressed.</summary>
/// <param name="Deflated">Deflate data, disposed by the block's taker.</param>
/// <param name="DeflatedLength">So many of their bytes end at a whole byte and do not end the data.</param>
/// <param name="Adler">Checksum of the filtered bytes.</param>
/// <param name="Length">Number of the filtered bytes.</param>
internal sealed record PngBlock(PooledStream Deflated, int DeflatedLength, uint Adler, long Length);
