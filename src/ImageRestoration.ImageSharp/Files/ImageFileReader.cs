using System.Buffers;
using System.Globalization;
using ImageRestoration.Imaging;
using SixLabors.ImageSharp;
using SixLabors.ImageSharp.Formats;
using SixLabors.ImageSharp.Metadata.Profiles.Exif;
using SixLabors.ImageSharp.PixelFormats;
using SixLabors.ImageSharp.Processing;

namespace ImageRestoration.ImageSharp;

/// <summary>Reads image files: looks at the whole file first, then decodes it.</summary>
internal static class ImageFileReader
{
    private const int SignatureLength = 8;

    private static readonly DecoderOptions _decoderOptions = new();

    internal static async Task<DecodedFile> ReadAsync(string path, ImageLoadOptions options, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        byte[]? rented = null;
        try
        {
            (rented, int length) = await ReadBytesAsync(path, cancellationToken).ConfigureAwait(false);
            byte[] bytes = rented;

            // Decoding takes a while; a user interface that awaits it must not stand still.
            return await Task.Run(() => DecodeAsync(path, bytes, length, options, cancellationToken), cancellationToken).ConfigureAwait(false);
        }
        finally
        {
            if (rented is not null)
            {
                ArrayPool<byte>.Shared.Return(rented);
            }
        }
    }

    private static async Task<(byte[] Rented, int Length)> ReadBytesAsync(string path, CancellationToken cancellationToken)
    {
        byte[]? rented = null;
        try
        {
            FileStream stream = new(path, FileMode.Open, FileAccess.Read, FileShare.Read, bufferSize: 0, FileOptions.Asynchronous | FileOptions.SequentialScan);
            await using (stream.ConfigureAwait(false))
            {
                byte[] signature = new byte[SignatureLength];
                int count = await stream.ReadAtLeastAsync(signature, SignatureLength, throwOnEndOfStream: false, cancellationToken).ConfigureAwait(false);
                ThrowIfNoImage(path, signature.AsSpan(0, count));
                if (stream.Length > Array.MaxLength)
                {
                    throw new ImageFileException($"'{path}' is {stream.Length} bytes long; at most {Array.MaxLength} are read. Save the picture with compression, or cut it into parts.");
                }

                int length = (int)stream.Length;
                rented = ArrayPool<byte>.Shared.Rent(length);
                signature.AsSpan(0, count).CopyTo(rented);
                await stream.ReadExactlyAsync(rented.AsMemory(count, length - count), cancellationToken).ConfigureAwait(false);
                (byte[] result, rented) = (rented, null);
                return (result, length);
            }
        }
        catch (Exception exception) when (exception is FileNotFoundException or DirectoryNotFoundException)
        {
            throw new ImageFileException($"'{path}' does not exist. Check the path; a relative one starts at '{Environment.CurrentDirectory}'.", exception);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException or NotSupportedException or ArgumentException)
        {
            string remedy = Directory.Exists(path) ? "It is a folder; give the path of a file." : "Check that the file may be read and no other program changes it.";
            throw new ImageFileException($"'{path}' cannot be read: {exception.Message} {remedy}", exception);
        }
        finally
        {
            if (rented is not null)
            {
                ArrayPool<byte>.Shared.Return(rented);
            }
        }
    }

    private static void ThrowIfNoImage(string path, ReadOnlySpan<byte> start)
    {
        if (start.IsEmpty)
        {
            throw new ImageFileException($"'{path}' is empty. Copy or download the picture again.");
        }

        if (!PngInspector.HasSignature(start) && !JpegInspector.HasSignature(start))
        {
            string bytes = Convert.ToHexString(start[..Math.Min(4, start.Length)]);
            throw new ImageFileException($"'{path}' is no PNG or JPEG file (it begins with the bytes {bytes}), or is damaged at its start. Convert the picture to PNG or JPEG.");
        }
    }

