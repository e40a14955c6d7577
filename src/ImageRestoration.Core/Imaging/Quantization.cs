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
        Span<float> values = image.Span;
        TensorPrimitives.Clamp(values, 0f, 1f, values);
        TensorPrimitives.Multiply(values, Maximum8Bit, values);
        TensorPrimitives.Round(values, values);
        TensorPrimitives.Divide(values, Maximum8Bit, values);
    }
}
