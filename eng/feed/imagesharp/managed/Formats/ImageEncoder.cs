using SixLabors.ImageSharp.PixelFormats;

namespace SixLabors.ImageSharp.Formats;

public abstract class ImageEncoder : IImageEncoder
{
    private protected ImageEncoder()
    {
    }

    public bool SkipMetadata { get; init; }

    public void Encode<TPixel>(Image<TPixel> image, Stream stream)
        where TPixel : unmanaged, IPixel<TPixel>
    {
        ArgumentNullException.ThrowIfNull(image);
        ArgumentNullException.ThrowIfNull(stream);
        image.EnsureNotDisposed();
        image.Metadata.SyncProfiles();
        foreach (ReadOnlyMemory<byte> part in this.EncodeCore(image))
        {
            stream.Write(part.Span);
        }
    }

    public async Task EncodeAsync<TPixel>(Image<TPixel> image, Stream stream, CancellationToken cancellationToken)
        where TPixel : unmanaged, IPixel<TPixel>
    {
        ArgumentNullException.ThrowIfNull(image);
        ArgumentNullException.ThrowIfNull(stream);
        image.EnsureNotDisposed();
        cancellationToken.ThrowIfCancellationRequested();
        image.Metadata.SyncProfiles();
        foreach (ReadOnlyMemory<byte> part in this.EncodeCore(image))
        {
            await stream.WriteAsync(part, cancellationToken).ConfigureAwait(false);
        }
    }

    /// <summary>The whole file, in parts, complete before the first is written.</summary>
    private protected abstract IReadOnlyList<ReadOnlyMemory<byte>> EncodeCore<TPixel>(Image<TPixel> image)
        where TPixel : unmanaged, IPixel<TPixel>;
}

public abstract class QuantizingImageEncoder : ImageEncoder
{
    private protected QuantizingImageEncoder()
    {
    }
}
