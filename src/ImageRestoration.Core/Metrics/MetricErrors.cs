using ImageRestoration.Imaging;

namespace ImageRestoration.Metrics;

/// <summary>What comparisons of pictures refuse, in words.</summary>
internal static class MetricErrors
{
    internal static TensorShapeException OtherShape(ImageShape expected, ImageShape actual) => new(
        Invariant($"The expected image has shape {expected}, the actual one {actual}. ")
        + "Compare images of the same batch, channels, height and width.");

    internal static ArgumentOutOfRangeException WrongRange(double dataRange) => new(
        nameof(dataRange), dataRange, "The data range is a finite number above 0: 1 for values in [0, 1], 255 for values in [0, 255].");

    internal static ArgumentException NothingMissing(string mask)
        => new("The mask has no missing pixel, so there is nothing to compare. Compare whole images without a mask.", mask);

    internal static ArgumentException NotFinite(string image, float value, int picture, int channel, int row, int column) => new(
        Invariant($"The {image} image has the value {value} in picture {picture}, channel {channel}, row {row}, column {column}; ")
        + "a comparison needs finite values. Find out where it was computed.", image);

    internal static ArgumentException TooLarge(float largest, string image) => new(
        Invariant($"The images have values up to {largest}, too large for the data range. ")
        + "Scale the images or give their data range.", image);

    internal static TensorShapeException TooSmall(ImageShape image, string what, int size, string otherMetric) => new(
        Invariant($"The images are {image.Height}×{image.Width} (height×width); {what} at least {size}×{size}. ")
        + $"Compare larger images, or use {otherMetric}.");

    internal static TensorShapeException NotRgb(int channels) => new(
        Invariant($"The image has {channels} channel(s); luma is computed of RGB, which has 3. Compare grey images as they are."));
}
