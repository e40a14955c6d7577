using System.Buffers;
using System.Globalization;
using ImageRestoration.Imaging;
using SixLabors.ImageSharp;
using SixLabors.ImageSharp.Processing;

namespace ImageRestoration.ImageSharp;

/// <summary>Reads image files: looks at the whole file first, then decodes it.</summary>
internal static class ImageFileReader
{
    private const string Remedy = "Copy or download the picture again, or save it as an ordinary PNG, JPEG, WebP or TIFF of grey or RGB.";
    private const int SignatureLength = 12;

    internal static Task<DecodedFile> ReadAsync(string path, ImageLoadOptions options, CancellationToken cancellationToken)
        => WithBytesAsync(path, (bytes, length) => DecodeAsync(path, bytes, length, options, cancellationToken), cancellationToken);

    /// <summary>Looks at a whole file without decoding its pixels; throws where <see cref="ReadAsync"/> would for what can be seen that way.</summary>
    internal static Task<FileFacts> InspectAsync(string path, ImageLoadOptions options, CancellationToken cancellationToken)
        => WithBytesAsync(path, (bytes, length) => Task.FromResult(Inspect(path, bytes, length, options, cancellationToken)), cancellationToken);

    private static async Task<T> WithBytesAsync<T>(string path, Func<byte[], int, Task<T>> work, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        byte[]? rented = null;
        try
        {
            (rented, int length) = await ReadBytesAsync(path, cancellationToken).ConfigureAwait(false);
            byte[] bytes = rented;

            // Decoding takes a while; a user interface that awaits it must not stand still.
            return await Task.Run(() => work(bytes, length), cancellationToken).ConfigureAwait(false);
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

        if (FormatOf(start) is null)
        {
            string bytes = Convert.ToHexString(start[..Math.Min(4, start.Length)]);
            throw new ImageFileException($"'{path}' is no PNG, JPEG, WebP or TIFF file (it begins with the bytes {bytes}), or is damaged at its start. Convert the picture to one of these.");
        }
    }

    private static FileFormat? FormatOf(ReadOnlySpan<byte> start)
        => PngInspector.HasSignature(start) ? FileFormat.Png
            : JpegInspector.HasSignature(start) ? FileFormat.Jpeg
            : WebpInspector.HasSignature(start) ? FileFormat.Webp
            : TiffInspector.HasSignature(start) ? FileFormat.Tiff
            : null;

    private static async Task<DecodedFile> DecodeAsync(string path, byte[] bytes, int length, ImageLoadOptions options, CancellationToken cancellationToken)
    {
        try
        {
            FileFacts facts = Inspect(path, bytes, length, options, cancellationToken);
            using Image image = await FileDecoder.DecodeAsync(bytes, length, facts, cancellationToken).ConfigureAwait(false);
            cancellationToken.ThrowIfCancellationRequested();
            FileMetadata.Collect(image);
            if (options.ApplyOrientation && FileMetadata.IsTurned(image.Metadata))
            {
                image.Mutate(operation => operation.AutoOrient());
            }

            ImageTensor tensor = image.ToImageTensor(out ImageTensor? alpha);
            return new DecodedFile(tensor, alpha, image.Metadata.DeepClone(), facts);
        }
        catch (ImageFileException exception) when (!exception.Message.Contains(path, StringComparison.Ordinal))
        {
            throw new ImageFileException($"'{path}' cannot become a tensor. {exception.Message}", exception);
        }
        catch (Exception exception) when (exception is not (ImageRestorationException or OperationCanceledException))
        {
            // On damaged data, decoders fail with whatever their code runs into, not with their own exceptions alone.
            throw new ImageFileException($"'{path}' is corrupt or of a kind that cannot be decoded: {exception.Message.TrimEnd('.')}. {Remedy}", exception);
        }
    }

    /// <summary>Throws if the file is damaged, too large, or holds several pictures.</summary>
    private static FileFacts Inspect(string path, byte[] bytes, int length, ImageLoadOptions options, CancellationToken cancellationToken)
    {
        ReadOnlySpan<byte> file = bytes.AsSpan(0, length);
        FileFacts facts = new(FileFormat.Png, 0, 0);
        ThrowIfFaulty(path, FormatOf(file) switch
        {
            FileFormat.Png => PngInspector.FindFault(file, out facts),
            FileFormat.Jpeg => JpegInspector.FindFault(file, out facts),
            FileFormat.Webp => WebpInspector.FindFault(file, out facts),
            _ => TiffInspector.FindFault(file, out facts, cancellationToken),
        });
        ThrowIfTooLarge(path, facts, options);
        if (facts.Frames > 1 && !options.FirstFrameOnly)
        {
            string kind = facts.Format == FileFormat.Tiff ? $"has {facts.Frames} pages" : "is animated";
            throw new ImageFileException($"'{path}' {kind}, and only the first picture would be read. Export the pictures one by one, or take the first with ImageLoadOptions.FirstFrameOnly.");
        }

        foreach (DeflatedBlock block in facts.Deflated)
        {
            ThrowIfFaulty(path, block.FindFault(bytes, cancellationToken));
        }

        return facts;
    }

    private static void ThrowIfFaulty(string path, string? fault)
    {
        if (fault is not null)
        {
            throw new ImageFileException($"'{path}' {fault}. {Remedy}");
        }
    }

    private static void ThrowIfTooLarge(string path, FileFacts facts, ImageLoadOptions options)
    {
        // A tensor is one block of memory with up to three values a pixel.
        long limit = Math.Min(options.MaximumPixels, Array.MaxLength / 3);
        Int128 pixels = (Int128)facts.Width * facts.Height;
        if (pixels > limit)
        {
            string remedy = limit < options.MaximumPixels ? "Cut the picture into parts." : "If you trust the file, raise ImageLoadOptions.MaximumPixels.";
            throw new ImageFileException(string.Create(
                CultureInfo.InvariantCulture, $"'{path}' is {facts.Width}×{facts.Height} pixels large, that is {pixels:N0}; at most {limit:N0} are decoded. {remedy}"));
        }
    }
}
