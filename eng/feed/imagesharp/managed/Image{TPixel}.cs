using SixLabors.ImageSharp.Formats;
using SixLabors.ImageSharp.Metadata;
using SixLabors.ImageSharp.PixelFormats;
using SixLabors.ImageSharp.Processing;

namespace SixLabors.ImageSharp;

public sealed class Image<TPixel> : Image
    where TPixel : unmanaged, IPixel<TPixel>
{
    private readonly ImageFrameCollection<TPixel> _frames;

    public Image(Configuration configuration, int width, int height)
        : this(configuration, width, height, new ImageMetadata())
    {
    }

    public Image(Configuration configuration, int width, int height, TPixel backgroundColor)
        : this(configuration, width, height, new ImageMetadata()) => this._frames.RootFrame.Pixels.Fill(backgroundColor);

    public Image(int width, int height, TPixel backgroundColor)
        : this(Configuration.Default, width, height, backgroundColor)
    {
    }

    public Image(int width, int height)
        : this(Configuration.Default, width, height)
    {
    }

    internal Image(Configuration configuration, int width, int height, ImageMetadata metadata)
        : this(configuration, metadata, new ImageFrame<TPixel>(configuration, width, height))
    {
    }

    internal Image(Configuration configuration, ImageMetadata metadata, ImageFrame<TPixel> frame)
        : base(configuration, PixelTypeInfo.Create<TPixel>(), metadata, frame.Size())
        => this._frames = new ImageFrameCollection<TPixel>(frame);

    public new ImageFrameCollection<TPixel> Frames
    {
        get
        {
            this.EnsureNotDisposed();
            return this._frames;
        }
    }

    protected override ImageFrameCollection NonGenericFrameCollection => this.Frames;

    public TPixel this[int x, int y]
    {
        get => this.Frames.RootFrame[x, y];
        set => this.Frames.RootFrame[x, y] = value;
    }

    public void ProcessPixelRows(PixelAccessorAction<TPixel> processPixels)
        => this.Frames.RootFrame.ProcessPixelRows(processPixels);

    public void ProcessPixelRows<TPixel2>(Image<TPixel2> image2, PixelAccessorAction<TPixel, TPixel2> processPixels)
        where TPixel2 : unmanaged, IPixel<TPixel2>
    {
        ArgumentNullException.ThrowIfNull(image2);
        this.Frames.RootFrame.ProcessPixelRows(image2.Frames.RootFrame, processPixels);
    }

    public void ProcessPixelRows<TPixel2, TPixel3>(
        Image<TPixel2> image2,
        Image<TPixel3> image3,
        PixelAccessorAction<TPixel, TPixel2, TPixel3> processPixels)
        where TPixel2 : unmanaged, IPixel<TPixel2>
        where TPixel3 : unmanaged, IPixel<TPixel3>
    {
        ArgumentNullException.ThrowIfNull(image2);
        ArgumentNullException.ThrowIfNull(image3);
        this.Frames.RootFrame.ProcessPixelRows(image2.Frames.RootFrame, image3.Frames.RootFrame, processPixels);
    }

    public void CopyPixelDataTo(Span<TPixel> destination) => this.Frames.RootFrame.CopyPixelDataTo(destination);

    public void CopyPixelDataTo(Span<byte> destination) => this.Frames.RootFrame.CopyPixelDataTo(destination);

    public bool DangerousTryGetSinglePixelMemory(out Memory<TPixel> memory)
        => this.Frames.RootFrame.DangerousTryGetSinglePixelMemory(out memory);

    public Image<TPixel> Clone() => this.Clone(this.Configuration);

    public Image<TPixel> Clone(Configuration configuration) => this.CloneAs<TPixel>(configuration);

    public override Image<TPixel2> CloneAs<TPixel2>(Configuration configuration)
        => new(configuration, this.Metadata.DeepClone(), this.Frames.RootFrame.CloneAs<TPixel2>(configuration));

    public override string ToString() => $"Image<{typeof(TPixel).Name}>: {this.Width}x{this.Height}";

    internal override void Encode(Stream stream, IImageEncoder encoder) => encoder.Encode(this, stream);

    internal override Task EncodeAsync(Stream stream, IImageEncoder encoder, CancellationToken cancellationToken)
        => encoder.EncodeAsync(this, stream, cancellationToken);

    internal override void Mutate(Configuration configuration, Action<IImageProcessingContext> operation)
        => operation(new ImageProcessingContext<TPixel>(configuration, this, true));

    internal override Image CloneWith(Configuration configuration, Action<IImageProcessingContext> operation)
    {
        ImageProcessingContext<TPixel> context = new(configuration, this, false);
        operation(context);
        return context.GetResult();
    }

    /// <summary>Takes the other image's pixels and size; the other is left to be disposed.</summary>
    internal void SwapPixels(Image<TPixel> other)
    {
        this.Frames.RootFrame.Swap(other.Frames.RootFrame);
        this.Size = this._frames.RootFrame.Size();
        other.Size = other._frames.RootFrame.Size();
    }

    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            this._frames.Dispose();
        }
    }
}
