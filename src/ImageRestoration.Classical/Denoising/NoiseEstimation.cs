using System.Buffers;
using System.Numerics.Tensors;
using ImageRestoration.Imaging;
using ImageRestoration.Restoration;

namespace ImageRestoration.Classical.Denoising;

/// <summary>
/// Estimates the strength of white Gaussian noise from the finest diagonal wavelet coefficients, in which a picture has next to nothing:
/// their median magnitude divided by 0.6745 (Donoho and Johnstone, "Ideal Spatial Adaptation by Wavelet Shrinkage", 1994), with Daubechies'
/// wavelet of two vanishing moments, as scikit-image's <c>estimate_sigma</c>.
/// </summary>
/// <remarks>
/// Fine texture passes for noise: estimates of photographs are too high rather than too low, by about 1 to 2 at sigma 15 and less above.
/// Coefficients of exactly 0, which clipped or filled areas have, do not count. Safe for use from several threads.
/// </remarks>
public static class NoiseEstimation
{
    /// <summary>Standard deviation, on the scale [0, 1], below which there is nothing to denoise: a thousandth of an 8-bit step.</summary>
    internal const double Negligible = 1e-3 / 255;

    /// <summary>Median magnitude of a normally distributed number of standard deviation 1.</summary>
    private const double NormalMedian = 0.67448975019608171;

    /// <summary>High-pass filter of the wavelet; its squares sum up to 1, so that white noise keeps its standard deviation.</summary>
    private static readonly float[] HighPass = [-0.48296291f, 0.83651630f, -0.22414387f, -0.12940952f];

    /// <summary>Estimates the standard deviation of the noise.</summary>
    /// <param name="image">Pictures, NCHW, nominal range [0, 1].</param>
    /// <returns>Sigma on the scale [0, 255], the mean over pictures and channels; 0 of a picture without any detail.</returns>
    public static double EstimateSigma(ImageTensor image)
    {
        ArgumentNullException.ThrowIfNull(image);
        double sum = 0;
        for (int picture = 0; picture < image.Batch; picture++)
        {
            sum += EstimateSigma(image, picture);
        }

        return sum / image.Batch;
    }

    /// <summary>Estimates the standard deviation of one picture's noise, the mean over its channels, on the scale [0, 255].</summary>
    internal static double EstimateSigma(ImageTensor image, int picture)
    {
        double[] sigmas = new double[image.Channels];
        Parallel.For(0, sigmas.Length, channel => sigmas[channel] = EstimateSigma(image, picture, channel));
        return 255 * TensorPrimitives.Average<double>(sigmas);
    }

    private static double EstimateSigma(ImageTensor image, int picture, int channel)
    {
        int columns = (image.Width + 1) / 2;
        int rows = (image.Height + 1) / 2;
        float[] buffer = ArrayPool<float>.Shared.Rent(checked((rows * columns) + image.Width));
        try
        {
            Span<float> line = buffer.AsSpan(0, image.Width);
            Span<float> details = buffer.AsSpan(image.Width, rows * columns);
            int count = 0;
            for (int row = 0; row < rows; row++)
            {
                line.Clear();
                for (int k = 0; k < HighPass.Length; k++)
                {
                    TensorPrimitives.MultiplyAdd(
                        image.Row(picture, channel, MirrorPadding.Mirror((2 * row) + k, image.Height)), HighPass[k], line, line);
                }

                for (int column = 0; column < columns; column++)
                {
                    float detail = Detail(line, 2 * column);

                    // Written so that what is not finite, and so has no median, is left out too.
                    if (detail is > 0 and < float.PositiveInfinity)
                    {
                        details[count++] = detail;
                    }
                }
            }

            return count == 0 ? 0 : Median(details[..count]) / NormalMedian;
        }
        finally
        {
            ArrayPool<float>.Shared.Return(buffer);
        }
    }

    private static float Detail(ReadOnlySpan<float> line, int column)
    {
        float sum = 0;
        if (column + HighPass.Length <= line.Length)
        {
            for (int k = 0; k < HighPass.Length; k++)
            {
                sum += HighPass[k] * line[column + k];
            }
        }
        else
        {
            for (int k = 0; k < HighPass.Length; k++)
            {
                sum += HighPass[k] * line[MirrorPadding.Mirror(column + k, line.Length)];
            }
        }

        return Math.Abs(sum);
    }

    /// <summary>
    /// Finds the lower median of positive numbers, whose bits are ordered as they are: by the upper half of the bits, then by the lower.
    /// </summary>
    private static float Median(ReadOnlySpan<float> values)
    {
        const int bins = 1 << 16;
        int[] counts = ArrayPool<int>.Shared.Rent(bins);
        try
        {
            Span<int> histogram = counts.AsSpan(0, bins);
            histogram.Clear();
            foreach (float value in values)
            {
                histogram[BitConverter.SingleToInt32Bits(value) >> 16]++;
            }

            int rank = (values.Length - 1) / 2;
            int upper = Find(histogram, ref rank);
            histogram.Clear();
            foreach (float value in values)
            {
                int bits = BitConverter.SingleToInt32Bits(value);
                if (bits >> 16 == upper)
                {
                    histogram[bits & (bins - 1)]++;
                }
            }

            return BitConverter.Int32BitsToSingle((upper << 16) | Find(histogram, ref rank));
        }
        finally
        {
            ArrayPool<int>.Shared.Return(counts);
        }
    }

    /// <summary>Finds the bin that holds a rank, and the rank within it.</summary>
    private static int Find(ReadOnlySpan<int> histogram, ref int rank)
    {
        int bin = 0;
        while (rank >= histogram[bin])
        {
            rank -= histogram[bin++];
        }

        return bin;
    }
}
