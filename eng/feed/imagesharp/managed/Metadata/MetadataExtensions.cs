using System.Diagnostics.CodeAnalysis;
using SixLabors.ImageSharp.Formats.Jpeg;
using SixLabors.ImageSharp.Formats.Png;
using SixLabors.ImageSharp.Metadata;

namespace SixLabors.ImageSharp;

public static class MetadataExtensions
{
    public static JpegMetadata GetJpegMetadata(this ImageMetadata metadata)
        => metadata.GetFormatMetadata(JpegFormat.Instance);

    public static PngMetadata GetPngMetadata(this ImageMetadata source) => source.GetFormatMetadata(PngFormat.Instance);

    public static bool TryGetPngMetadata(this ImageMetadata source, [NotNullWhen(true)] out PngMetadata? metadata)
        => source.TryGetFormatMetadata(PngFormat.Instance, out metadata);
}
