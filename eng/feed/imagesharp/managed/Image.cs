using SixLabors.ImageSharp.Formats;
using SixLabors.ImageSharp.Metadata;
using SixLabors.ImageSharp.PixelFormats;

namespace SixLabors.ImageSharp;

public abstract partial class Image : IDisposable
{
    private bool _isDisposed;

    private protected Image(Configuration configuration, PixelTypeInfo pixelType, ImageMetadata metadata, Size size)
    {
        this.Configuration = configuration;
        this.PixelType = pixelType;
        this.Size = size;
        this.Metadata = metadata;
    }

    public Configuration Configuration { get; }

    public PixelTypeInfo PixelType { get; }

    public int Width => this.Size.Width;

    public int Height => this.Size.Height;

    public ImageMetadata Metadata { get; }

    public Size Size { get; internal set; }

    public Rectangle Bounds => new(0, 0, this.Width, this.Height);

    public ImageFrameCollection Frames => this.NonGenericFrameCollection;

    protected abstract ImageFrameCollection NonGenericFrameCollection { get; }

    public void Dispose()
    {
        if (this._isDisposed)
        {
            return;
        }

        this.Dispose(true);
        GC.SuppressFinalize(this);
        this._isDisposed = true;
    }

    public void Save(Stream stream, IImageEncoder encoder)
    {
        ArgumentNullException.ThrowIfNull(stream);
        ArgumentNullException.ThrowIfNull(encoder);
        this.EnsureNotDisposed();
        this.Encode(stream, encoder);
    }

    public Task SaveAsync(Stream stream, IImageEncoder encoder, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(stream);
        ArgumentNullException.ThrowIfNull(encoder);
        this.EnsureNotDisposed();
        return this.EncodeAsync(stream, encoder, cancellationToken);
    }

    public Image<TPixel2> CloneAs<TPixel2>()
        where TPixel2 : unmanaged, IPixel<TPixel2> => this.CloneAs<TPixel2>(this.Configuration);

    public abstract Image<TPixel2> CloneAs<TPixel2>(Configuration configuration)
        where TPixel2 : unmanaged, IPixel<TPixel2>;

    internal void EnsureNotDisposed() => ObjectDisposedException.ThrowIf(this._isDisposed, this);

    internal abstract void Encode(Stream stream, IImageEncoder encoder);

    internal abstract Task EncodeAsync(Stream stream, IImageEncoder encoder, CancellationToken cancellationToken);

    internal abstract void Mutate(Configuration configuration, Action<Processing.IImageProcessingContext> operation);

    internal abstract Image CloneWith(Configuration configuration, Action<Processing.IImageProcessingContext> operation);

    protected abstract void Dispose(bool disposing);
}
