using SixLabors.ImageSharp.PixelFormats;

namespace SixLabors.ImageSharp.Processing.Processors;

public abstract class CloningImageProcessor : ICloningImageProcessor
{
    public abstract ICloningImageProcessor<TPixel> CreatePixelSpecificCloningProcessor<TPixel>(
        Configuration configuration,
        Image<TPixel> source,
        Rectangle sourceRectangle)
        where TPixel : unmanaged, IPixel<TPixel>;

    IImageProcessor<TPixel> IImageProcessor.CreatePixelSpecificProcessor<TPixel>(
        Configuration configuration,
        Image<TPixel> source,
        Rectangle sourceRectangle)
        => this.CreatePixelSpecificCloningProcessor(configuration, source, sourceRectangle);
}

public abstract class CloningImageProcessor<TPixel> : ICloningImageProcessor<TPixel>
    where TPixel : unmanaged, IPixel<TPixel>
{
    protected CloningImageProcessor(Configuration configuration, Image<TPixel> source, Rectangle sourceRectangle)
    {
        this.Configuration = configuration;
        this.Source = source;
        this.SourceRectangle = sourceRectangle;
    }

    protected Image<TPixel> Source { get; }

    protected Rectangle SourceRectangle { get; }

    protected Configuration Configuration { get; }

    Image<TPixel> ICloningImageProcessor<TPixel>.CloneAndExecute()
    {
        Size size = this.GetDestinationSize();
        Image<TPixel> clone = new(this.Configuration, size.Width, size.Height, this.Source.Metadata.DeepClone());
        this.BeforeImageApply(clone);
        ImageFrame<TPixel> source = this.Source.Frames.RootFrame;
        ImageFrame<TPixel> destination = clone.Frames.RootFrame;
        this.BeforeFrameApply(source, destination);
        this.OnFrameApply(source, destination);
        this.AfterFrameApply(source, destination);
        this.AfterImageApply(clone);
        return clone;
    }

    // Only pixels and size go back to the source; its metadata stays what it was, as in the official package.
    void IImageProcessor<TPixel>.Execute()
    {
        using Image<TPixel> clone = ((ICloningImageProcessor<TPixel>)this).CloneAndExecute();
        this.Source.SwapPixels(clone);
    }

    public void Dispose()
    {
        this.Dispose(true);
        GC.SuppressFinalize(this);
    }

    protected abstract Size GetDestinationSize();

    protected virtual void BeforeImageApply(Image<TPixel> destination)
    {
    }

    protected virtual void BeforeFrameApply(ImageFrame<TPixel> source, ImageFrame<TPixel> destination)
    {
    }

    protected abstract void OnFrameApply(ImageFrame<TPixel> source, ImageFrame<TPixel> destination);

    protected virtual void AfterFrameApply(ImageFrame<TPixel> source, ImageFrame<TPixel> destination)
    {
    }

    protected virtual void AfterImageApply(Image<TPixel> destination)
    {
    }

    protected virtual void Dispose(bool disposing)
    {
    }
}
