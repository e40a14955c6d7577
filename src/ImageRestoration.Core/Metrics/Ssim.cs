using System.Buffers;
using System.Numerics.Tensors;
using ImageRestoration.Imaging;

namespace ImageRestoration.Metrics;

/// <summary>
/// Structural similarity (Wang, Bovik, Sheikh and Simoncelli, "Image Quality Assessment: From Error Visibility to Structural
/// Similarity", 2004): 11×11 Gaussian window of sigma 1.5, K₁ = 0.01, K₂ = 0.03, the mean over all whole windows and channels.
/// </summary>
/// <remarks>
/// Equal to scikit-image's <c>structural_similarity</c> with <c>gaussian_weights=True, sigma=1.5, use_sample_covariance=False</c>,
/// which likewise leaves out the windows that reach over the border. Computed in double precision, on all processors;
/// the result does not depend on their number. All methods are safe for use from several threads.
/// </remarks>
public static class Ssim
{
    /// <summary>Side of the window, and so the smallest height and width that can be compared.</summary>
    public const int WindowSize = (2 * Radius) + 1;

    private const int Radius = 5;
    private const double Sigma = 1.5;

    /// <summary>Rows of windows that one piece of work covers.</summary>
    private const int BandHeight = 128;

    /// <summary>Images filtered side by side: x, y, x² + y² and xy. The formula needs the variances' sum only.</summary>
    private const int Quantities = 4;

    private static readonly double[] Weights = CreateWeights();

    /// <summary>Compares two batches of pictures.</summary>
    /// <param name="expected">The true pictures, NCHW, nominal range [0, 1] (or see <paramref name="dataRange"/>), at least 11×11.</param>
    /// <param name="actual">The pictures to score, of the same shape and range.</param>
    /// <param name="dataRange">Difference between white and black.</param>
    /// <returns>The mean over the batch of each picture's similarity; 1 if all are identical.</returns>
    /// <exception cref="TensorShapeException">The shapes differ, or the pictures are smaller than the window.</exception>
    /// <exception cref="ArgumentException">A value is NaN or infinite.</exception>
    public static double Compute(ImageTensor expected, ImageTensor actual, double dataRange = 1)
        => TensorPrimitives.Average<double>(ComputePerPicture(expected, actual, dataRange));

    /// <summary>Compares two batches picture by picture.</summary>
    /// <param name="expected">The true pictures, NCHW, nominal range [0, 1] (or see <paramref name="dataRange"/>), at least 11×11.</param>
    /// <param name="actual">The pictures to score, of the same shape and range.</param>
    /// <param name="dataRange">Difference between white and black.</param>
    /// <returns>Similarity of each picture: at most 1, and 1 where the two are identical.</returns>
    /// <exception cref="TensorShapeException">The shapes differ, or the pictures are smaller than the window.</exception>
    /// <exception cref="ArgumentException">A value is NaN or infinite.</exception>
    public static double[] ComputePerPicture(ImageTensor expected, ImageTensor actual, double dataRange = 1)
    {
        MetricInput.Validate(expected, actual, dataRange);
        if (expected.Height < WindowSize || expected.Width < WindowSize)
        {
            throw new TensorShapeException($"The images are {expected.Height}×{expected.Width} (height×width); SSIM's window needs at least {WindowSize}×{WindowSize}. Compare larger images, or use PSNR.");
        }

        int windowRows = expected.Height - WindowSize + 1;
        int bands = ((windowRows - 1) / BandHeight) + 1;
        int picture = bands * expected.Channels;
        double[] sums = new double[checked(picture * expected.Batch)];
        if (sums.Length == 1)
        {
            sums[0] = SumBand(expected, actual, 0, 0, dataRange);
        }
        else
        {
            Parallel.For(0, sums.Length, i => sums[i] = SumBand(expected, actual, i / bands, i % bands, dataRange));
        }

        double windows = (double)windowRows * (expected.Width - WindowSize + 1) * expected.Channels;
        double[] result = new double[expected.Batch];
        for (int b = 0; b < result.Length; b++)
        {
            double sum = 0;
            foreach (double part in sums.AsSpan(b * picture, picture))
            {
                sum += part;
            }

            result[b] = double.IsFinite(sum) ? sum / windows : throw MetricInput.NotFinite(expected, actual);
        }

        return result;
    }

