using System.Buffers;
using System.Numerics.Tensors;
using ImageRestoration.Imaging;

namespace ImageRestoration.Masking;

/// <content>Masks from pictures.</content>
public sealed partial class Mask
{
    /// <summary>Half a step of 8 bits: values that differ by less are the same in an 8-bit file.</summary>
    private const float HalfStepOf8Bits = 0.5f / 255;

    /// <summary>
    /// What rounding to float may add to the distance of two levels, as a share of them: a level that is exactly as far away as allowed is
    /// within the tolerance. In [0, 1] that is a thirtieth of a step of 16 bits at most.
    /// </summary>
    private const double Rounding = 1.0 / (1 << 22);

    /// <summary>Reads a mask from a picture in which missing pixels are bright, as white on black.</summary>
    /// <param name="image">One picture, 1×C×H×W, nominal range [0, 1].</param>
    /// <param name="threshold">A pixel is missing if the mean of its channels is at least this; a finite number.</param>
    /// <returns>A mask of the picture's size. Pixels that are not a number are known.</returns>
    /// <exception cref="TensorShapeException">The tensor holds several pictures.</exception>
    public static Mask FromImage(ImageTensor image, float threshold = 0.5f)
    {
        ThrowIfNotOnePicture(image);
        ThrowIfNotFinite(threshold);
        var mask = new Mask(image.Height, image.Width);
        float[] rented = ArrayPool<float>.Shared.Rent(image.Width);
        Span<float> mean = rented.AsSpan(0, image.Width);
        for (int row = 0; row < image.Height; row++)
        {
            image.Row(0, 0, row).CopyTo(mean);
            for (int channel = 1; channel < image.Channels; channel++)
            {
                TensorPrimitives.Add(mean, image.Row(0, channel, row), mean);
            }

            TensorPrimitives.Divide(mean, image.Channels, mean);
            Span<byte> missing = mask.Row(row);
            for (int i = 0; i < mean.Length; i++)
            {
                missing[i] = mean[i] >= threshold ? (byte)1 : (byte)0;
            }
        }

        ArrayPool<float>.Shared.Return(rented);
        return mask;
    }

    /// <summary>Reads a mask from a picture's alpha plane: transparent pixels are missing.</summary>
    /// <param name="alpha">One alpha plane, 1×1×H×W: 0 = transparent, 1 = opaque.</param>
    /// <param name="threshold">A pixel is known if its alpha is at least this, otherwise missing; a finite number.</param>
    /// <returns>A mask of the plane's size. Pixels that are not a number are missing.</returns>
    /// <exception cref="TensorShapeException">The tensor holds more than one plane.</exception>
    public static Mask FromAlpha(ImageTensor alpha, float threshold = 0.5f)
    {
        ThrowIfNotOnePicture(alpha);
        if (alpha.Channels != 1)
        {
            throw MaskErrors.NotAlpha(alpha.Channels);
        }

        Mask opaque = FromImage(alpha, threshold);
        TensorPrimitives.Xor(opaque.Values, (byte)1, opaque.Values);
        return opaque;
    }

    /// <summary>Reads a mask from a picture in which missing pixels have a colour of their own, such as pure magenta.</summary>
    /// <param name="image">One picture, 1×C×H×W, nominal range [0, 1].</param>
    /// <param name="color">The colour of missing pixels, one finite value per channel of the picture, nominal range [0, 1].</param>
    /// <param name="tolerance">
    /// How far each channel may be from the colour, at least 0. The default allows for rounding alone in pictures of 8 bits; files
    /// compressed with losses need more.
    /// </param>
    /// <returns>A mask of the picture's size.</returns>
    /// <exception cref="TensorShapeException">The tensor holds several pictures, or the colour has another number of channels.</exception>
    public static Mask FromColorKey(ImageTensor image, ReadOnlySpan<float> color, float tolerance = HalfStepOf8Bits)
    {
        ThrowIfNotOnePicture(image);
        if (color.Length != image.Channels)
        {
            throw MaskErrors.OtherColor(color.Length, image.Channels);
        }

        if (color.ContainsAnyExceptInRange(float.MinValue, float.MaxValue))
        {
            throw MaskErrors.ColorNotFinite(nameof(color));
        }

        if (!(tolerance >= 0))
        {
            throw MaskErrors.WrongTolerance(tolerance);
        }

        var mask = new Mask(image.Height, image.Width);
        Span<byte> missing = mask.Values;
        missing.Fill(1);
        for (int channel = 0; channel < image.Channels; channel++)
        {
            ReadOnlySpan<float> plane = image.Plane(0, channel);
            double key = color[channel], reach = tolerance + (Rounding * (Math.Abs(key) + tolerance));
            for (int i = 0; i < plane.Length; i++)
            {
                missing[i] &= Math.Abs(plane[i] - key) <= reach ? (byte)1 : (byte)0;
            }
        }

        return mask;
    }

    private static void ThrowIfNotOnePicture(ImageTensor image)
    {
        ArgumentNullException.ThrowIfNull(image);
        if (image.Batch != 1)
        {
            throw MaskErrors.SeveralPictures(image.Shape);
        }
    }

    private static void ThrowIfNotFinite(float threshold)
    {
        if (!float.IsFinite(threshold))
        {
            throw MaskErrors.WrongThreshold(threshold);
        }
    }
}
