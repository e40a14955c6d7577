using System.Numerics.Tensors;
using ImageRestoration.Imaging;
using ImageRestoration.Masking;
using ImageRestoration.Restoration;

namespace ImageRestoration.ImageSharp;

/// <summary>Runs pictures of 1 or 3 channels through a restorer of 3 or 1.</summary>
internal static class ChannelAdapter
{
    private const int Colors = 3;

    internal static Task<RestorationResult> RestoreAsync(IRestorer restorer, ImageTensor image, Mask? mask, RestorationOptions? options, CancellationToken cancellationToken)
        => (image.Channels, restorer.Info.Channels) switch
        {
            (1, Colors) => RestoreGreyAsync(restorer, image, mask, options, cancellationToken),
            (Colors, 1) => RestorePlanesAsync(restorer, image, mask, options, cancellationToken),
            _ => RunAsync(restorer, image, mask, options, cancellationToken),
        };

    private static async Task<RestorationResult> RestoreGreyAsync(IRestorer restorer, ImageTensor image, Mask? mask, RestorationOptions? options, CancellationToken cancellationToken)
    {
        using ImageTensor color = ImageTensor.CreateUninitialized(image.Shape with { Channels = Colors });
        for (int n = 0; n < image.Batch; n++)
        {
            for (int c = 0; c < Colors; c++)
            {
                image.Plane(n, 0).CopyTo(color.Plane(n, c));
            }
        }

        using RestorationResult result = await RunAsync(restorer, color, mask, options, cancellationToken).ConfigureAwait(false);
        ImageTensor grey = ImageTensor.CreateUninitialized(image.Shape);
        for (int n = 0; n < image.Batch; n++)
        {
            Span<float> mean = grey.Plane(n, 0);
            TensorPrimitives.Add(result.Image.Plane(n, 0), result.Image.Plane(n, 1), mean);
            TensorPrimitives.Add(mean, result.Image.Plane(n, 2), mean);
            TensorPrimitives.Divide(mean, Colors, mean);
        }

        return new RestorationResult(grey, result.ComputeTime);
    }

    // One plane at a time rather than as a batch of three: memory is what limits large photographs.
    private static async Task<RestorationResult> RestorePlanesAsync(IRestorer restorer, ImageTensor image, Mask? mask, RestorationOptions? options, CancellationToken cancellationToken)
    {
        ImageTensor color = ImageTensor.CreateUninitialized(image.Shape);
        try
        {
            TimeSpan time = TimeSpan.Zero;
            int length = image.Height * image.Width;
            for (int plane = 0; plane < image.Batch * image.Channels; plane++)
            {
                using ImageTensor grey = ImageTensor.Wrap(image.Memory.Slice(plane * length, length), ImageShape.Single(1, image.Height, image.Width));
                using RestorationResult result = await RunAsync(restorer, grey, mask, options, cancellationToken).ConfigureAwait(false);
                result.Image.Span.CopyTo(color.Span.Slice(plane * length, length));
                time += result.ComputeTime;
            }

            return new RestorationResult(color, time);
        }
        catch
        {
            color.Dispose();
            throw;
        }
    }

    private static async Task<RestorationResult> RunAsync(IRestorer restorer, ImageTensor image, Mask? mask, RestorationOptions? options, CancellationToken cancellationToken)
    {
        RestorationResult result = await restorer.RestoreAsync(new RestorationRequest(image, mask), options, cancellationToken).ConfigureAwait(false);
        if (result.Image.Shape != image.Shape)
        {
            ImageShape shape = result.Image.Shape;
            result.Dispose();
            throw new TensorShapeException($"Restorer '{restorer.Info.Name}' made {shape} of a picture of {image.Shape}. A restorer keeps the shape; check its network.");
        }

        return result;
    }
}
