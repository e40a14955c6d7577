using System.Numerics.Tensors;
using ImageRestoration.Imaging;
using ImageRestoration.Masking;

namespace ImageRestoration.Metrics;

/// <summary>
/// Multi-scale structural similarity (Wang, Simoncelli and Bovik, "Multiscale Structural Similarity for Image Quality Assessment",
/// 2003): contrast and structure on five scales and luminance on the coarsest, each mean raised to its published weight and all multiplied.
/// </summary>
/// <remarks>
/// <para>Each scale halves the one before by means of 2×2 pixels, the last row or column of an odd size being repeated. Windows and
/// constants are those of <see cref="Ssim"/>. A mean below 0, which has no real power, counts as 0. Channels are compared one by one
/// and averaged.</para>
/// <para>With a mask, each scale averages over the windows around missing pixels, the picture being mirrored at its border; on the
/// coarser scales a window counts by the share of its centre that is missing.</para>
/// <para>Windows are computed in double precision, on all processors; the result does not depend on their number. All methods are safe
/// for use from several threads.</para>
/// </remarks>
public static class MsSsim
{
    /// <summary>Smallest height and width that can be compared: four times halved and rounded up, it is the window's side, 11.</summary>
    public const int MinimumSize = ((SsimWindows.Size - 1) << (Scales - 1)) + 1;

    private const int Scales = 5;

    /// <summary>Exponents of the scales, finest first (section 3.2 of the paper).</summary>
    private static readonly double[] Exponents = [0.0448, 0.2856, 0.3001, 0.2363, 0.1333];

    /// <summary>Compares two batches of pictures.</summary>
    /// <param name="expected">True pictures, NCHW, nominal range [0, 1] (or see <paramref name="dataRange"/>), at least 161×161.</param>
    /// <param name="actual">The pictures to score, of the same shape and range.</param>
    /// <param name="dataRange">Difference between white and black.</param>
    /// <returns>The mean over the batch of each picture's similarity, from 0 to 1; 1 if all are identical.</returns>
    /// <exception cref="TensorShapeException">The shapes differ, or the pictures are too small for five scales.</exception>
    /// <exception cref="ArgumentException">A value is NaN or infinite.</exception>
    public static double Compute(ImageTensor expected, ImageTensor actual, double dataRange = 1)
        => TensorPrimitives.Average<double>(ComputePerImage(expected, actual, dataRange));

    /// <summary>Compares two batches of pictures around the pixels that were missing.</summary>
    /// <param name="expected">True pictures, NCHW, nominal range [0, 1] (or see <paramref name="dataRange"/>), at least 161×161.</param>
    /// <param name="actual">The pictures to score, of the same shape and range.</param>
    /// <param name="mask">The pixels whose windows count (1 = missing), for all pictures and channels; at least one is missing.</param>
    /// <param name="dataRange">Difference between white and black.</param>
    /// <returns>The mean over the batch of each picture's similarity, 0 to 1; 1 if all are identical around the missing pixels.</returns>
    /// <exception cref="TensorShapeException">The shapes differ, or the pictures are too small for five scales.</exception>
    /// <exception cref="ArgumentException">A value is NaN or infinite, or no pixel is missing.</exception>
    public static double Compute(ImageTensor expected, ImageTensor actual, Mask mask, double dataRange = 1)
    {
        Validate(expected, actual, dataRange);
        using var weights = ImageTensor.Wrap(MetricInput.Weights(expected, mask), ImageShape.Single(1, expected.Height, expected.Width));
        return TensorPrimitives.Average<double>(ComputePerImage(expected, actual, weights, dataRange));
    }

    /// <summary>Compares the luma (see <see cref="Luma"/>) of two batches of RGB pictures.</summary>
    /// <inheritdoc cref="Compute(ImageTensor, ImageTensor, double)"/>
    public static double ComputeLuma(ImageTensor expected, ImageTensor actual, double dataRange = 1)
    {
        Validate(expected, actual, dataRange);
        using ImageTensor x = Luma.FromRgb(expected, dataRange);
        using ImageTensor y = Luma.FromRgb(actual, dataRange);
        return Compute(x, y, dataRange);
    }

