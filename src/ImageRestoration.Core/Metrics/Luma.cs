using System.Numerics.Tensors;
using ImageRestoration.Imaging;

namespace ImageRestoration.Metrics;

/// <summary>
/// The luma of RGB pictures as comparisons in the literature use it ("PSNR on Y"): ITU-R BT.601 with the range of digital video, where
/// black is 16/255 and white 235/255. The same as channel 0 of scikit-image's and MATLAB's <c>rgb2ycbcr</c>, divided by 255.
/// </summary>
/// <remarks>The range of a comparison stays that of the pictures (1, not 219/255), which is the literature's custom too.</remarks>
public static class Luma
{
    private const float Red = 65.481f / 255;
    private const float Green = 128.553f / 255;
    private const float Blue = 24.966f / 255;
    private const double Black = 16.0 / 255;

    /// <summary>Computes the luma; the caller disposes it.</summary>
    /// <param name="image">RGB pictures, N×3×H×W, nominal range [0, 1] (or see <paramref name="dataRange"/>).</param>
    /// <param name="dataRange">Difference between white and black of <paramref name="image"/>.</param>
    /// <returns>N×1×H×W values, from 16/255 to 235/255 of the data range.</returns>
    /// <exception cref="TensorShapeException">The pictures do not have three channels.</exception>
    public static ImageTensor FromRgb(ImageTensor image, double dataRange = 1)
    {
        ArgumentNullException.ThrowIfNull(image);
        if (image.Channels != 3)
        {
            throw MetricErrors.NotRgb(image.Channels);
        }

        ImageTensor luma = ImageTensor.CreateUninitialized(image.Shape with { Channels = 1 });
        for (int b = 0; b < image.Batch; b++)
        {
            Span<float> y = luma.Plane(b, 0);
            TensorPrimitives.Multiply(image.Plane(b, 0), Red, y);
            TensorPrimitives.MultiplyAdd(image.Plane(b, 1), Green, y, y);
            TensorPrimitives.MultiplyAdd(image.Plane(b, 2), Blue, y, y);
            TensorPrimitives.Add(y, (float)(Black * dataRange), y);
        }

        return luma;
    }
}
