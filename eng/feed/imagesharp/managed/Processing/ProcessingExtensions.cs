using SixLabors.ImageSharp.PixelFormats;
using SixLabors.ImageSharp.Processing.Processors;

namespace SixLabors.ImageSharp.Processing;

public static class ProcessingExtensions
{
    public static void Mutate(this Image source, Action<IImageProcessingContext> operation)
        => source.Mutate(source.Configuration, operation);

    public static void Mutate(this Image source, Configuration configuration, Action<IImageProcessingContext> operation)
    {
        Check(source, configuration, operation);
        source.Mutate(configuration, operation);
    }

    public static void Mutate<TPixel>(this Image<TPixel> source, Action<IImageProcessingContext> operation)
        where TPixel : unmanaged, IPixel<TPixel>
        => Mutate(source, source.Configuration, operation);

    public static void Mutate<TPixel>(
        this Image<TPixel> source,
        Configuration configuration,
        Action<IImageProcessingContext> operation)
        where TPixel : unmanaged, IPixel<TPixel>
    {
        Check(source, configuration, operation);
        ((Image)source).Mutate(configuration, operation);
    }

    public static void Mutate<TPixel>(this Image<TPixel> source, params IImageProcessor[] operations)
        where TPixel : unmanaged, IPixel<TPixel>
        => Mutate(source, source.Configuration, operations);

    public static void Mutate<TPixel>(
        this Image<TPixel> source,
        Configuration configuration,
        params IImageProcessor[] operations)
        where TPixel : unmanaged, IPixel<TPixel>
    {
        ArgumentNullException.ThrowIfNull(operations);
        Mutate(source, configuration, context => context.ApplyProcessors(operations));
    }

    public static Image Clone(this Image source, Action<IImageProcessingContext> operation)
        => source.Clone(source.Configuration, operation);

    public static Image Clone(this Image source, Configuration configuration, Action<IImageProcessingContext> operation)
    {
        Check(source, configuration, operation);
        return source.CloneWith(configuration, operation);
    }

    public static Image<TPixel> Clone<TPixel>(this Image<TPixel> source, Action<IImageProcessingContext> operation)
        where TPixel : unmanaged, IPixel<TPixel>
        => source.Clone(source.Configuration, operation);

    public static Image<TPixel> Clone<TPixel>(
        this Image<TPixel> source,
        Configuration configuration,
        Action<IImageProcessingContext> operation)
        where TPixel : unmanaged, IPixel<TPixel>
    {
        Check(source, configuration, operation);
        return (Image<TPixel>)source.CloneWith(configuration, operation);
    }

    public static Image<TPixel> Clone<TPixel>(this Image<TPixel> source, params IImageProcessor[] operations)
        where TPixel : unmanaged, IPixel<TPixel>
        => source.Clone(source.Configuration, operations);

    public static Image<TPixel> Clone<TPixel>(
        this Image<TPixel> source,
        Configuration configuration,
        params IImageProcessor[] operations)
        where TPixel : unmanaged, IPixel<TPixel>
    {
        ArgumentNullException.ThrowIfNull(operations);
        return source.Clone(configuration, context => context.ApplyProcessors(operations));
    }

    public static IImageProcessingContext ApplyProcessors(
        this IImageProcessingContext source,
        params IImageProcessor[] operations)
    {
        foreach (IImageProcessor operation in operations)
        {
            source = source.ApplyProcessor(operation);
        }

        return source;
    }

    private static void Check(Image source, Configuration configuration, Action<IImageProcessingContext> operation)
    {
        ArgumentNullException.ThrowIfNull(configuration);
        ArgumentNullException.ThrowIfNull(source);
        ArgumentNullException.ThrowIfNull(operation);
        source.EnsureNotDisposed();
    }
}

public static class AutoOrientExtensions
{
    public static IImageProcessingContext AutoOrient(this IImageProcessingContext source)
        => source.ApplyProcessor(new AutoOrientProcessor());
}

public static class CropExtensions
{
    public static IImageProcessingContext Crop(this IImageProcessingContext source, int width, int height)
        => source.Crop(new Rectangle(0, 0, width, height));

    public static IImageProcessingContext Crop(this IImageProcessingContext source, Rectangle cropRectangle)
        => source.ApplyProcessor(new CropProcessor(cropRectangle, source.GetCurrentSize()));
}

public static class RotateExtensions
{
    public static IImageProcessingContext Rotate(this IImageProcessingContext source, RotateMode rotateMode)
        => source.ApplyProcessor(new QuarterTurnProcessor(rotateMode));
}

public static class FlipExtensions
{
    public static IImageProcessingContext Flip(this IImageProcessingContext source, FlipMode flipMode)
        => source.ApplyProcessor(new FlipProcessor(flipMode));
}

public static class RotateFlipExtensions
{
    public static IImageProcessingContext RotateFlip(
        this IImageProcessingContext source,
        RotateMode rotateMode,
        FlipMode flipMode)
        => source.Rotate(rotateMode).Flip(flipMode);
}
