using System.Buffers;
using System.Numerics;
using System.Numerics.Tensors;
using System.Runtime.InteropServices;
using ImageRestoration.Imaging;

namespace ImageRestoration.Metrics;

/// <summary>What SSIM and MS-SSIM share: 11×11 Gaussian windows of sigma 1.5 over two pictures, in float64, on all processors.</summary>
internal static class SsimWindows
{
    /// <summary>Side of the window.</summary>
    public const int Size = (2 * Radius) + 1;

    private const int Radius = 5;
    private const double Sigma = 1.5;

    /// <summary>Rows of windows that one piece of work covers.</summary>
    private const int BandHeight = 128;

    /// <summary>Images filtered side by side: x, y, x² + y² and xy. The formula needs the variances' sum only.</summary>
    private const int Quantities = 4;

    private static readonly double[] Taps = CreateTaps();

    /// <summary>Averages over the windows of each plane.</summary>
    /// <param name="expected">The true pictures, at least as large as the window.</param>
    /// <param name="actual">The pictures to score, of the same shape.</param>
    /// <param name="weights">
    /// Weight of the window around each pixel, height × width values; windows that reach over the border see the picture mirrored.
    /// If empty, all windows that lie wholly in the picture count alike, and no others.
    /// </param>
    /// <param name="dataRange">Difference between white and black.</param>
    /// <returns>batch × channels means.</returns>
    public static SsimMeans[] Average(ImageTensor expected, ImageTensor actual, ReadOnlyMemory<float> weights, double dataRange)
    {
        int border = weights.IsEmpty ? 0 : Radius;
        int windowRows = expected.Height + (2 * border) - Size + 1;
        int bands = ((windowRows - 1) / BandHeight) + 1;
        var sums = new SsimMeans[checked(bands * expected.Channels * expected.Batch)];
        if (sums.Length == 1)
        {
            sums[0] = SumBand(expected, actual, weights.Span, border, 0, 0, dataRange);
        }
        else
        {
            Parallel.For(0, sums.Length, i => sums[i] = SumBand(expected, actual, weights.Span, border, i / bands, i % bands, dataRange));
        }

        double total = weights.IsEmpty ? (double)windowRows * (expected.Width - Size + 1) : SumOf(weights.Span);
        var means = new SsimMeans[expected.Channels * expected.Batch];
        for (int plane = 0; plane < means.Length; plane++)
        {
            double similarity = 0, contrastStructure = 0;
            foreach (SsimMeans part in sums.AsSpan(plane * bands, bands))
            {
                similarity += part.Similarity;
                contrastStructure += part.ContrastStructure;
            }

            means[plane] = new SsimMeans(similarity / total, contrastStructure / total);
        }

        return means;
    }

    /// <summary>Sums over up to <see cref="BandHeight"/> rows of windows of one plane.</summary>
    private static SsimMeans SumBand(
        ImageTensor expected, ImageTensor actual, ReadOnlySpan<float> weights, int border, int plane, int band, double dataRange)
    {
        (int height, int width) = (expected.Height, expected.Width);
        int padded = width + (2 * border);
        int length = Quantities * padded;
        int windows = padded - Size + 1;
        (int picture, int channel) = Math.DivRem(plane, expected.Channels);
        ReadOnlySpan<float> x = expected.Plane(picture, channel);
        ReadOnlySpan<float> y = actual.Plane(picture, channel);
        int firstRow = (band * BandHeight) - border;
        int endRow = Math.Min(firstRow + BandHeight + Size - 1, height + border);

        // A ring of the last 11 horizontally filtered rows: each row is filtered once and stays in the cache.
        double[] buffer = ArrayPool<double>.Shared.Rent((Size + 1) * length);
        try
        {
            Span<double> work = buffer.AsSpan(0, length);
            Span<double> ring = buffer.AsSpan(length, Size * length);
            double similarity = 0, contrastStructure = 0;
            for (int row = firstRow, loaded = 0; row < endRow; row++, loaded++)
            {
                int offset = Mirror(row, height) * width;
                LoadRow(x.Slice(offset, width), y.Slice(offset, width), border, work);
                FilterRow(work, ring.Slice(loaded % Size * length, length));
                if (loaded >= Size - 1)
                {
                    FilterColumns(ring, loaded + 1, work);
                    Compare(work, padded, windows, dataRange);
                    Span<double> similarities = work[..windows];
                    Span<double> contrastStructures = work.Slice(padded, windows);
                    if (!weights.IsEmpty)
                    {
                        // The weights go where the formula has left off.
                        Span<double> wide = work.Slice(2 * padded, windows);
                        TensorPrimitives.ConvertTruncating(weights.Slice((row - Radius) * width, width), wide);
                        similarity += TensorPrimitives.Dot<double>(similarities, wide);
                        contrastStructure += TensorPrimitives.Dot<double>(contrastStructures, wide);
                    }
                    else
                    {
                        similarity += TensorPrimitives.Sum<double>(similarities);
                        contrastStructure += TensorPrimitives.Sum<double>(contrastStructures);
                    }
                }
            }

            return new SsimMeans(similarity, contrastStructure);
        }
        finally
        {
            ArrayPool<double>.Shared.Return(buffer);
        }
    }

