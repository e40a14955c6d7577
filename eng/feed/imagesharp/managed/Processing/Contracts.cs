using SixLabors.ImageSharp.PixelFormats;
using SixLabors.ImageSharp.Processing.Processors;

namespace SixLabors.ImageSharp.Processing
{
    public interface IImageProcessingContext
    {
        Configuration Configuration { get; }

        IDictionary<object, object> Properties { get; }

        Size GetCurrentSize();

        IImageProcessingContext ApplyProcessor(IImageProcessor processor, Rectangle rectangle);

        IImageProcessingContext ApplyProcessor(IImageProcessor processor);
    }

    public enum RotateMode
    {
        None,
        Rotate90 = 90,
        Rotate180 = 180,
        Rotate270 = 270,
    }

    public enum FlipMode
    {
        None,
        Horizontal,
        Vertical,
    }
}

namespace SixLabors.ImageSharp.Processing.Processors
{
    public interface IImageProcessor
    {
        IImageProcessor<TPixel> CreatePixelSpecificProcessor<TPixel>(
            Configuration configuration,
            Image<TPixel> source,
            Rectangle sourceRectangle)
            where TPixel : unmanaged, IPixel<TPixel>;
    }

    public interface IImageProcessor<TPixel> : IDisposable
        where TPixel : unmanaged, IPixel<TPixel>
    {
        void Execute();
    }

    public interface ICloningImageProcessor : IImageProcessor
    {
        ICloningImageProcessor<TPixel> CreatePixelSpecificCloningProcessor<TPixel>(
            Configuration configuration,
            Image<TPixel> source,
            Rectangle sourceRectangle)
            where TPixel : unmanaged, IPixel<TPixel>;
    }

    public interface ICloningImageProcessor<TPixel> : IImageProcessor<TPixel>
        where TPixel : unmanaged, IPixel<TPixel>
    {
        Image<TPixel> CloneAndExecute();
    }
}
