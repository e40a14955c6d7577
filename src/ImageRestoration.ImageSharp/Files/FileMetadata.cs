using SixLabors.ImageSharp;
using SixLabors.ImageSharp.Formats.Png;
using SixLabors.ImageSharp.Metadata;
using SixLabors.ImageSharp.Metadata.Profiles.Exif;

namespace ImageRestoration.ImageSharp;

/// <summary>Takes along what belongs to a picture, whichever format it comes from.</summary>
internal static class FileMetadata
{
    /// <summary>
    /// Puts the profiles of a freshly decoded image where the other formats have them, and drops what describes the file's storage.
    /// In a TIFF, profiles belong to the page and EXIF stands among the tags of the pixel data.
    /// </summary>
    internal static void Collect(Image image)
    {
        ImageMetadata target = image.Metadata;
        ImageFrameMetadata page = image.Frames.RootFrame.Metadata;
        target.ExifProfile ??= page.ExifProfile?.DeepClone();
        target.IccProfile ??= page.IccProfile?.DeepClone();
        target.XmpProfile ??= page.XmpProfile?.DeepClone();
        target.IptcProfile ??= page.IptcProfile?.DeepClone();
        if (target.ExifProfile is { } exif)
        {
            foreach (ExifTag tag in exif.Values.Select(value => value.Tag).Where(tag => TiffTags.IsOfTheFile((ushort)tag)).ToArray())
            {
                exif.RemoveValue(tag);
            }

            if (exif.Values.Count == 0)
            {
                target.ExifProfile = null;
            }
        }
    }

    /// <summary>Copies what belongs to the picture. What describes the source file itself (quality, palette, transparent colour) stays behind.</summary>
    internal static void Copy(ImageMetadata source, ImageMetadata target)
    {
        target.HorizontalResolution = source.HorizontalResolution;
        target.VerticalResolution = source.VerticalResolution;
        target.ResolutionUnits = source.ResolutionUnits;
        target.ExifProfile = source.ExifProfile?.DeepClone();
        target.IccProfile = source.IccProfile?.DeepClone();
        target.XmpProfile = source.XmpProfile?.DeepClone();
        target.IptcProfile = source.IptcProfile?.DeepClone();
        PngMetadata png = source.GetPngMetadata();
        PngMetadata copy = target.GetPngMetadata();
        copy.Gamma = png.Gamma;
        copy.TextData = [.. png.TextData];
    }

    /// <summary>A JPEG has whole numbers of pixels per inch or centimetre: a fraction per centimetre is rounded less as inches.</summary>
    internal static void FitToJpeg(ImageMetadata metadata)
    {
        const double centimetersPerInch = 2.54;
        if (metadata.ResolutionUnits == PixelResolutionUnit.PixelsPerCentimeter && (metadata.HorizontalResolution % 1 != 0 || metadata.VerticalResolution % 1 != 0))
        {
            metadata.ResolutionUnits = PixelResolutionUnit.PixelsPerInch;
            metadata.HorizontalResolution *= centimetersPerInch;
            metadata.VerticalResolution *= centimetersPerInch;
        }
    }

    internal static bool IsTurned(ImageMetadata metadata)
        => metadata.ExifProfile is { } exif && exif.GetValue(ExifTag.Orientation)?.Value is > 1 and <= 8;
}
