using ImageRestoration.Photos;
using SixLabors.ImageSharp;
using SixLabors.ImageSharp.Metadata;
using SixLabors.ImageSharp.Metadata.Profiles.Exif;
using SixLabors.ImageSharp.Metadata.Profiles.Icc;
using SixLabors.ImageSharp.Metadata.Profiles.Iptc;
using SixLabors.ImageSharp.Metadata.Profiles.Xmp;

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

    /// <summary>What the image says beside its pixels, without ImageSharp's types.</summary>
    /// <param name="metadata">Of an image whose profiles were collected.</param>
    /// <param name="icc">The colour profile as the file has it, or empty where the decoder read it.</param>
    internal static PhotoMetadata ToPhotoMetadata(ImageMetadata metadata, byte[] icc)
    {
        metadata.IptcProfile?.UpdateData();
        return new PhotoMetadata
        {
            Icc = icc.Length > 0 ? icc : metadata.IccProfile?.ToByteArray(),
            Exif = metadata.ExifProfile?.ToByteArray(),
            Xmp = metadata.XmpProfile?.ToByteArray(),
            Iptc = metadata.IptcProfile?.Data,
            Resolution = new PhotoResolution(metadata.HorizontalResolution, metadata.VerticalResolution, metadata.ResolutionUnits switch
            {
                PixelResolutionUnit.AspectRatio => PhotoResolutionUnit.None,
                PixelResolutionUnit.PixelsPerInch => PhotoResolutionUnit.Inch,
                PixelResolutionUnit.PixelsPerCentimeter => PhotoResolutionUnit.Centimeter,
                _ => PhotoResolutionUnit.Meter,
            }),
        };
    }

    /// <summary>Puts metadata where the encoder of JPEG takes them from.</summary>
    internal static void ToJpeg(PhotoMetadata source, ImageMetadata target)
    {
        target.IccProfile = source.Icc.IsEmpty ? null : new IccProfile(source.Icc.ToArray());
        target.ExifProfile = source.Exif.IsEmpty ? null : new ExifProfile(source.Exif.ToArray());
        target.XmpProfile = source.Xmp.IsEmpty ? null : new XmpProfile(source.Xmp.ToArray());
        target.IptcProfile = source.Iptc.IsEmpty ? null : new IptcProfile(source.Iptc.ToArray());
        if (source.Resolution is { } resolution)
        {
            (target.ResolutionUnits, double scale) = resolution.Unit switch
            {
                PhotoResolutionUnit.None => (PixelResolutionUnit.AspectRatio, 1),
                PhotoResolutionUnit.Inch => (PixelResolutionUnit.PixelsPerInch, 1),
                PhotoResolutionUnit.Centimeter when resolution is { Horizontal: var x, Vertical: var y } && x % 1 == 0 && y % 1 == 0
                    => (PixelResolutionUnit.PixelsPerCentimeter, 1),

                // A JPEG has whole numbers of pixels per inch or centimetre: a fraction per centimetre is rounded less as inches.
                PhotoResolutionUnit.Centimeter => (PixelResolutionUnit.PixelsPerInch, 2.54),
                _ => (PixelResolutionUnit.PixelsPerInch, 0.0254),
            };
            target.HorizontalResolution = resolution.Horizontal * scale;
            target.VerticalResolution = resolution.Vertical * scale;
        }
    }

    /// <summary>Copies profiles and resolution.</summary>
    internal static void Copy(ImageMetadata source, ImageMetadata target)
    {
        target.HorizontalResolution = source.HorizontalResolution;
        target.VerticalResolution = source.VerticalResolution;
        target.ResolutionUnits = source.ResolutionUnits;
        target.ExifProfile = source.ExifProfile?.DeepClone();
        target.IccProfile = source.IccProfile?.DeepClone();
        target.XmpProfile = source.XmpProfile?.DeepClone();
        target.IptcProfile = source.IptcProfile?.DeepClone();
    }
}
