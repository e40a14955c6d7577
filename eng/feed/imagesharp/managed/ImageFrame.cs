using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using SixLabors.ImageSharp.Metadata;
using SixLabors.ImageSharp.PixelFormats;

namespace SixLabors.ImageSharp;

public abstract class ImageFrame : IDisposable
{
    private protected ImageFrame(Configuration configuration, int width, int height)
    {
        this.Configuration = configuration;
        this.Width = width;
        this.Height = height;
    }

    public int Width { get; private protected set; }

    public int Height { get; private protected set; }

    public Configuration Configuration { get; }

    public ImageFrameMetadata Metadata { get; private protected init; } = new();

    public Size Size() => new(this.Width, this.Height);

    public Rectangle Bounds() => new(0, 0, this.Width, this.Height);

    public void Dispose()
    {
        this.Dispose(true);
        GC.SuppressFinalize(this);
    }

    protected abstract void Dispose(bool disposing);
}

public sealed class ImageFrame<TPixel> : ImageFrame
    where TPixel : unmanaged, IPixel<TPixel>
{
    // What the official allocator puts into one block; a larger image is split over several, unless it is told otherwise.
    private const long BlockBytes = 4L << 20;

    private Memory<TPixel> _pixels;
    private IDisposable? _owner;
    private bool _contiguous;

    internal ImageFrame(Configuration configuration, int width, int height)
        : base(configuration, width, height)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(width);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(height);
        this._pixels = configuration.MemoryAllocator.AllocatePixels<TPixel>(width, height);
        this._contiguous = configuration.PreferContiguousImageBuffers
            || (long)this._pixels.Length * Unsafe.SizeOf<TPixel>() <= BlockBytes;
    }

    internal ImageFrame(Configuration configuration, int width, int height, Memory<TPixel> pixels, IDisposable? owner)
        : base(configuration, width, height)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(width);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(height);
        this._pixels = pixels[..checked(width * height)];
        this._owner = owner;
        this._contiguous = true;
    }

    internal Span<TPixel> Pixels => this._pixels.Span;

    internal Memory<TPixel> PixelMemory => this._pixels;

    public TPixel this[int x, int y]
    {
        get => this.Reference(x, y);
        set => this.Reference(x, y) = value;
    }

    public void ProcessPixelRows(PixelAccessorAction<TPixel> processPixels)
    {
        ArgumentNullException.ThrowIfNull(processPixels);
        processPixels(new PixelAccessor<TPixel>(this));
    }

    public void ProcessPixelRows<TPixel2>(ImageFrame<TPixel2> frame2, PixelAccessorAction<TPixel, TPixel2> processPixels)
        where TPixel2 : unmanaged, IPixel<TPixel2>
    {
        ArgumentNullException.ThrowIfNull(frame2);
        ArgumentNullException.ThrowIfNull(processPixels);
        processPixels(new PixelAccessor<TPixel>(this), new PixelAccessor<TPixel2>(frame2));
    }

    public void ProcessPixelRows<TPixel2, TPixel3>(
        ImageFrame<TPixel2> frame2,
        ImageFrame<TPixel3> frame3,
        PixelAccessorAction<TPixel, TPixel2, TPixel3> processPixels)
        where TPixel2 : unmanaged, IPixel<TPixel2>
        where TPixel3 : unmanaged, IPixel<TPixel3>
    {
        ArgumentNullException.ThrowIfNull(frame2);
        ArgumentNullException.ThrowIfNull(frame3);
        ArgumentNullException.ThrowIfNull(processPixels);
        processPixels(
            new PixelAccessor<TPixel>(this),
            new PixelAccessor<TPixel2>(frame2),
            new PixelAccessor<TPixel3>(frame3));
    }

    public void CopyPixelDataTo(Span<TPixel> destination)
    {
        if (destination.Length < this._pixels.Length)
        {
            throw new ArgumentOutOfRangeException(nameof(destination));
        }

        this.Pixels.CopyTo(destination);
    }

    public void CopyPixelDataTo(Span<byte> destination) => this.CopyPixelDataTo(MemoryMarshal.Cast<byte, TPixel>(destination));

    public bool DangerousTryGetSinglePixelMemory(out Memory<TPixel> memory)
    {
        memory = this._contiguous ? this._pixels : default;
        return this._contiguous;
    }

    public override string ToString() => $"ImageFrame<{typeof(TPixel).Name}>({this.Width}x{this.Height})";

    internal Span<TPixel> Row(int y) => this._pixels.Span.Slice(checked(y * this.Width), this.Width);

    internal ImageFrame<TTarget> CloneAs<TTarget>(Configuration configuration)
        where TTarget : unmanaged, IPixel<TTarget>
    {
        ImageFrame<TTarget> clone = new(configuration, this.Width, this.Height) { Metadata = this.Metadata.DeepClone() };
        PixelRows.Convert<TPixel, TTarget>(this.Pixels, clone.Pixels);
        return clone;
    }

    /// <summary>Takes the other frame's pixels and gives it its own.</summary>
    internal void Swap(ImageFrame<TPixel> other)
    {
        (this._pixels, other._pixels) = (other._pixels, this._pixels);
        (this._owner, other._owner) = (other._owner, this._owner);
        (this._contiguous, other._contiguous) = (other._contiguous, this._contiguous);
        (this.Width, other.Width) = (other.Width, this.Width);
        (this.Height, other.Height) = (other.Height, this.Height);
    }

    protected override void Dispose(bool disposing)
    {
        this._owner?.Dispose();
        this._owner = null;
        this._pixels = default;
    }

    private ref TPixel Reference(int x, int y)
    {
        if ((uint)x >= (uint)this.Width)
        {
            throw new ArgumentOutOfRangeException(nameof(x));
        }

        if ((uint)y >= (uint)this.Height)
        {
            throw new ArgumentOutOfRangeException(nameof(y));
        }

        return ref this._pixels.Span[(y * this.Width) + x];
    }
}

public abstract class ImageFrameCollection : IDisposable, IEnumerable<ImageFrame>
{
    private protected ImageFrameCollection()
    {
    }

    public abstract int Count { get; }

    public ImageFrame RootFrame => this.NonGenericRootFrame;

    protected abstract ImageFrame NonGenericRootFrame { get; }

    public IEnumerator<ImageFrame> GetEnumerator()
    {
        yield return this.RootFrame;
    }

    System.Collections.IEnumerator System.Collections.IEnumerable.GetEnumerator() => this.GetEnumerator();

    public abstract void Dispose();
}

/// <summary>This stand-in reads and writes still pictures, so the collection always holds one frame.</summary>
public sealed class ImageFrameCollection<TPixel> : ImageFrameCollection, IEnumerable<ImageFrame<TPixel>>
    where TPixel : unmanaged, IPixel<TPixel>
{
    internal ImageFrameCollection(ImageFrame<TPixel> frame) => this.RootFrame = frame;

    public override int Count => 1;

    public new ImageFrame<TPixel> RootFrame { get; }

    protected override ImageFrame NonGenericRootFrame => this.RootFrame;

    public ImageFrame<TPixel> this[int index]
        => index == 0 ? this.RootFrame : throw new ArgumentOutOfRangeException(nameof(index));

    public new IEnumerator<ImageFrame<TPixel>> GetEnumerator()
    {
        yield return this.RootFrame;
    }

    System.Collections.IEnumerator System.Collections.IEnumerable.GetEnumerator() => this.GetEnumerator();

    public override void Dispose() => this.RootFrame.Dispose();
}
