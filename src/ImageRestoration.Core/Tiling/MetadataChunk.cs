namespace ImageRestoration.Tiling;

/// <summary>A piece of metadata as a PNG file holds it: colour profile, resolution, EXIF, text.</summary>
/// <param name="Type">Chunk type of the PNG specification, such as <c>iCCP</c> or <c>pHYs</c>.</param>
/// <param name="Data">Contents, not interpreted.</param>
public sealed record MetadataChunk(string Type, ReadOnlyMemory<byte> Data);
