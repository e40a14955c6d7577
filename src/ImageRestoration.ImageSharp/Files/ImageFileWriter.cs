using ImageRestoration.Imaging;
using ImageRestoration.IO;
using SixLabors.ImageSharp;
using SixLabors.ImageSharp.Formats;
using SixLabors.ImageSharp.Formats.Jpeg;
using SixLabors.ImageSharp.Formats.Png;
using SixLabors.ImageSharp.Formats.Webp;

namespace ImageRestoration.ImageSharp;

/// <summary>Writes image files, whole or not at all.</summary>
internal static class ImageFileWriter
{
    internal static async Task WriteAsync(ImageTensor tensor, ImageTensor? alpha, string path, DecodedFile? source, ImageSaveOptions options, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        FileFormat format = FormatOf(path);
        ThrowIfOpaqueFormat(path, format, alpha);
        ThrowIfTooLarge(path, format, tensor);
        if (tensor.Batch != 1)
        {
            throw new TensorShapeException($"The tensor holds {tensor.Batch} pictures and '{path}' takes one. Save each of them: tensor.ToImage(index) makes an image of one.");
        }

        if (tensor.Channels is not (1 or 3))
        {
            throw new TensorShapeException($"The tensor has {tensor.Channels} channels; an image is made of 1 (grey) or 3 (RGB). Pick the channels that make up a picture.");
        }

        try
        {
            // Encoding takes a while; a user interface that awaits it must not stand still.
            await Task.Run(() => EncodeAsync(tensor, alpha, path, format, source, options, cancellationToken), cancellationToken).ConfigureAwait(false);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException or NotSupportedException or ArgumentException)
        {
            throw new ImageFileException($"'{path}' cannot be written: {exception.Message} Choose another folder or file name, or make room on the disk.", exception);
        }
        catch (Exception exception) when (exception is ImageFormatException or InvalidOperationException or ImageProcessingException)
        {
            throw new ImageFileException($"'{path}' cannot be encoded: {exception.Message} A JPEG has at most 65,535 rows and columns, a WebP 16,383; save a larger picture as .png.", exception);
        }
    }

    /// <summary>The format that an extension names.</summary>
    /// <exception cref="ImageFileException">It names none that is written.</exception>
    internal static FileFormat FormatOf(string path)
    {
        string extension = Path.GetExtension(path);
        if (!ImageFile.Extensions.Contains(extension, StringComparer.OrdinalIgnoreCase))
        {
            string given = extension.Length == 0 ? "has no extension" : $"ends in {extension}";
            throw new ImageFileException($"'{path}' {given}, which says no format that is written. Use {string.Join(", ", ImageFile.Extensions)}.");
        }

        return extension.ToUpperInvariant() switch
        {
            ".PNG" => FileFormat.Png,
            ".WEBP" => FileFormat.Webp,
            ".TIF" or ".TIFF" => FileFormat.Tiff,
            _ => FileFormat.Jpeg,
        };
    }

    /// <summary>Refuses a picture with alpha for a format that has none.</summary>
    internal static void ThrowIfOpaqueFormat(string path, FileFormat format, ImageTensor? alpha)
    {
        if (alpha is not null && format == FileFormat.Jpeg)
        {
            throw new ImageFileException($"The picture has transparent pixels, and '{path}' is to be a JPEG, which has no transparency. Save it as .png, .webp or .tiff, or use AlphaHandling.Discard.");
        }
    }

    /// <summary>Refuses a picture that the format has no room for; of such a WebP, ImageSharp 2 writes the size without its upper bits.</summary>
    internal static void ThrowIfTooLarge(string path, FileFormat format, ImageTensor tensor)
    {
        if (format == FileFormat.Webp && Math.Max(tensor.Width, tensor.Height) > WebpContainer.MostPixels)
        {
            throw new ImageFileException($"The picture is {tensor.Width}×{tensor.Height} pixels large, and '{path}' is to be a WebP, which has at most 16,383 columns and rows. Save it as .png or .tiff.");
        }
    }

    private static Task EncodeAsync(ImageTensor tensor, ImageTensor? alpha, string path, FileFormat format, DecodedFile? source, ImageSaveOptions options, CancellationToken cancellationToken)
    {
        if (format == FileFormat.Tiff)
        {
            return AtomicFile.WriteAsync(path, stream =>
            {
                TiffWriter.Write(stream, tensor, alpha, options.BitsPerChannel, source?.Metadata, cancellationToken);
                return Task.CompletedTask;
            });
        }

        return EncodeByImageSharpAsync(tensor, alpha, path, format, source, options, cancellationToken);
    }

