using ImageRestoration.Tiling;

namespace ImageRestoration.Photos;

/// <summary>What a file says beside its pixels, in a form that belongs to no codec. What it has not is empty.</summary>
public sealed record PhotoMetadata
{
    /// <summary>No metadata.</summary>
    public static PhotoMetadata None { get; } = new();

    /// <summary>The ICC colour profile.</summary>
    public ReadOnlyMemory<byte> Icc { get; init; }

    /// <summary>
    /// EXIF: a TIFF header with directories (it starts with <c>II*</c> or <c>MM</c>), without the letters Exif of a JPEG.
    /// </summary>
    public ReadOnlyMemory<byte> Exif { get; init; }

    /// <summary>The XMP packet, in UTF-8.</summary>
    public ReadOnlyMemory<byte> Xmp { get; init; }

    /// <summary>IPTC records (IIM), as a TIFF holds them.</summary>
    public ReadOnlyMemory<byte> Iptc { get; init; }

    /// <summary>
    /// How the stored picture is to be turned, from 1 (not at all) to 8 as EXIF counts, where the codec knows it from elsewhere: a
    /// decoder that has turned it already, or a tag of the file. Where <see langword="null"/>, EXIF says it.
    /// </summary>
    public int? Orientation { get; init; }

    /// <summary>Pixels by length, or <see langword="null"/> where the file does not say.</summary>
    public PhotoResolution? Resolution { get; init; }

    /// <summary>What only a PNG has: texts, code points of the colour space, gamma. They go from PNG to PNG.</summary>
    public IReadOnlyList<MetadataChunk> PngChunks { get; init; } = [];

    /// <summary>
    /// The metadata as rows carry them: <see cref="RowFormat.Metadata"/>. Sinks of other formats than PNG understand them, too.
    /// </summary>
    /// <returns>The metadata, named as PNG names them.</returns>
    public IReadOnlyList<MetadataChunk> ToRowMetadata()
    {
        bool lost = Exif.IsEmpty && Orientation is > 1 and <= 8;
        return PngMetadata.ToChunks(lost ? this with { Exif = ExifBlock.Create(Orientation!.Value) } : this, withIptc: true);
    }
}