    /// <summary>Compares the luma (see <see cref="Luma"/>) of two batches of RGB pictures around the pixels that were missing.</summary>
    /// <inheritdoc cref="Compute(ImageTensor, ImageTensor, Mask, double)"/>
    public static double ComputeLuma(ImageTensor expected, ImageTensor actual, Mask mask, double dataRange = 1)
    {
        Validate(expected, actual, dataRange);
        using ImageTensor x = Luma.FromRgb(expected, dataRange);
        using ImageTensor y = Luma.FromRgb(actual, dataRange);
        return Compute(x, y, mask, dataRange);
    }

    /// <summary>Compares two batches picture by picture.</summary>
    /// <returns>Similarity of each picture, from 0 to 1; 1 where the two are identical.</returns>
    /// <inheritdoc cref="Compute(ImageTensor, ImageTensor, double)"/>
    public static double[] ComputePerImage(ImageTensor expected, ImageTensor actual, double dataRange = 1)
    {
        Validate(expected, actual, dataRange);
        return ComputePerImage(expected, actual, weights: null, dataRange);
    }

    private static double[] ComputePerImage(ImageTensor expected, ImageTensor actual, ImageTensor? weights, double dataRange)
    {
        double[] products = new double[expected.Batch * expected.Channels];
        Array.Fill(products, 1);
        (ImageTensor x, ImageTensor y, ImageTensor? w) = (expected, actual, weights);
        try
        {
            for (int scale = 0; scale < Scales; scale++)
            {
                if (scale > 0)
                {
                    // What a scale was computed from is not needed any more.
                    Replace(ref x, Halve(x), expected);
                    Replace(ref y, Halve(y), actual);
                    if (w is not null)
                    {
                        Replace(ref w, Halve(w), weights!);
                    }
                }

                SsimMeans[] means = SsimWindows.Average(x, y, w?.Memory ?? default, dataRange);
                for (int plane = 0; plane < products.Length; plane++)
                {
                    double mean = scale < Scales - 1 ? means[plane].ContrastStructure : means[plane].Similarity;
                    if (!double.IsFinite(mean))
                    {
                        throw MetricInput.NotFinite(expected, actual);
                    }

                    products[plane] *= Math.Pow(Math.Max(mean, 0), Exponents[scale]);
                }
            }
        }
        finally
        {
            Replace(ref x, expected, expected);
            Replace(ref y, actual, actual);
            w?.Dispose();
        }

        double[] result = new double[expected.Batch];
        for (int b = 0; b < result.Length; b++)
        {
            result[b] = TensorPrimitives.Average<double>(products.AsSpan(b * expected.Channels, expected.Channels));
        }

        return result;
    }

    /// <summary>Puts a tensor in place of another, which is disposed unless it is the caller's.</summary>
    private static void Replace(ref ImageTensor current, ImageTensor next, ImageTensor callers)
    {
        if (!ReferenceEquals(current, callers))
        {
            current.Dispose();
        }

        current = next;
    }

    private static ImageTensor Halve(ImageTensor image)
    {
        int rows = (image.Height + 1) / 2;
        ImageTensor half = ImageTensor.CreateUninitialized(image.Shape with { Height = rows, Width = (image.Width + 1) / 2 });
        Parallel.For(0, half.Batch * half.Channels * rows, i =>
        {
            (int plane, int row) = Math.DivRem(i, rows);
            (int picture, int channel) = Math.DivRem(plane, image.Channels);
            ReadOnlySpan<float> upper = image.Row(picture, channel, 2 * row);
            ReadOnlySpan<float> lower = image.Row(picture, channel, Math.Min((2 * row) + 1, image.Height - 1));
            Span<float> destination = half.Row(picture, channel, row);
            int pairs = image.Width / 2;
            for (int column = 0; column < pairs; column++)
            {
                destination[column] = 0.25f * (upper[2 * column] + upper[(2 * column) + 1] + lower[2 * column] + lower[(2 * column) + 1]);
            }

            if (pairs < destination.Length)
            {
                destination[pairs] = 0.5f * (upper[^1] + lower[^1]);
            }
        });
        return half;
    }

    private static void Validate(ImageTensor expected, ImageTensor actual, double dataRange)
    {
        MetricInput.Validate(expected, actual, dataRange);
        if (expected.Height < MinimumSize || expected.Width < MinimumSize)
        {
            throw MetricErrors.TooSmall(expected.Shape, "five scales of MS-SSIM need", MinimumSize, "SSIM");
        }
    }
}
