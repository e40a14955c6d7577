using ImageRestoration.Imaging;
using ImageRestoration.Numerics;

namespace ImageRestoration.Masking;

/// <summary>What masks and the filling of missing pixels refuse, in words.</summary>
internal static class MaskErrors
{
    internal static TensorShapeException OtherLength(int length, Mask mask) => new(
        Invariant($"The destination holds {length} values; the mask is {mask.Height}×{mask.Width} and needs {mask.Values.Length}."));

    internal static TensorShapeException OtherSize(Mask mask, ImageShape image) => new(
        Invariant($"The mask is {mask.Height}×{mask.Width} and the image is {image.Height}×{image.Width} (height×width). ")
        + "Make the mask as large as the image.");

    internal static TensorShapeException OtherSize(Mask one, Mask other) => new(
        Invariant($"One mask is {one.Height}×{one.Width} and the other {other.Height}×{other.Width} (height×width). ")
        + "Combine masks of the same size.");

    internal static TensorShapeException NotAlpha(int channels) => new(
        Invariant($"The alpha plane has {channels} channels; it must have 1. ")
        + "Pass the alpha channel alone, not the picture it belongs to.");

    internal static TensorShapeException SeveralPictures(ImageShape image) => new(
        Invariant($"The tensor is {image} and holds {image.Batch} pictures; a mask is made from one. Pass the pictures one by one."));

    internal static TensorShapeException OtherColor(int values, int channels) => new(
        Invariant($"The colour has {values} value(s) and the picture {channels} channel(s). Give one value for each channel."));

    internal static ArgumentOutOfRangeException ColorNotFinite(string color)
        => new(color, "The colour holds a value that is not finite. Values are usually in [0, 1].");

    internal static ArgumentOutOfRangeException WrongTolerance(float tolerance) => new(
        nameof(tolerance),
        tolerance,
        "The tolerance must be at least 0, in the unit of the picture's values: 8/255 for 8 steps of 8 bits.");

    internal static ArgumentOutOfRangeException WrongThreshold(float threshold)
        => new(nameof(threshold), threshold, "The threshold must be a finite number, usually in [0, 1].");

    internal static ArgumentOutOfRangeException WrongRadius(double radius)
        => new(nameof(radius), radius, "The radius must be a finite number of at least 0, in pixels.");

    internal static ArgumentOutOfRangeException UnknownFill(InitialFill fill)
        => new(nameof(fill), fill, $"There is no fill {fill}. Use one of {string.Join(", ", Enum.GetNames<InitialFill>())}.");

    internal static ArgumentNullException NoRandom(string random, InitialFill fill)
        => new(random, $"The fill {fill} draws values and no random source was given. Pass one, such as a {nameof(SeededRandom)}.");
}
