using System.Numerics;
using System.Numerics.Tensors;
using System.Runtime.InteropServices;
using ImageRestoration.Imaging;
using ImageRestoration.Masking;

namespace ImageRestoration.Metrics;

/// <summary>Peak signal-to-noise ratio in decibels: 10·log₁₀(dataRange² / mean squared error) over a picture with its channels.</summary>
/// <remarks>
/// Values are compared as they are: clamp and round them first (<see cref="Quantization.RoundTo8Bit"/>) to score what a file
/// would hold. Squares are summed in double precision. All methods are safe for use from several threads.
/// </remarks>
public static class Psnr
{
    /// <summary>Compares two batches of pictures.</summary>
    /// <param name="expected">The true pictures, NCHW, nominal range [0, 1] (or see <paramref name="dataRange"/>).</param>
    /// <param name="actual">The pictures to score, of the same shape and range.</param>
    /// <param name="dataRange">Difference between white and black.</param>
    /// <returns>Decibels, the mean over the batch of each picture's ratio; +∞ if a picture is identical.</returns>
    /// <exception cref="TensorShapeException">The shapes differ.</exception>
    /// <exception cref="ArgumentException">A value is NaN or infinite.</exception>
    public static double Compute(ImageTensor expected, ImageTensor actual, double dataRange = 1)
        => TensorPrimitives.Average<double>(ComputePerImage(expected, actual, dataRange));

    /// <summary>Compares two batches of pictures where pixels were missing, and nowhere else.</summary>
    /// <param name="expected">The true pictures, NCHW, nominal range [0, 1] (or see <paramref name="dataRange"/>).</param>
    /// <param name="actual">The pictures to score, of the same shape and range.</param>
    /// <param name="mask">The pixels to compare (1 = missing), for all pictures and channels; at least one is missing.</param>
    /// <param name="dataRange">Difference between white and black.</param>
    /// <returns>Decibels, the mean over the batch of each picture's ratio; +∞ if a picture is identical in the missing pixels.</returns>
    /// <exception cref="TensorShapeException">The shapes differ.</exception>
    /// <exception cref="ArgumentException">A compared value is NaN or infinite, or no pixel is missing.</exception>
    public static double Compute(ImageTensor expected, ImageTensor actual, Mask mask, double dataRange = 1)
    {
        MetricInput.Validate(expected, actual, dataRange);
        long missing = MetricInput.CountMissing(expected, mask);
        double total = 0;
        for (int b = 0; b < expected.Batch; b++)
        {
            double sum = 0;
            for (int c = 0; c < expected.Channels; c++)
            {
                sum += SumOfSquares(expected.Plane(b, c), actual.Plane(b, c), mask.Values);
            }

            total += ToDecibels(sum, missing * expected.Channels, dataRange, expected, actual);
        }

        return total / expected.Batch;
    }

    /// <summary>Compares the luma (see <see cref="Luma"/>) of two batches of RGB pictures.</summary>
    /// <inheritdoc cref="Compute(ImageTensor, ImageTensor, double)"/>
    public static double ComputeLuma(ImageTensor expected, ImageTensor actual, double dataRange = 1)
    {
        MetricInput.Validate(expected, actual, dataRange);
        using ImageTensor x = Luma.FromRgb(expected, dataRange);
        using ImageTensor y = Luma.FromRgb(actual, dataRange);
        return Compute(x, y, dataRange);
    }

    /// <summary>Compares the luma (see <see cref="Luma"/>) of two batches of RGB pictures in their missing pixels alone.</summary>
    /// <inheritdoc cref="Compute(ImageTensor, ImageTensor, Mask, double)"/>
    public static double ComputeLuma(ImageTensor expected, ImageTensor actual, Mask mask, double dataRange = 1)
    {
        MetricInput.Validate(expected, actual, dataRange);
        using ImageTensor x = Luma.FromRgb(expected, dataRange);
        using ImageTensor y = Luma.FromRgb(actual, dataRange);
        return Compute(x, y, mask, dataRange);
    }

    /// <summary>Compares two batches picture by picture.</summary>
    /// <returns>Decibels of each picture; +∞ where the two are identical.</returns>
    /// <inheritdoc cref="Compute(ImageTensor, ImageTensor, double)"/>
    public static double[] ComputePerImage(ImageTensor expected, ImageTensor actual, double dataRange = 1)
    {
        MetricInput.Validate(expected, actual, dataRange);
        int picture = expected.Span.Length / expected.Batch;
        double[] result = new double[expected.Batch];
        for (int b = 0; b < result.Length; b++)
        {
            double sum = SumOfSquares(expected.Span.Slice(b * picture, picture), actual.Span.Slice(b * picture, picture));
            result[b] = ToDecibels(sum, picture, dataRange, expected, actual);
        }

        return result;
    }

    private static double ToDecibels(double sum, long count, double dataRange, ImageTensor expected, ImageTensor actual)
    {
        // Finite floats cannot overflow a sum of squares in double precision.
        if (!double.IsFinite(sum))
        {
            throw MetricInput.NotFinite(expected, actual);
        }

        return 10 * Math.Log10(dataRange * dataRange / (sum / count));
    }

    private static double SumOfSquares(ReadOnlySpan<float> x, ReadOnlySpan<float> y)
    {
        ReadOnlySpan<Vector<float>> xs = MemoryMarshal.Cast<float, Vector<float>>(x);
        ReadOnlySpan<Vector<float>> ys = MemoryMarshal.Cast<float, Vector<float>>(y);
        Vector<double> low = Vector<double>.Zero;
        Vector<double> high = Vector<double>.Zero;
        for (int i = 0; i < xs.Length; i++)
        {
            Vector.Widen(xs[i], out Vector<double> xLow, out Vector<double> xHigh);
            Vector.Widen(ys[i], out Vector<double> yLow, out Vector<double> yHigh);
            xLow -= yLow;
            xHigh -= yHigh;
            low += xLow * xLow;
            high += xHigh * xHigh;
        }

        double sum = Vector.Sum(low + high);
        for (int i = xs.Length * Vector<float>.Count; i < x.Length; i++)
        {
            double difference = (double)x[i] - y[i];
            sum += difference * difference;
        }

        return sum;
    }

    private static double SumOfSquares(ReadOnlySpan<float> x, ReadOnlySpan<float> y, ReadOnlySpan<byte> missing)
    {
        double sum = 0;
        for (int i = 0; i < missing.Length; i++)
        {
            if (missing[i] != 0)
            {
                double difference = (double)x[i] - y[i];
                sum += difference * difference;
            }
        }

        return sum;
    }
}
