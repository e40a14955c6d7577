using System.Buffers;
using System.Numerics.Tensors;
using ImageRestoration.Imaging;
using SixLabors.ImageSharp;
using SixLabors.ImageSharp.PixelFormats;

namespace ImageRestoration.ImageSharp;

/// <summary>Rounds planes to samples and interleaves them, row by row. Values are limited to [0, 1]; ties go to the even sample.</summary>
internal static class PixelWriter
{
    /// <summary>Makes an image of one picture with 1 or 3 channels.</summary>
    /// <param name="tensor">The pictures.</param>
    /// <param name="index">Which of them.</param>
    /// <param name="alpha">One picture of one channel, or <see langword="null"/> for an image without alpha.</param>
    /// <param name="bitsPerChannel">8 or 16.</param>
    /// <exception cref="ImageFileException">A value is not a number.</exception>
    internal static Image Write(ImageTensor tensor, int index, ImageTensor? alpha, int bitsPerChannel)
    {
        Image image = Create(tensor.Channels, bitsPerChannel, alpha is not null, tensor.Width, tensor.Height);
        try
        {
            Write(tensor, index, alpha, image.Frames.RootFrame, image.Bounds());
            return image;
        }
        catch
        {
            image.Dispose();
            throw;
        }
    }

    /// <summary>
    /// Writes one picture over a part of a frame. Without <paramref name="alpha"/>, the alpha of the frame stays as it is.
    /// </summary>
    /// <exception cref="ImageFileException">A value is not a number, or the pixel type would lose values.</exception>
    internal static void Write(ImageTensor tensor, int index, ImageTensor? alpha, ImageFrame frame, Rectangle area)
    {
        PixelLayout layout = PixelLayout.Of(frame);
        for (int c = 0; c < layout.Channels; c++)
        {
            ThrowIfNotANumber(tensor, index, c, "Picture");
        }

        for (int c = 0; c < layout.Channels; c++)
        {
            using var rows = new PlaneRows(layout, layout.Position(c), tensor, index, c);
            rows.Visit(frame, area);
        }

        if (alpha is not null && layout.HasAlpha)
        {
            ThrowIfNotANumber(alpha, 0, 0, "The alpha of picture");
            using var rows = new PlaneRows(layout, layout.Alpha, alpha, 0, 0);
            rows.Visit(frame, area);
        }
    }

    /// <summary>Rounds a row of values to samples.</summary>
    /// <param name="source">Values, nominal range [0, 1].</param>
    /// <param name="scratch">As long as the row.</param>
    /// <param name="target">As long as the row.</param>
    /// <param name="maximum">The sample of 1: 255 or 65535.</param>
    internal static void Quantize(ReadOnlySpan<float> source, Span<float> scratch, Span<int> target, float maximum)
    {
        TensorPrimitives.Clamp(source, 0f, 1f, scratch);
        TensorPrimitives.Multiply(scratch, maximum, scratch);
        TensorPrimitives.Round<float>(scratch, scratch);
        
        // To 32 bits, which processors convert to at once; narrower ones they do not.
        TensorPrimitives.ConvertTruncating<float, int>(scratch, target);
    }

    /// <summary>Refuses a plane in which a value is not a number.</summary>
    internal static void ThrowIfNotANumber(ImageTensor tensor, int index, int channel, string what)
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

            throw new ImageFileException(Invariant($"{what} {index} holds a value that is not a number (channel {channel}, ")
                + Invariant($"row {position / tensor.Width}, column {position % tensor.Width}), which no image can store. ")
                + "Look for the step that made it, such as a division by zero or a network whose training diverged.");
        }
    }

    private static Image Create(int channels, int bits, bool alpha, int width, int height) => (channels, bits, alpha) switch
    {
        (1, 8, false) => new Image<L8>(width, height),
        (1, 8, true) => new Image<La16>(width, height),
        (1, _, false) => new Image<L16>(width, height),
        (1, _, true) => new Image<La32>(width, height),
        (_, 8, false) => new Image<Rgb24>(width, height),
        (_, 8, true) => new Image<Rgba32>(width, height),
        (_, _, false) => new Image<Rgb48>(width, height),
        _ => new Image<Rgba64>(width, height),
    };

    private sealed class PlaneRows(PixelLayout layout, int position, ImageTensor tensor, int index, int channel) : SampleRows, IDisposable
    {
        private readonly float[] _scratch = ArrayPool<float>.Shared.Rent(tensor.Width);
        private readonly int[] _samples = ArrayPool<int>.Shared.Rent(tensor.Width);

        public void Dispose()
        {
            ArrayPool<float>.Shared.Return(_scratch);
            ArrayPool<int>.Shared.Return(_samples);
        }

        protected override void Row(int y, Span<byte> samples)
        {
            ReadOnlySpan<int> row = Quantize(y, byte.MaxValue);
            for (int x = 0, i = position; x < row.Length; x++, i += layout.Stride)
            {
                samples[i] = (byte)row[x];
            }
        }

        protected override void Row(int y, Span<ushort> samples)
        {
            ReadOnlySpan<int> row = Quantize(y, ushort.MaxValue);
            for (int x = 0, i = position; x < row.Length; x++, i += layout.Stride)
            {
                samples[i] = (ushort)row[x];
            }
        }

        private Span<int> Quantize(int y, float maximum)
        {
            Span<int> row = _samples.AsSpan(0, tensor.Width);
            PixelWriter.Quantize(tensor.Row(index, channel, y), _scratch.AsSpan(0, tensor.Width), row, maximum);
            return row;
        }
    }
}