    private static void LoadRow(ReadOnlySpan<float> x, ReadOnlySpan<float> y, int border, Span<double> destination)
    {
        int padded = destination.Length / Quantities;
        Span<double> wideX = destination[..padded];
        Span<double> wideY = destination.Slice(padded, padded);
        Span<double> squares = destination.Slice(2 * padded, padded);
        Span<double> products = destination.Slice(3 * padded, padded);
        TensorPrimitives.ConvertTruncating(x, wideX[border..]);
        TensorPrimitives.ConvertTruncating(y, wideY[border..]);
        for (int i = 0; i < border; i++)
        {
            int left = (2 * border) - 1 - i;
            int right = padded - 1 - left;
            (wideX[i], wideY[i]) = (wideX[left], wideY[left]);
            (wideX[padded - 1 - i], wideY[padded - 1 - i]) = (wideX[right], wideY[right]);
        }

        TensorPrimitives.Multiply(wideY, wideY, products);
        TensorPrimitives.MultiplyAdd(wideX, wideX, products, squares);
        TensorPrimitives.Multiply(wideX, wideY, products);
    }

    /// <summary>Filters the four rows in one go. The last 10 values of each mix with the next row and are never read.</summary>
    private static void FilterRow(ReadOnlySpan<double> source, Span<double> destination)
    {
        Span<double> valid = destination[..(source.Length - Size + 1)];
        TensorPrimitives.Multiply(source[..valid.Length], Taps[0], valid);
        for (int k = 1; k < Size; k++)
        {
            TensorPrimitives.MultiplyAdd(source.Slice(k, valid.Length), Taps[k], valid, valid);
        }

        destination[valid.Length..].Clear();
    }

    private static void FilterColumns(ReadOnlySpan<double> ring, int oldest, Span<double> destination)
    {
        int length = destination.Length;
        destination.Clear();
        for (int k = 0; k < Size; k++)
        {
            ReadOnlySpan<double> row = ring.Slice((oldest + k) % Size * length, length);
            TensorPrimitives.MultiplyAdd(row, Taps[k], destination, destination);
        }
    }

    /// <summary>Replaces the first filtered row by each window's similarity and the second by its contrast and structure alone.</summary>
    private static void Compare(Span<double> filtered, int padded, int windows, double dataRange)
    {
        double c1 = 0.01 * dataRange * (0.01 * dataRange);
        double c2 = 0.03 * dataRange * (0.03 * dataRange);
        Span<double> meansX = filtered[..windows];
        Span<double> meansY = filtered.Slice(padded, windows);
        Span<double> squares = filtered.Slice(2 * padded, windows);
        Span<double> products = filtered.Slice(3 * padded, windows);
        Span<Vector<double>> xs = MemoryMarshal.Cast<double, Vector<double>>(meansX);
        Span<Vector<double>> ys = MemoryMarshal.Cast<double, Vector<double>>(meansY);
        Span<Vector<double>> ss = MemoryMarshal.Cast<double, Vector<double>>(squares);
        Span<Vector<double>> ps = MemoryMarshal.Cast<double, Vector<double>>(products);
        for (int i = 0; i < xs.Length; i++)
        {
            Vector<double> meanProduct = xs[i] * ys[i];
            Vector<double> meanSquares = (xs[i] * xs[i]) + (ys[i] * ys[i]);
            Vector<double> contrastStructure = ((2 * (ps[i] - meanProduct)) + new Vector<double>(c2))
                / (ss[i] - meanSquares + new Vector<double>(c2));
            ys[i] = contrastStructure;
            xs[i] = ((2 * meanProduct) + new Vector<double>(c1)) / (meanSquares + new Vector<double>(c1)) * contrastStructure;
        }

        for (int i = xs.Length * Vector<double>.Count; i < windows; i++)
        {
            double meanProduct = meansX[i] * meansY[i];
            double meanSquares = (meansX[i] * meansX[i]) + (meansY[i] * meansY[i]);
            double contrastStructure = ((2 * (products[i] - meanProduct)) + c2) / (squares[i] - meanSquares + c2);
            meansY[i] = contrastStructure;
            meansX[i] = ((2 * meanProduct) + c1) / (meanSquares + c1) * contrastStructure;
        }
    }

    /// <summary>Mirrors a row beyond the border, with the outermost row repeated: row −1 is row 0.</summary>
    private static int Mirror(int row, int height) => row < 0 ? -1 - row : row < height ? row : (2 * height) - 1 - row;

    private static double SumOf(ReadOnlySpan<float> weights)
    {
        double sum = 0;
        foreach (float weight in weights)
        {
            sum += weight;
        }

        return sum;
    }

    private static double[] CreateTaps()
    {
        double[] taps = new double[Size];
        for (int k = 0; k < Size; k++)
        {
            double distance = (k - Radius) / Sigma;
            taps[k] = Math.Exp(-0.5 * distance * distance);
        }

        TensorPrimitives.Divide(taps, TensorPrimitives.Sum<double>(taps), taps);
        return taps;
    }
}

/// <summary>Means (or sums) over windows.</summary>
/// <param name="Similarity">Luminance, contrast and structure: SSIM.</param>
/// <param name="ContrastStructure">Contrast and structure without luminance: what MS-SSIM takes of all scales but the coarsest.</param>
internal readonly record struct SsimMeans(double Similarity, double ContrastStructure);
