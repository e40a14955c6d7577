using System.Buffers;
using System.Numerics;
using System.Numerics.Tensors;
using System.Runtime.InteropServices;
using ImageRestoration.Imaging;
using SixLabors.ImageSharp;
using SixLabors.ImageSharp.PixelFormats;

namespace ImageRestoration.ImageSharp;

/// <summary>Rounds planes to samples and interleaves them, row by row.</summary>
internal static class PixelWriter
{
    /// <summary>Makes an image of one picture with 1 or 3 channels.</summary>
    internal static Image Write(ImageTensor tensor, int index, int bitsPerChannel)
    {
        for (int c = 0; c < tensor.Channels; c++)
        {
            ThrowIfNotANumber(tensor, index, c);
        }

        return (tensor.Channels, bitsPerChannel) switch
        {
            (1, 8) => Write<L8, byte>(tensor, index, byte.MaxValue),
            (1, _) => Write<L16, ushort>(tensor, index, ushort.MaxValue),
            (_, 8) => Write<Rgb24, byte>(tensor, index, byte.MaxValue),
            _ => Write<Rgb48, ushort>(tensor, index, ushort.MaxValue),
        };
    }

    private static void ThrowIfNotANumber(ImageTensor tensor, int index, int channel)
    {
        ReadOnlySpan<float> plane = tensor.Plane(index, channel);

        // Magnitudes never cancel out, so the sum is NaN exactly where one of them is.
        if (float.IsNaN(TensorPrimitives.SumOfMagnitudes(plane)))
        {
            int position = 0;
            while (!float.IsNaN(plane[position]))
            {
                position++;
            }

            throw new ImageFileException($"Picture {index} holds a value that is not a number (channel {channel}, row {position / tensor.Width}, column {position % tensor.Width}), which no image can store. Look for the step that made it, such as a division by zero or a network whose training diverged.");
        }
    }

    // TPixel is nothing but 1 or 3 TSample in the order of the planes.
    private static Image<TPixel> Write<TPixel, TSample>(ImageTensor tensor, int index, float maximum)
        where TPixel : unmanaged, IPixel<TPixel>
        where TSample : unmanaged, INumberBase<TSample>
    {
        int width = tensor.Width;
        int channels = tensor.Channels;
        var image = new Image<TPixel>(width, tensor.Height);
        float[] scaled = ArrayPool<float>.Shared.Rent(width);
        TSample[] samples = ArrayPool<TSample>.Shared.Rent(width * channels);
        try
        {
            image.ProcessPixelRows(pixels =>
            {
                for (int y = 0; y < pixels.Height; y++)
                {
                    Span<TSample> target = MemoryMarshal.Cast<TPixel, TSample>(pixels.GetRowSpan(y));
                    for (int c = 0; c < channels; c++)
                    {
                        Span<TSample> planar = channels == 1 ? target : samples.AsSpan(c * width, width);
                        Quantize(tensor.Row(index, c, y), scaled.AsSpan(0, width), planar, maximum);
                    }

                    if (channels == 3)
                    {
                        Interleave(samples.AsSpan(0, width), samples.AsSpan(width, width), samples.AsSpan(2 * width, width), target);
                    }
                }
            });
            return image;
        }
        catch
        {
            image.Dispose();
            throw;
        }
        finally
        {
            ArrayPool<float>.Shared.Return(scaled);
            ArrayPool<TSample>.Shared.Return(samples);
        }
    }

    private static void Quantize<TSample>(ReadOnlySpan<float> source, Span<float> scaled, Span<TSample> target, float maximum)
        where TSample : unmanaged, INumberBase<TSample>
    {
        TensorPrimitives.Clamp(source, 0f, 1f, scaled);
        TensorPrimitives.Multiply(scaled, maximum, scaled);
        TensorPrimitives.Round<float>(scaled, scaled);
        TensorPrimitives.ConvertTruncating<float, TSample>(scaled, target);
    }

    private static void Interleave<TSample>(ReadOnlySpan<TSample> red, ReadOnlySpan<TSample> green, ReadOnlySpan<TSample> blue, Span<TSample> target)
        where TSample : unmanaged
    {
        for (int x = 0; x < red.Length; x++)
        {
            Span<TSample> pixel = target.Slice(3 * x, 3);
            pixel[0] = red[x];
            pixel[1] = green[x];
            pixel[2] = blue[x];
        }
    }
}
