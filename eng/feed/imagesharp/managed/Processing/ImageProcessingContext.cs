using System.Collections.Concurrent;
using SixLabors.ImageSharp.PixelFormats;
using SixLabors.ImageSharp.Processing.Processors;

namespace SixLabors.ImageSharp.Processing;

/// <summary>Applies processors to an image, or to a copy that is made when the first processor needs it.</summary>
internal sealed class ImageProcessingContext<TPixel> : IImageProcessingContext
    where TPixel : unmanaged, IPixel<TPixel>
{
    private readonly Image<TPixel> _source;
    private Image<TPixel>? _target;

    public ImageProcessingContext(Configuration configuration, Image<TPixel> source, bool mutate)
    {
        this.Configuration = configuration;
        this._source = source;
        this._target = mutate ? source : null;
    }

    public Configuration Configuration { get; }

    public IDictionary<object, object> Properties { get; } = new ConcurrentDictionary<object, object>();

    public Size GetCurrentSize() => (this._target ?? this._source).Size;

    public IImageProcessingContext ApplyProcessor(IImageProcessor processor)
        => this.ApplyProcessor(processor, new Rectangle(Point.Empty, this.GetCurrentSize()));

    public IImageProcessingContext ApplyProcessor(IImageProcessor processor, Rectangle rectangle)
    {
        if (this._target is null && processor is ICloningImageProcessor cloning)
        {
            using ICloningImageProcessor<TPixel> first =
                cloning.CreatePixelSpecificCloningProcessor(this.Configuration, this._source, rectangle);
            this._target = first.CloneAndExecute();
            return this;
        }

        this._target ??= this._source.Clone(this.Configuration);
        using IImageProcessor<TPixel> specific =
            processor.CreatePixelSpecificProcessor(this.Configuration, this._target, rectangle);
        specific.Execute();
        return this;
    }

    public Image<TPixel> GetResult() => this._target ??= this._source.Clone(this.Configuration);
}
