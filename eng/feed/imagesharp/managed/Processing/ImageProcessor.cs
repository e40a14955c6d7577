using SixLabors.ImageSharp.PixelFormats;

namespace SixLabors.ImageSharp.Processing.Processors;

public abstract class ImageProcessor<TPixel> : IImageProcessor<TPixel>
    where TPixel : unmanaged, IPixel<TPixel>
{
    protected ImageProcessor(Configuration configuration, Image<TPixel> source, Rectangle sourceRectangle)
    {
        this.Configuration = configuration;
        this.Source = source;
        this.SourceRectangle = sourceRectangle;
    }

    protected Image<TPixel> Source { get; }

    protected Rectangle SourceRectangle { get; }

    protected Configuration Configuration { get; }

    void IImageProcessor<TPixel>.Execute()
    {
        this.BeforeImageApply();
        foreach (ImageFrame<TPixel> frame in this.Source.Frames)
        {
            this.Apply(frame);
        }

        this.AfterImageApply();
    }

    public void Apply(ImageFrame<TPixel> source)
    {
        this.BeforeFrameApply(source);
        this.OnFrameApply(source);
        this.AfterFrameApply(source);
    }

    public void Dispose()
    {
        this.Dispose(true);
        GC.SuppressFinalize(this);
    }

    protected virtual void BeforeImageApply()
    {
    }

    protected virtual void BeforeFrameApply(ImageFrame<TPixel> source)
    {
    }

    protected abstract void OnFrameApply(ImageFrame<TPixel> source);

    protected virtual void AfterFrameApply(ImageFrame<TPixel> source)
    {
    }

    protected virtual void AfterImageApply()
    {
    }

    protected virtual void Dispose(bool disposing)
    {
    }
}
