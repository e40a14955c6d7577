using System.Numerics.Tensors;
using ImageRestoration.Imaging;

namespace ImageRestoration.Photos;

/// <summary>Reads photographs: looks at the whole file first, decodes it by a codec, and does with it what holds for all codecs.</summary>
internal sealed class PhotoReader(PhotoCodecs codecs)
{
    internal async Task<DecodedPhoto> ReadAsync(string path, ImageLoadOptions options, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        using FileBytes file = await FileBytes.ReadAsync(path, cancellationToken).ConfigureAwait(false);
        return await ReadAsync(file.Memory, $"'{path}'", options, cancellationToken).ConfigureAwait(false);
    }

    internal async Task<DecodedPhoto> ReadAsync(Stream stream, ImageLoadOptions options, CancellationToken cancellationToken)
    {
        const string name = "The input stream";
        cancellationToken.ThrowIfCancellationRequested();
        using FileBytes file = await FileBytes.ReadAsync(stream, name, cancellationToken).ConfigureAwait(false);
        return await ReadAsync(file.Memory, name, options, cancellationToken).ConfigureAwait(false);
    }

    internal Task<DecodedPhoto> ReadAsync(
        ReadOnlyMemory<byte> file, string name, ImageLoadOptions options, CancellationToken cancellationToken)

        // Decoding takes a while; a user interface that awaits it must not stand still.
        => Task.Run(() => Read(file, name, options, cancellationToken), cancellationToken);

    /// <summary>Looks at a whole file without decoding its pixels; throws where reading would for what can be seen that way.</summary>
    internal async Task<PhotoFacts> InspectAsync(string path, ImageLoadOptions options, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        using FileBytes file = await FileBytes.ReadAsync(path, cancellationToken).ConfigureAwait(false);
        PhotoFacts Inspect() => Guarded($"'{path}'", name => Probe(file.Memory, name, options, cancellationToken).Facts);
        return await Task.Run(Inspect, cancellationToken).ConfigureAwait(false);
    }

    private DecodedPhoto Read(ReadOnlyMemory<byte> file, string name, ImageLoadOptions options, CancellationToken cancellationToken)
    {
        FileBytes.ThrowIfNoImage(name, file.Span);
        return Guarded(name, _ =>
        {
            (IPhotoCodec codec, PhotoFacts facts) = Probe(file, name, options, cancellationToken);
            DecodedPhoto photo = codec.Read(file, facts, cancellationToken);
            try
            {
                cancellationToken.ThrowIfCancellationRequested();
                ThrowIfOutOfRange(name, photo);
                return Turn(photo, options);
            }
            catch
            {
                photo.Dispose();
                throw;
            }
        });
    }

    /// <summary>Puts the name into errors, and makes errors of a decoder's own exceptions.</summary>
    private static T Guarded<T>(string name, Func<string, T> work)
    {
        try
        {
            return work(name);
        }
        catch (ImageFileException exception) when (!exception.Message.Contains(name, StringComparison.Ordinal))
        {
            throw PhotoErrors.Named(name, exception);
        }
        catch (Exception exception) when (exception is not (ImageRestorationException or OperationCanceledException))
        {
            // On damaged data, decoders fail with whatever their code runs into, not with their own exceptions alone.
            throw PhotoErrors.Corrupt(name, exception);
        }
    }

    private (IPhotoCodec Codec, PhotoFacts Facts) Probe(
        ReadOnlyMemory<byte> file, string name, ImageLoadOptions options, CancellationToken cancellationToken)
    {
        (IPhotoCodec codec, PhotoFacts facts) = codecs.Probe(file, name, cancellationToken);

        // A tensor is one block of memory with up to three values a pixel.
        long limit = Math.Min(options.MaximumPixels, Array.MaxLength / 3);
        if ((Int128)facts.Width * facts.Height > limit)
        {
            throw PhotoErrors.TooManyPixels(name, facts, limit, mayRaise: limit == options.MaximumPixels);
        }

        if (facts.Color == PhotoColor.Cmyk)
        {
            throw PhotoErrors.Cmyk(name, facts.Format);
        }

        return facts.Frames > 1 && !options.FirstFrameOnly ? throw PhotoErrors.SeveralPictures(name, facts) : (codec, facts);
    }

    private static void ThrowIfOutOfRange(string name, DecodedPhoto photo)
    {
        if (photo.Facts.Bits == 32)
        {
            (float least, float most) = (TensorPrimitives.Min<float>(photo.Image.Span), TensorPrimitives.Max<float>(photo.Image.Span));

            // Written so that NaN fails.
            if (!(least >= 0 && most <= 1))
            {
                throw PhotoErrors.OutOfRange(name, most <= 1 ? least : most);
            }
        }
    }

    /// <summary>Turns a picture upright where that is asked for, and lets its metadata say so.</summary>
    private static DecodedPhoto Turn(DecodedPhoto photo, ImageLoadOptions options)
    {
        PhotoMetadata metadata = photo.Metadata;
        int orientation = options.ApplyOrientation ? metadata.Orientation ?? ExifBlock.OrientationOf(metadata.Exif.Span) : 1;
        bool upright = options.ApplyOrientation;
        metadata = metadata with
        {
            Orientation = upright ? 1 : metadata.Orientation,
            Exif = ExifBlock.ForResult(metadata.Exif.Span, upright, Orientation.Swaps(orientation)),
            Xmp = upright ? XmpPacket.Upright(metadata.Xmp.Span) : metadata.Xmp,
            Resolution = Orientation.Swaps(orientation) && metadata.Resolution is { } resolution
                ? resolution with { Horizontal = resolution.Vertical, Vertical = resolution.Horizontal }
                : metadata.Resolution,
        };
        if (orientation == 1)
        {
            return new DecodedPhoto(photo.Image, photo.Alpha, photo.Facts, metadata);
        }

        using (photo)
        {
            ImageTensor? alpha = photo.Alpha is null ? null : Orientation.Apply(photo.Alpha, orientation);
            return new DecodedPhoto(Orientation.Apply(photo.Image, orientation), alpha, photo.Facts, metadata);
        }
    }
}
