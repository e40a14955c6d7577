using ImageRestoration.Imaging;
using ImageRestoration.Masking;
using ImageRestoration.Photos;
using ImageRestoration.Restoration;
using SixLabors.ImageSharp;
using SixLabors.ImageSharp.PixelFormats;
using SixLabors.ImageSharp.Processing.Processors;

namespace ImageRestoration.ImageSharp;

/// <summary>Restores the frames of an image, or the same part of each.</summary>
internal sealed class RestoreProcessor(IRestorer restorer, Mask? mask, AlphaHandling alpha) : IImageProcessor
{
    public IImageProcessor<TPixel> CreatePixelSpecificProcessor<TPixel>(
        Configuration configuration, Image<TPixel> source, Rectangle sourceRectangle)
        where TPixel : unmanaged, IPixel<TPixel>
        => new Blocking<TPixel>(this, source, Rectangle.Intersect(sourceRectangle, source.Bounds()));

    internal async Task RunAsync(Image image, Rectangle area, CancellationToken cancellationToken)
    {
        foreach (ImageFrame frame in image.Frames)
        {
            cancellationToken.ThrowIfCancellationRequested();
            await RunAsync(frame, area, cancellationToken).ConfigureAwait(false);
        }

        RestoredMetadata.Forget(image);
    }

    private async Task RunAsync(ImageFrame frame, Rectangle area, CancellationToken cancellationToken)
    {
        using ImageTensor color = PixelReader.Read(frame, area, out ImageTensor? transparency);
        using ImageTensor? given = transparency;
        using RestoredPhoto result = await PhotoRestoration.RestoreAsync(
            restorer, color, given, mask, new PhotoSettings(alpha), cancellationToken).ConfigureAwait(false);
        cancellationToken.ThrowIfCancellationRequested();
        using ImageTensor? opaque = given is not null && result.Alpha is null ? Opaque(given.Shape) : null;
        PixelWriter.Write(result.Color, 0, opaque ?? result.Alpha, frame, area);
    }

    private static ImageTensor Opaque(ImageShape shape)
    {
        ImageTensor tensor = ImageTensor.CreateUninitialized(shape);
        tensor.Span.Fill(1f);
        return tensor;
    }

    /// <summary>Runs inside ImageSharp's chain of operations, which knows no tasks.</summary>
    private sealed class Blocking<TPixel>(RestoreProcessor processor, Image<TPixel> source, Rectangle area) : IImageProcessor<TPixel>
        where TPixel : unmanaged, IPixel<TPixel>
    {
        // Started on the pool: on a thread with a synchronization context, waiting for what wants to return to it would never end.
        public void Execute() => Task.Run(() => processor.RunAsync(source, area, CancellationToken.None)).GetAwaiter().GetResult();

        public void Dispose()
        {
        }
    }
}