    private static async Task<DecodedFile> DecodeAsync(string path, byte[] bytes, int length, ImageLoadOptions options, CancellationToken cancellationToken)
    {
        try
        {
            bool grey = Inspect(path, bytes, length, options, cancellationToken);
            using MemoryStream stream = new(bytes, 0, length, writable: false);

            // Without a pixel type, a grey JPEG would come as RGB.
            using Image image = grey
                ? await Image.LoadAsync<L8>(_decoderOptions, stream, cancellationToken).ConfigureAwait(false)
                : await Image.LoadAsync(_decoderOptions, stream, cancellationToken).ConfigureAwait(false);
            cancellationToken.ThrowIfCancellationRequested();
            if (options.ApplyOrientation && IsTurned(image))
            {
                image.Mutate(operation => operation.AutoOrient());
            }

            ImageTensor tensor = image.ToImageTensor();
            int bits = image is Image<L16> or Image<La32> or Image<Rgb48> or Image<Rgba64> ? 16 : 8;
            return new DecodedFile(tensor, image.Metadata.DeepClone(), bits);
        }
        catch (ImageFileException exception) when (!exception.Message.Contains(path, StringComparison.Ordinal))
        {
            throw new ImageFileException($"'{path}' cannot become a tensor. {exception.Message}", exception);
        }
        catch (Exception exception) when (exception is not (ImageRestorationException or OperationCanceledException))
        {
            // On damaged data, decoders fail with whatever their code runs into, not with their own exceptions alone.
            throw new ImageFileException($"'{path}' is corrupt or of a kind that cannot be decoded: {exception.Message.TrimEnd('.')}. Copy or download the picture again, or save it as an ordinary PNG or JPEG.", exception);
        }
    }

    /// <summary>Throws if the file is damaged or too large.</summary>
    /// <returns>Whether the file is a grey JPEG.</returns>
    private static bool Inspect(string path, byte[] bytes, int length, ImageLoadOptions options, CancellationToken cancellationToken)
    {
        ReadOnlySpan<byte> file = bytes.AsSpan(0, length);
        int components = 0;
        long pixelBytes = 0;
        List<Range> pixelData = [];
        bool png = PngInspector.HasSignature(file);
        ThrowIfFaulty(path, png ? PngInspector.FindFault(file, out pixelData, out pixelBytes) : JpegInspector.FindFault(file, out components));

        ImageInfo info = Image.Identify(_decoderOptions, file);
        ThrowIfTooLarge(path, info, options);
        if (png)
        {
            ThrowIfFaulty(path, PngInspector.FindFaultOfPixels(bytes, pixelData, pixelBytes, cancellationToken));
        }

        return components == 1;
    }

    private static void ThrowIfFaulty(string path, string? fault)
    {
        if (fault is not null)
        {
            throw new ImageFileException($"'{path}' {fault}. Copy or download the picture again, or save it as an ordinary PNG or JPEG of grey or RGB.");
        }
    }

    private static void ThrowIfTooLarge(string path, ImageInfo info, ImageLoadOptions options)
    {
        // A tensor is one block of memory with up to three values a pixel.
        long limit = Math.Min(options.MaximumPixels, Array.MaxLength / 3);
        long pixels = (long)info.Width * info.Height;
        if (pixels > limit)
        {
            string remedy = limit < options.MaximumPixels ? "Cut the picture into parts." : "If you trust the file, raise ImageLoadOptions.MaximumPixels.";
            throw new ImageFileException(string.Create(
                CultureInfo.InvariantCulture, $"'{path}' is {info.Width}×{info.Height} pixels large, that is {pixels:N0}; at most {limit:N0} are decoded. {remedy}"));
        }
    }

    private static bool IsTurned(Image image)
        => image.Metadata.ExifProfile is { } exif && exif.TryGetValue(ExifTag.Orientation, out IExifValue<ushort>? orientation) && orientation.Value is > 1 and <= 8;
}
