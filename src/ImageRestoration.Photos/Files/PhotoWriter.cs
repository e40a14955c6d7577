using System.Numerics.Tensors;
using ImageRestoration.Imaging;
using ImageRestoration.IO;

namespace ImageRestoration.Photos;

/// <summary>Writes photographs, whole or not at all.</summary>
internal sealed class PhotoWriter(PhotoCodecs codecs)
{
    /// <summary>The format that an extension names.</summary>
    /// <exception cref="ImageFileException">It names none that is written.</exception>
    internal PhotoFormat FormatOf(string path)
    {
        string name = $"'{path}'";
        PhotoFormat format = PhotoFormats.FromExtension(path)
            ?? throw PhotoErrors.NoFormat(name, Path.GetExtension(path), codecs.WriteExtensions);
        codecs.FindWriter(format, bits: 8, name);
        return format;
    }

    /// <summary>Refuses a picture that a format has no room for.</summary>
    internal static void ThrowIfUnfit(string name, PhotoFormat format, ImageTensor image, ImageTensor? alpha)
    {
        if (alpha is not null && format == PhotoFormat.Jpeg)
        {
            throw PhotoErrors.NoRoomForAlpha(name, format);
        }

        if (Math.Max(image.Width, image.Height) > PhotoFormats.MostPixelsOf(format))
        {
            throw PhotoErrors.NoRoom(name, format, image.Width, image.Height);
        }
    }

    /// <summary>Writes a file, which appears whole under its name or not at all.</summary>
    internal async Task WriteAsync(
        string path,
        ImageTensor image,
        ImageTensor? alpha,
        DecodedPhoto? source,
        ImageSaveOptions options,
        CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        string name = $"'{path}'";
        PhotoFormat format = FormatOf(path);
        (IPhotoCodec codec, DecodedPhoto photo) = Prepare(name, format, image, alpha, source, options);
        try
        {
            // Encoding takes a while; a user interface that awaits it must not stand still.
            Task Encode(Stream stream) => Task.Run(
                () =>
                {
                    codec.Write(stream, photo, options, cancellationToken);
                    cancellationToken.ThrowIfCancellationRequested();
                },
                cancellationToken);
            await AtomicFile.WriteAsync(path, Encode).ConfigureAwait(false);
        }
        catch (Exception exception) when (
            exception is IOException or UnauthorizedAccessException or NotSupportedException or ArgumentException)
        {
            throw PhotoErrors.Unwritable(name, exception);
        }
        catch (ImageFileException exception) when (!exception.Message.Contains(path, StringComparison.Ordinal))
        {
            throw PhotoErrors.Named(name, exception);
        }
    }

    /// <summary>Encodes into memory.</summary>
    internal Task<MemoryStream> EncodeAsync(
        PhotoFormat format,
        ImageTensor image,
        ImageTensor? alpha,
        DecodedPhoto? source,
        ImageSaveOptions options,
        CancellationToken cancellationToken)
    {
        (IPhotoCodec codec, DecodedPhoto photo) = Prepare("the output", format, image, alpha, source, options);
        return Task.Run(
            () =>
            {
                var stream = new MemoryStream();
                codec.Write(stream, photo, options, cancellationToken);
                cancellationToken.ThrowIfCancellationRequested();
                stream.Position = 0;
                return stream;
            },
            cancellationToken);
    }

    private (IPhotoCodec Codec, DecodedPhoto Photo) Prepare(
        string name, PhotoFormat format, ImageTensor image, ImageTensor? alpha, DecodedPhoto? source, ImageSaveOptions options)
    {
        ThrowIfUnfit(name, format, image, alpha);
        if (image.Batch != 1)
        {
            throw PhotoErrors.SeveralPicturesToWrite(name, image.Batch);
        }

        if (image.Channels is not (1 or 3))
        {
            throw PhotoErrors.ChannelsToWrite(image.Channels);
        }

        ThrowIfNotANumber(image, "The picture");
        if (alpha is not null)
        {
            ThrowIfNotANumber(alpha, "The picture's alpha");
        }

        int wanted = source is null ? options.BitsPerChannel : Math.Max(options.BitsPerChannel, source.Facts.Bits);
        (IPhotoCodec codec, int bits) = codecs.FindWriter(format, wanted, name);
        bool lossyBefore = source?.Facts is { Format: PhotoFormat.Webp, IsLossless: false };
        var facts = new PhotoFacts(format, image.Width, image.Height)
        {
            Color = image.Channels == 1 ? PhotoColor.Grey : PhotoColor.Rgb,
            Bits = bits,
            HasAlpha = alpha is not null,
            IsLossless = PhotoFormats.IsLossless(format) || (format == PhotoFormat.Webp && (options.WebpLossless ?? !lossyBefore)),
        };
        return (codec, new DecodedPhoto(image, alpha, facts, source?.Metadata ?? PhotoMetadata.None));
    }

    private static void ThrowIfNotANumber(ImageTensor image, string what)
    {
        for (int c = 0; c < image.Channels; c++)
        {
            ReadOnlySpan<float> plane = image.Plane(0, c);

            // Magnitudes never cancel out, so the sum is NaN exactly where one of them is.
            if (float.IsNaN(TensorPrimitives.SumOfMagnitudes(plane)))
            {
                int position = 0;
                while (!float.IsNaN(plane[position]))
                {
                    position++;
                }

                throw PhotoErrors.NotANumber(what, c, position / image.Width, position % image.Width);
            }
        }
    }
}
