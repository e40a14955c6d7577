using ImageRestoration.Photos;
using SixLabors.ImageSharp;
using SixLabors.ImageSharp.Formats.Jpeg;
using SixLabors.ImageSharp.Formats.Webp;

namespace ImageRestoration.ImageSharp;

/// <summary>Encodes JPEG and WebP.</summary>
internal static class FileEncoder
{
    internal static void Encode(Stream target, DecodedPhoto photo, ImageSaveOptions options, CancellationToken cancellationToken)
    {
        using Image image = PixelWriter.Write(photo.Image, 0, photo.Alpha, bitsPerChannel: 8);
        cancellationToken.ThrowIfCancellationRequested();
        if (photo.Facts.Format == PhotoFormat.Jpeg)
        {
            FileMetadata.ToJpeg(photo.Metadata, image.Metadata);
            image.Save(target, new JpegEncoder
            {
                ColorType = photo.Image.Channels == 1 ? JpegColorType.Luminance : JpegColorType.YCbCrRatio444,
                Quality = options.JpegQuality,
            });
            return;
        }

        // Profiles are put in below: ImageSharp 2 leaves ICC out, and with EXIF and XMP gives a lossless WebP a wrong length.
        using MemoryStream stream = new();
        image.Save(stream, Webp(photo.Facts.IsLossless, options));
        ReadOnlySpan<byte> file = stream.GetBuffer().AsSpan(0, (int)stream.Length);
        ThrowIfFaulty(WebpInspector.FindFault(file, out FileFacts facts));
        PhotoMetadata metadata = photo.Metadata;
        file = WebpContainer.WithProfiles(file, facts, metadata.Icc.Span, metadata.Exif.Span, metadata.Xmp.Span);
        ThrowIfFaulty(WebpInspector.FindFault(file, out _));
        target.Write(file);
    }

    /// <summary>A file that would be refused when it is read must not replace anything.</summary>
    private static void ThrowIfFaulty(string? fault)
    {
        if (fault is not null)
        {
            throw new ImageProcessingException($"The encoded file {fault}.");
        }
    }

    // The colour of transparent pixels is kept: that nobody sees it now does not say that nobody needs it.
    private static WebpEncoder Webp(bool lossless, ImageSaveOptions options) => new()
    {
        FileFormat = lossless ? WebpFileFormatType.Lossless : WebpFileFormatType.Lossy,
        Quality = lossless ? 75 : options.WebpQuality,
        TransparentColorMode = WebpTransparentColorMode.Preserve,
    };
}
