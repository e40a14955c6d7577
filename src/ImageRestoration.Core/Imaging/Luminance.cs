namespace ImageRestoration.Imaging;

/// <summary>
/// The luminance of RGB pictures, by which they become grey ones: 0.299 red, 0.587 green and 0.114 blue, gamma-encoded as they are. The
/// same as the Y of JPEG files (JFIF 1.02) and OpenCV's grey.
/// </summary>
/// <remarks>Comparisons in the literature use another range: <see cref="Metrics.Luma"/>.</remarks>
public static class Luminance
{
    /// <summary>Makes colour pictures grey; the caller disposes the result.</summary>
    /// <param name="image">RGB pictures, N×3×H×W, nominal range [0, 1].</param>
    /// <returns>N×1×H×W values in the same range.</returns>
    /// <exception cref="TensorShapeException">The pictures do not have three channels.</exception>
    public static ImageTensor FromRgb(ImageTensor image)
    {
        ArgumentNullException.ThrowIfNull(image);
        if (image.Channels != 3)
        {
            throw ImagingErrors.NotRgb(image.Channels);
        }

        ImageTensor luminance = ImageTensor.CreateUninitialized(image.Shape with { Channels = 1 });
        for (int picture = 0; picture < image.Batch; picture++)
        {
            for (int row = 0; row < image.Height; row++)
            {
                LuminanceWeights.Compute(image, picture, row, luminance.Row(picture, 0, row));
            }
        }

        return luminance;
    }
}
