using System.Numerics.Tensors;
using ImageRestoration.Imaging;
using ImageRestoration.Masking;

namespace ImageRestoration.Metrics;

/// <summary>
/// Structural similarity (Wang, Bovik, Sheikh and Simoncelli, "Image Quality Assessment: From Error Visibility to Structural
/// Similarity", 2004): 11×11 Gaussian window of sigma 1.5, K₁ = 0.01, K₂ = 0.03, the mean over all whole windows and channels.
/// </summary>
/// <remarks>
/// <para>Equal to scikit-image's <c>structural_similarity</c> with <c>gaussian_weights=True, sigma=1.5, use_sample_covariance=False</c>,
/// which likewise leaves out the windows that reach over the border.</para>
/// <para>With a mask it is the mean over the windows around missing pixels, wherever they are, the picture being mirrored at its border:
/// the mean over the mask of the map that scikit-image gives for <c>full=True</c>. Windows also see known pixels near the missing.</para>
/// <para>Computed in double precision, on all processors; the result does not depend on their number. All methods are safe for use
/// from several threads.</para>
/// </remarks>
public static class Ssim
{
    /// <summary>Side of the window, and so the smallest height and width that can be compared.</summary>
    public const int WindowSize = SsimWindows.Size;

    /// <summary>Compares two batches of pictures.</summary>
    /// <param name="expected">The true pictures, NCHW, nominal range [0, 1] (or see <paramref name="dataRange"/>), at least 11×11.</param>
    /// <param name="actual">The pictures to score, of the same shape and range.</param>
    /// <param name="dataRange">Difference between white and black.</param>
    /// <returns>The mean over the batch of each picture's similarity; 1 if all are identical.</returns>
    /// <exception cref="TensorShapeException">The shapes differ, or the pictures are smaller than the window.</exception>
    /// <exception cref="ArgumentException">A value is NaN or infinite.</exception>
    public static double Compute(ImageTensor expected, ImageTensor actual, double dataRange = 1)
        => TensorPrimitives.Average<double>(ComputePerImage(expected, actual, dataRange));

    /// <summary>Compares two batches of pictures around the pixels that were missing.</summary>
    /// <param name="expected">The true pictures, NCHW, nominal range [0, 1] (or see <paramref name="dataRange"/>), at least 11×11.</param>
    /// <param name="actual">The pictures to score, of the same shape and range.</param>
    /// <param name="mask">The pixels whose windows count (1 = missing), for all pictures and channels; at least one is missing.</param>
    /// <param name="dataRange">Difference between white and black.</param>
    /// <returns>The mean over the batch of each picture's similarity; 1 if all are identical around the missing pixels.</returns>
    /// <exception cref="TensorShapeException">The shapes differ, or the pictures are smaller than the window.</exception>
    /// <exception cref="ArgumentException">A value is NaN or infinite, or no pixel is missing.</exception>
    public static double Compute(ImageTensor expected, ImageTensor actual, Mask mask, double dataRange = 1)
    {
        Validate(expected, actual, dataRange);
        return TensorPrimitives.Average<double>(ComputePerImage(expected, actual, MetricInput.Weights(expected, mask), dataRange));
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
    /// <returns>Similarity of each picture: at most 1, and 1 where the two are identical.</returns>
    /// <inheritdoc cref="Compute(ImageTensor, ImageTensor, double)"/>
    public static double[] ComputePerImage(ImageTensor expected, ImageTensor actual, double dataRange = 1)
    {
        Validate(expected, actual, dataRange);
        return ComputePerImage(expected, actual, default, dataRange);
    }

    private static double[] ComputePerImage(ImageTensor expected, ImageTensor actual, ReadOnlyMemory<float> weights, double dataRange)
    {
        SsimMeans[] planes = SsimWindows.Average(expected, actual, weights, dataRange);
        double[] result = new double[expected.Batch];
        for (int b = 0; b < result.Length; b++)
        {
            double sum = 0;
            foreach (SsimMeans plane in planes.AsSpan(b * expected.Channels, expected.Channels))
            {
                sum += plane.Similarity;
            }

            result[b] = double.IsFinite(sum) ? sum / expected.Channels : throw MetricInput.NotFinite(expected, actual);
        }

        return result;
    }

    private static void Validate(ImageTensor expected, ImageTensor actual, double dataRange)
    {
        MetricInput.Validate(expected, actual, dataRange);
        if (expected.Height < WindowSize || expected.Width < WindowSize)
        {
            throw MetricErrors.TooSmall(expected.Shape, "SSIM's window needs", WindowSize, "PSNR");
        }
    }
}
