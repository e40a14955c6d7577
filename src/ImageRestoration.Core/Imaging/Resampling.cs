using System.Buffers;
using ImageRestoration.Numerics;

namespace ImageRestoration.Imaging;

/// <summary>Changes the size of pictures.</summary>
/// <remarks>
/// Pixels are squares: position x + 0.5 of the result is position (x + 0.5) · from/to of the original. Kernels are widened by the factor
/// when a picture shrinks (antialiasing), and cut and normalised at the border, the conventions of Pillow and of PyTorch's antialiased
/// interpolation. Rows and columns are resampled separately. Bicubic results may leave the range of the original.
/// </remarks>
public static class Resampling
{
    /// <summary>Resamples pictures to a size.</summary>
    /// <param name="image">Pictures, NCHW, with any number of channels.</param>
    /// <param name="height">Rows of the result, at least 1.</param>
    /// <param name="width">Columns of the result, at least 1.</param>
    /// <param name="kernel">How pixels are weighed.</param>
    /// <returns>Pictures of that size; the caller disposes them.</returns>
    public static ImageTensor Resize(ImageTensor image, int height, int width, ResamplingKernel kernel = ResamplingKernel.Bicubic)
    {
        ArgumentNullException.ThrowIfNull(image);
        ArgumentOutOfRangeException.ThrowIfLessThan(height, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(width, 1);
        ThrowIfNotKernel(kernel, nameof(kernel));
        ImageTensor result = ImageTensor.CreateUninitialized(image.Shape with { Height = height, Width = width });
        Resample(image, result, kernel);
        return result;
    }

    /// <summary>Resamples pictures into other ones, to their size.</summary>
    /// <param name="image">Pictures, NCHW, with any number of channels.</param>
    /// <param name="destination">As many pictures and channels, in other memory; every value is written.</param>
    /// <param name="kernel">How pixels are weighed.</param>
    /// <exception cref="TensorShapeException">The destination has another number of pictures or channels.</exception>
    public static void Resize(ImageTensor image, ImageTensor destination, ResamplingKernel kernel = ResamplingKernel.Bicubic)
    {
        ArgumentNullException.ThrowIfNull(image);
        ArgumentNullException.ThrowIfNull(destination);
        ThrowIfNotKernel(kernel, nameof(kernel));
        if (destination.Batch != image.Batch || destination.Channels != image.Channels)
        {
            throw ImagingErrors.OtherChannels(image.Shape, destination.Shape);
        }

        if (image.Span.Overlaps(destination.Span))
        {
            throw ImagingErrors.SharedMemory(nameof(destination));
        }

        Resample(image, destination, kernel);
    }

    private static void ThrowIfNotKernel(ResamplingKernel kernel, string parameterName)
    {
        if (!Enum.IsDefined(kernel))
        {
            throw new ArgumentOutOfRangeException(parameterName, kernel, "The kernel is Area, Bilinear or Bicubic.");
        }
    }

    private static void Resample(ImageTensor image, ImageTensor destination, ResamplingKernel kernel)
    {
        var rows = new ResamplingWeights(image.Height, destination.Height, kernel);
        var columns = new ResamplingWeights(image.Width, destination.Width, kernel);
        float[] room = ArrayPool<float>.Shared.Rent(image.Width);
        int[] offsetRoom = ArrayPool<int>.Shared.Rent(rows.Room);
        Span<float> line = room.AsSpan(0, image.Width);
        for (int n = 0; n < image.Batch; n++)
        {
            for (int c = 0; c < image.Channels; c++)
            {
                ReadOnlySpan<float> plane = image.Plane(n, c);
                for (int y = 0; y < destination.Height; y++)
                {
                    ReadOnlySpan<float> weights = rows.Of(y);
                    Span<int> offsets = offsetRoom.AsSpan(0, weights.Length);
                    for (int i = 0; i < offsets.Length; i++)
                    {
                        offsets[i] = (rows.Start(y) + i) * image.Width;
                    }

                    WeightedSum.Of(plane, offsets, weights, line);
                    ResampleRow(line, columns, destination.Row(n, c, y));
                }
            }
        }

        ArrayPool<float>.Shared.Return(room);
        ArrayPool<int>.Shared.Return(offsetRoom);
    }

    private static void ResampleRow(ReadOnlySpan<float> source, ResamplingWeights columns, Span<float> destination)
    {
        for (int x = 0; x < destination.Length; x++)
        {
            ReadOnlySpan<float> weights = columns.Of(x);
            ReadOnlySpan<float> values = source.Slice(columns.Start(x), weights.Length);
            float sum = 0;
            for (int i = 0; i < weights.Length; i++)
            {
                sum += weights[i] * values[i];
            }

            destination[x] = sum;
        }
    }
}
