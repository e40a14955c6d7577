using SixLabors.ImageSharp.Memory;
using SixLabors.ImageSharp.PixelFormats;

namespace SixLabors.ImageSharp.Formats;

public abstract class ImageDecoder : IImageDecoder
{
    private protected ImageDecoder()
    {
    }

    private protected abstract IImageFormat Format { get; }

    public ImageInfo Identify(DecoderOptions options, Stream stream)
        => this.IdentifyBytes(options, ReadAll(options, stream));

    public async Task<ImageInfo> IdentifyAsync(
        DecoderOptions options,
        Stream stream,
        CancellationToken cancellationToken = default)
        => this.IdentifyBytes(options, await ReadAllAsync(options, stream, cancellationToken).ConfigureAwait(false));

    public Image<TPixel> Decode<TPixel>(DecoderOptions options, Stream stream)
        where TPixel : unmanaged, IPixel<TPixel>
        => this.DecodeBytes<TPixel>(options, ReadAll(options, stream), default);

    public Image Decode(DecoderOptions options, Stream stream)
        => this.DecodeBytes(options, ReadAll(options, stream), default);

    public async Task<Image<TPixel>> DecodeAsync<TPixel>(
        DecoderOptions options,
        Stream stream,
        CancellationToken cancellationToken = default)
        where TPixel : unmanaged, IPixel<TPixel>
    {
        byte[] data = await ReadAllAsync(options, stream, cancellationToken).ConfigureAwait(false);
        return this.DecodeBytes<TPixel>(options, data, cancellationToken);
    }

    public async Task<Image> DecodeAsync(
        DecoderOptions options,
        Stream stream,
        CancellationToken cancellationToken = default)
    {
        byte[] data = await ReadAllAsync(options, stream, cancellationToken).ConfigureAwait(false);
        return this.DecodeBytes(options, data, cancellationToken);
    }

    internal static byte[] ReadAll(DecoderOptions options, Stream stream)
    {
        ArgumentNullException.ThrowIfNull(options);
        using MemoryStream copy = Prepare(options, stream);
        stream.CopyTo(copy);
        return copy.Length == copy.Capacity ? copy.GetBuffer() : copy.ToArray();
    }

    internal static async Task<byte[]> ReadAllAsync(
        DecoderOptions options,
        Stream stream,
        CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(options);
        using MemoryStream copy = Prepare(options, stream);
        await stream.CopyToAsync(copy, cancellationToken).ConfigureAwait(false);
        return copy.Length == copy.Capacity ? copy.GetBuffer() : copy.ToArray();
    }

    internal ImageInfo IdentifyBytes(DecoderOptions options, byte[] data)
    {
        ImageInfo info = this.IdentifyCore(options, data);
        info.Metadata.DecodedImageFormat = this.Format;
        return info;
    }

    internal Image<TPixel> DecodeBytes<TPixel>(DecoderOptions options, byte[] data, CancellationToken cancellationToken)
        where TPixel : unmanaged, IPixel<TPixel>
    {
        cancellationToken.ThrowIfCancellationRequested();
        Image<TPixel> image = this.DecodeCore<TPixel>(options, data);
        image.Metadata.DecodedImageFormat = this.Format;
        if (cancellationToken.IsCancellationRequested)
        {
            image.Dispose();
            cancellationToken.ThrowIfCancellationRequested();
        }

        return image;
    }

    internal abstract Image DecodeBytes(DecoderOptions options, byte[] data, CancellationToken cancellationToken);

    private protected abstract ImageInfo IdentifyCore(DecoderOptions options, byte[] data);

    private protected abstract Image<TPixel> DecodeCore<TPixel>(DecoderOptions options, byte[] data)
        where TPixel : unmanaged, IPixel<TPixel>;

    private protected static Image<TPixel> CreateImage<TPixel>(
        Configuration configuration,
        Size size,
        Metadata.ImageMetadata metadata)
        where TPixel : unmanaged, IPixel<TPixel>
    {
        try
        {
            return new Image<TPixel>(configuration, size.Width, size.Height, metadata);
        }
        catch (InvalidMemoryOperationException exception)
        {
            throw new InvalidImageContentException(size, exception);
        }
    }

    private static MemoryStream Prepare(DecoderOptions options, Stream stream)
    {
        ArgumentNullException.ThrowIfNull(stream);
        if (!stream.CanRead)
        {
            throw new NotSupportedException("Cannot read from the stream.");
        }

        if (!stream.CanSeek)
        {
            return new MemoryStream();
        }

        if (options.Configuration.ReadOrigin == ReadOrigin.Begin)
        {
            stream.Position = 0;
        }

        return new MemoryStream((int)Math.Clamp(stream.Length - stream.Position, 0, Array.MaxLength));
    }
}