    private static async Task EncodeByImageSharpAsync(ImageTensor tensor, ImageTensor? alpha, string path, FileFormat format, DecodedFile? source, ImageSaveOptions options, CancellationToken cancellationToken)
    {
        int bits = format == FileFormat.Png ? options.BitsPerChannel : 8;
        using Image image = PixelWriter.Write(tensor, 0, alpha, bits);
        if (source is not null)
        {
            FileMetadata.Copy(source.Metadata, image.Metadata);
            if (format == FileFormat.Jpeg)
            {
                FileMetadata.FitToJpeg(image.Metadata);
            }
        }

        IImageEncoder encoder = format switch
        {
            FileFormat.Png => Png(tensor.Channels == 1, alpha is not null, bits),
            FileFormat.Webp => Webp(options.WebpLossless ?? (source?.Facts is not { Format: FileFormat.Webp, IsLossless: false }), options),
            _ => new JpegEncoder
            {
                ColorType = tensor.Channels == 1 ? JpegColorType.Luminance : JpegColorType.YCbCrRatio444,
                Quality = options.JpegQuality,
            },
        };
        await AtomicFile.WriteAsync(path, async stream =>
        {
            await WriteAsync(image, encoder, format, source, stream, cancellationToken).ConfigureAwait(false);
            cancellationToken.ThrowIfCancellationRequested();
        }).ConfigureAwait(false);
    }

    /// <summary>Encodes an image, and puts into the file what the encoder leaves out of it.</summary>
    private static async Task WriteAsync(Image image, IImageEncoder encoder, FileFormat format, DecodedFile? source, Stream target, CancellationToken cancellationToken)
    {
        byte[] codePoints = source?.Facts.CodePoints ?? [];
        byte[]? icc = image.Metadata.IccProfile?.ToByteArray();
        if (format == FileFormat.Jpeg || (format == FileFormat.Png && codePoints.Length == 0 && icc is null))
        {
            await image.SaveAsync(target, encoder, cancellationToken).ConfigureAwait(false);
            return;
        }

        // EXIF and XMP are put in below: with them, ImageSharp 2 gives a lossless WebP a wrong length.
        byte[]? exif = format == FileFormat.Webp ? image.Metadata.ExifProfile?.ToByteArray() : null;
        byte[]? xmp = format == FileFormat.Webp ? image.Metadata.XmpProfile?.ToByteArray() : null;
        if (format == FileFormat.Webp)
        {
            image.Metadata.ExifProfile = null;
            image.Metadata.XmpProfile = null;
        }

        using MemoryStream stream = new();
        await image.SaveAsync(stream, encoder, cancellationToken).ConfigureAwait(false);
        ReadOnlyMemory<byte> file = stream.GetBuffer().AsMemory(0, (int)stream.Length);
        if (format == FileFormat.Png)
        {
            await PngChunk.WriteAsync(file, codePoints, icc, target, cancellationToken).ConfigureAwait(false);
            return;
        }

        ThrowIfFaulty(WebpInspector.FindFault(file.Span, out FileFacts facts));
        file = WebpContainer.WithProfiles(file.Span, facts, icc, exif, xmp);
        ThrowIfFaulty(WebpInspector.FindFault(file.Span, out facts));
        await target.WriteAsync(file, cancellationToken).ConfigureAwait(false);
    }

    /// <summary>A file that would be refused when it is read must not replace anything.</summary>
    private static void ThrowIfFaulty(string? fault)
    {
        if (fault is not null)
        {
            throw new ImageProcessingException($"The encoded file {fault}.");
        }
    }

    private static PngEncoder Png(bool grey, bool alpha, int bits) => new()
    {
        ColorType = (grey, alpha) switch
        {
            (true, false) => PngColorType.Grayscale,
            (true, true) => PngColorType.GrayscaleWithAlpha,
            (false, false) => PngColorType.Rgb,
            _ => PngColorType.RgbWithAlpha,
        },
        BitDepth = bits == 16 ? PngBitDepth.Bit16 : PngBitDepth.Bit8,
    };

    // The colour of transparent pixels is kept: that nobody sees it now does not say that nobody needs it.
    private static WebpEncoder Webp(bool lossless, ImageSaveOptions options) => lossless
        ? new WebpEncoder { FileFormat = WebpFileFormatType.Lossless, TransparentColorMode = WebpTransparentColorMode.Preserve }
        : new WebpEncoder { FileFormat = WebpFileFormatType.Lossy, Quality = options.WebpQuality, TransparentColorMode = WebpTransparentColorMode.Preserve };
}
