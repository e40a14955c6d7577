using ImageRestoration.Imaging;
using ImageRestoration.IO;
using SixLabors.ImageSharp;
using SixLabors.ImageSharp.Formats;
using SixLabors.ImageSharp.Formats.Jpeg;
using SixLabors.ImageSharp.Formats.Png;
using SixLabors.ImageSharp.Metadata;

namespace ImageRestoration.ImageSharp;

/// <summary>Writes image files, whole or not at all.</summary>
internal static class ImageFileWriter
{
    internal static bool IsPng(string path) => string.Equals(Path.GetExtension(path), ".png", StringComparison.OrdinalIgnoreCase);

    internal static async Task WriteAsync(ImageTensor tensor, string path, ImageMetadata? metadata, ImageSaveOptions options, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        ThrowIfUnknown(path);
        if (tensor.Batch != 1)
        {
            throw new TensorShapeException($"The tensor holds {tensor.Batch} pictures and '{path}' takes one. Save each of them: tensor.ToImage(index) makes an image of one.");
        }

        int bits = IsPng(path) ? options.PngBitsPerChannel : 8;
        using Image image = tensor.ToImage(index: 0, bits);
        if (metadata is not null)
        {
            CopyMetadata(metadata, image.Metadata);
        }

        IImageEncoder encoder = CreateEncoder(path, tensor.Channels == 1, bits, options);
        try
        {
            await AtomicFile.WriteAsync(path, async stream =>
            {
                // Encoding takes a while; a user interface that awaits it must not stand still.
                await Task.Run(() => image.SaveAsync(stream, encoder, cancellationToken), cancellationToken).ConfigureAwait(false);
                cancellationToken.ThrowIfCancellationRequested();
            }).ConfigureAwait(false);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException or NotSupportedException or ArgumentException)
        {
            throw new ImageFileException($"'{path}' cannot be written: {exception.Message} Choose another folder or file name, or make room on the disk.", exception);
        }
        catch (Exception exception) when (exception is ImageFormatException or InvalidOperationException or ImageProcessingException)
        {
            throw new ImageFileException($"'{path}' cannot be encoded: {exception.Message} A JPEG has at most 65,535 rows and columns; save a larger picture as .png.", exception);
        }
    }

    internal static void ThrowIfUnknown(string path)
    {
        string extension = Path.GetExtension(path);
        if (!ImageFile.Extensions.Contains(extension, StringComparer.OrdinalIgnoreCase))
        {
            string given = extension.Length == 0 ? "has no extension" : $"ends in {extension}";
            throw new ImageFileException($"'{path}' {given}, which says no format that is written. Use {string.Join(", ", ImageFile.Extensions)}.");
        }
    }

    private static IImageEncoder CreateEncoder(string path, bool grey, int bits, ImageSaveOptions options)
        => IsPng(path)
            ? new PngEncoder
            {
                ColorType = grey ? PngColorType.Grayscale : PngColorType.Rgb,
                BitDepth = bits == 16 ? PngBitDepth.Bit16 : PngBitDepth.Bit8,
            }
            : new JpegEncoder
            {
                ColorType = grey ? JpegEncodingColor.Luminance : JpegEncodingColor.YCbCrRatio444,
                Quality = options.JpegQuality,
            };

    // What belongs to the picture goes along; what describes the source file itself (quality, palette, transparent colour) does not.
    private static void CopyMetadata(ImageMetadata source, ImageMetadata target)
    {
        target.HorizontalResolution = source.HorizontalResolution;
        target.VerticalResolution = source.VerticalResolution;
        target.ResolutionUnits = source.ResolutionUnits;
        target.ExifProfile = source.ExifProfile?.DeepClone();
        target.IccProfile = source.IccProfile?.DeepClone();
        target.XmpProfile = source.XmpProfile?.DeepClone();
        if (source.TryGetPngMetadata(out PngMetadata? png))
        {
            PngMetadata copy = target.GetPngMetadata();
            copy.Gamma = png.Gamma;
            copy.TextData = [.. png.TextData];
        }
    }
}
