using System.Numerics.Tensors;

namespace ImageRestoration.Imaging;

/// <summary>Rounds values to what a file can hold.</summary>
public static class Quantization
{
    private const float Maximum8Bit = 255f;

    /// <summary>
    /// Limits every value to [0, 1] and rounds it to the nearest n/255, in place: what remains of a picture that is written
    /// to an 8-bit file and read again. Ties go to the even n, as in NumPy and PyTorch; NaN stays NaN.
    /// </summary>
    /// <param name="image">Pictures, NCHW, nominal range [0, 1].</param>
    public static void RoundTo8Bit(ImageTensor image)
    {
        ArgumentNullException.ThrowIfNull(image);
        Round(image.Span, Maximum8Bit);
    }

    /// <summary>Limits values to [0, 1] and rounds them to n/<paramref name="maximum"/>, in place. Ties go to even n; NaN stays.</summary>
    /// <param name="values">Values in the nominal range [0, 1].</param>
    /// <param name="maximum">The largest level: 255 for 8 bits, 65,535 for 16.</param>
    public static void Round(Span<float> values, float maximum)
    {
        ToLevels(values, values, maximum);
        TensorPrimitives.Divide(values, maximum, values);
    }

    /// <summary>Limits values to [0, 1] and writes the nearest n of n/<paramref name="maximum"/>. Ties go to even n; NaN stays.</summary>
    /// <param name="values">Values in the nominal range [0, 1].</param>
    /// <param name="levels">Receives the whole numbers, in [0, <paramref name="maximum"/>]; as long as the values, or their memory.</param>
    /// <param name="maximum">The largest level: 255 for 8 bits, 65,535 for 16.</param>
    public static void ToLevels(ReadOnlySpan<float> values, Span<float> levels, float maximum)
    {
        TensorPrimitives.Clamp(values, 0f, 1f, levels);
        TensorPrimitives.Multiply(levels, maximum, levels);
        TensorPrimitives.Round(levels, levels);
    }
}
