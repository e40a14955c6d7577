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
            throw MetricErrors.OtherShape(expected.Shape, actual.Shape);
        }

        if (!double.IsFinite(dataRange) || dataRange <= 0)
        {
            throw MetricErrors.WrongRange(dataRange);
        }
    }

    /// <summary>Counts the missing pixels, at least one.</summary>
    public static long CountMissing(ImageTensor image, Mask mask)
    {
        ArgumentNullException.ThrowIfNull(mask);
        mask.ThrowIfSizeDiffers(image.Shape);
        long missing = mask.CountMissing();
        return missing > 0 ? missing : throw MetricErrors.NothingMissing(nameof(mask));
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
                    return MetricErrors.NotFinite(name, values[i], picture, channel, row, column);
                }
            }
        }

        float largest = Math.Max(Magnitude(expected), Magnitude(actual));
        return MetricErrors.TooLarge(largest, nameof(actual));

        static float Magnitude(ImageTensor image) => Math.Abs(TensorPrimitives.MaxMagnitude<float>(image.Span));
    }
}
