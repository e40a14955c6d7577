using System.Numerics.Tensors;
using ImageRestoration.Imaging;
using ImageRestoration.Masking;

namespace ImageRestoration.Metrics;

/// <summary>The checks that all comparisons of two pictures share.</summary>
internal static class MetricInput
{
    public static void Validate(ImageTensor expected, ImageTensor actual, double dataRange)
    {
        ArgumentNullException.ThrowIfNull(expected);
        ArgumentNullException.ThrowIfNull(actual);
        ObjectDisposedException.ThrowIf(expected.Memory.IsEmpty, expected);
        ObjectDisposedException.ThrowIf(actual.Memory.IsEmpty, actual);
        if (expected.Shape != actual.Shape)
        {
            throw new TensorShapeException($"The expected image has shape {expected.Shape}, the actual one {actual.Shape}. Compare images of the same batch, channels, height and width.");
        }

        if (!double.IsFinite(dataRange) || dataRange <= 0)
        {
            throw new ArgumentOutOfRangeException(nameof(dataRange), dataRange, "The data range is a finite number above 0: 1 for values in [0, 1], 255 for values in [0, 255].");
        }
    }

    /// <summary>Counts the missing pixels, at least one.</summary>
    public static long CountMissing(ImageTensor image, Mask mask)
    {
        ArgumentNullException.ThrowIfNull(mask);
        mask.ThrowIfSizeDiffers(image.Shape);
        long missing = mask.CountMissing();
        return missing > 0 ? missing : throw new ArgumentException("The mask has no missing pixel, so there is nothing to compare. Compare whole images without a mask.", nameof(mask));
    }

    /// <summary>Weights of a comparison of the missing part: 1 where a pixel is missing and 0 elsewhere.</summary>
    public static float[] Weights(ImageTensor image, Mask mask)
    {
        CountMissing(image, mask);
        float[] weights = new float[mask.Values.Length];
        mask.CopyTo(weights);
        return weights;
    }

    /// <summary>Explains a result that is not a number by the input that caused it; good input is never searched.</summary>
    public static ArgumentException NotFinite(ImageTensor expected, ImageTensor actual)
    {
        foreach ((ImageTensor image, string name) in new[] { (expected, nameof(expected)), (actual, nameof(actual)) })
        {
            Span<float> values = image.Span;
            for (int i = 0; i < values.Length; i++)
            {
                if (!float.IsFinite(values[i]))
                {
                    (int rest, int column) = Math.DivRem(i, image.Width);
                    (rest, int row) = Math.DivRem(rest, image.Height);
                    (int picture, int channel) = Math.DivRem(rest, image.Channels);
                    return new ArgumentException($"The {name} image has the value {values[i]} in picture {picture}, channel {channel}, row {row}, column {column}; a comparison needs finite values. Find out where it was computed.", name);
                }
            }
        }

        float largest = Math.Max(Math.Abs(TensorPrimitives.MaxMagnitude<float>(expected.Span)), Math.Abs(TensorPrimitives.MaxMagnitude<float>(actual.Span)));
        return new ArgumentException($"The images have values up to {largest}, too large for the data range. Scale the images or give their data range.", nameof(actual));
    }
}