    /// <summary>Sums the similarity over up to <see cref="BandHeight"/> rows of windows of one plane.</summary>
    private static double SumBand(ImageTensor expected, ImageTensor actual, int plane, int band, double dataRange)
    {
        int width = expected.Width;
        int length = Quantities * width;
        (int picture, int channel) = Math.DivRem(plane, expected.Channels);
        ReadOnlySpan<float> x = expected.Plane(picture, channel);
        ReadOnlySpan<float> y = actual.Plane(picture, channel);
        int firstRow = band * BandHeight;
        int endRow = Math.Min(firstRow + BandHeight + WindowSize - 1, expected.Height);

        // A ring of the last 11 horizontally filtered rows: each row is filtered once and stays in the cache.
        double[] buffer = ArrayPool<double>.Shared.Rent((WindowSize + 1) * length);
        try
        {
            Span<double> work = buffer.AsSpan(0, length);
            Span<double> ring = buffer.AsSpan(length, WindowSize * length);
            double sum = 0;
            for (int row = firstRow; row < endRow; row++)
            {
                int offset = row * width;
                LoadRow(x.Slice(offset, width), y.Slice(offset, width), work);
                FilterRow(work, ring.Slice(row % WindowSize * length, length));
                if (row >= firstRow + WindowSize - 1)
                {
                    FilterColumns(ring, row + 1, work);
                    sum += SumRow(work, width, dataRange);
                }
            }

            return sum;
        }
        finally
        {
            ArrayPool<double>.Shared.Return(buffer);
        }
    }

    private static void LoadRow(ReadOnlySpan<float> x, ReadOnlySpan<float> y, Span<double> destination)
    {
        int width = x.Length;
        Span<double> wideX = destination[..width];
        Span<double> wideY = destination.Slice(width, width);
        Span<double> squares = destination.Slice(2 * width, width);
        Span<double> products = destination.Slice(3 * width, width);
        TensorPrimitives.ConvertTruncating(x, wideX);
        TensorPrimitives.ConvertTruncating(y, wideY);
        TensorPrimitives.Multiply(wideY, wideY, products);
        TensorPrimitives.MultiplyAdd(wideX, wideX, products, squares);
        TensorPrimitives.Multiply(wideX, wideY, products);
    }

    /// <summary>Filters the four rows in one go. The last 10 values of each mix with the next row and are never read.</summary>
    private static void FilterRow(ReadOnlySpan<double> source, Span<double> destination)
    {
        Span<double> valid = destination[..(source.Length - WindowSize + 1)];
        TensorPrimitives.Multiply(source[..valid.Length], Weights[0], valid);
        for (int k = 1; k < WindowSize; k++)
        {
            TensorPrimitives.MultiplyAdd(source.Slice(k, valid.Length), Weights[k], valid, valid);
        }

        destination[valid.Length..].Clear();
    }

    private static void FilterColumns(ReadOnlySpan<double> ring, int oldestRow, Span<double> destination)
    {
        int length = destination.Length;
        destination.Clear();
        for (int k = 0; k < WindowSize; k++)
        {
            ReadOnlySpan<double> row = ring.Slice((oldestRow + k) % WindowSize * length, length);
            TensorPrimitives.MultiplyAdd(row, Weights[k], destination, destination);
        }
    }

    private static double SumRow(ReadOnlySpan<double> filtered, int width, double dataRange)
    {
        double c1 = 0.01 * dataRange * (0.01 * dataRange);
        double c2 = 0.03 * dataRange * (0.03 * dataRange);
        int windows = width - WindowSize + 1;
        ReadOnlySpan<double> meansX = filtered[..windows];
        ReadOnlySpan<double> meansY = filtered.Slice(width, windows);
        ReadOnlySpan<double> squares = filtered.Slice(2 * width, windows);
        ReadOnlySpan<double> products = filtered.Slice(3 * width, windows);
        double sum = 0;
        for (int i = 0; i < windows; i++)
        {
            double meanProduct = meansX[i] * meansY[i];
            double meanSquares = (meansX[i] * meansX[i]) + (meansY[i] * meansY[i]);
            double covariance = products[i] - meanProduct;
            double variances = squares[i] - meanSquares;
            sum += ((2 * meanProduct) + c1) * ((2 * covariance) + c2) / ((meanSquares + c1) * (variances + c2));
        }

        return sum;
    }

    private static double[] CreateWeights()
    {
        double[] weights = new double[WindowSize];
        for (int k = 0; k < WindowSize; k++)
        {
            double distance = (k - Radius) / Sigma;
            weights[k] = Math.Exp(-0.5 * distance * distance);
        }

        TensorPrimitives.Divide(weights, TensorPrimitives.Sum<double>(weights), weights);
        return weights;
    }
}
