using System.Globalization;
using System.Numerics;

namespace ImageRestoration.Networks;

/// <summary>
/// Extent of a value along one axis as a function of the network input's extent: <c>input × Numerator / Denominator + Offset</c>,
/// exact for every input that is a multiple of <see cref="Denominator"/> (and large enough for the layers' kernels).
/// </summary>
/// <param name="Numerator">Upscaling factor; 0 where the extent does not depend on the input.</param>
/// <param name="Denominator">Downscaling factor, at least 1.</param>
/// <param name="Offset">Pixels added by padding or lost to kernels.</param>
public readonly record struct AffineSize(long Numerator, long Denominator, long Offset)
{
    /// <summary>The input's own extent.</summary>
    public static AffineSize Identity => new(1, 1, 0);

    /// <summary>A single pixel, however large the input is.</summary>
    public static AffineSize SinglePixel => new(0, 1, 1);

    /// <summary>The extent after a sliding window: <c>floor((size + padding − span) / stride) + 1</c>.</summary>
    /// <param name="totalPadding">Padding on both sides together.</param>
    /// <param name="span">Window extent: dilation × (kernel − 1) + 1.</param>
    /// <param name="stride">Step of the window.</param>
    /// <returns>The extent after the window.</returns>
    public AffineSize Slide(long totalPadding, long span, int stride)
        => Reduced(Numerator, checked(Denominator * stride), checked(FloorDivide(Offset + totalPadding - span, stride) + 1));

    /// <summary>The extent multiplied by a factor.</summary>
    /// <param name="factor">Factor, at least 1.</param>
    /// <returns>The larger extent.</returns>
    public AffineSize Scale(int factor) => Reduced(checked(Numerator * factor), Denominator, checked(Offset * factor));

    /// <summary>The extent divided by a factor, where it divides exactly.</summary>
    /// <param name="factor">Factor, at least 1.</param>
    /// <returns>The smaller extent.</returns>
    public AffineSize Divide(int factor) => Reduced(Numerator, checked(Denominator * factor), FloorDivide(Offset, factor));

    /// <summary>The extent with pixels added.</summary>
    /// <param name="pixels">Number of pixels; negative to remove.</param>
    /// <returns>The changed extent.</returns>
    public AffineSize Grow(long pixels) => this with { Offset = checked(Offset + pixels) };

    /// <summary>Writes the function.</summary>
    /// <returns>Text such as <c>1/8</c> or, with pixels added, <c>1/8+2</c>.</returns>
    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{Numerator}/{Denominator}{Offset:+0;-0;#}");

    /// <summary>The extent for an input's.</summary>
    /// <param name="input">The input's extent.</param>
    /// <returns>input × numerator / denominator + offset.</returns>
    /// <exception cref="OverflowException">The extent is above that of any picture.</exception>
    public int For(int input) => checked((int)((input * Numerator / Denominator) + Offset));

    internal static long FloorDivide(long value, long divisor)
    {
        long quotient = value / divisor;
        return (value % divisor != 0) && ((value < 0) != (divisor < 0)) ? quotient - 1 : quotient;
    }

    /// <summary>The least multiple that is not below an extent.</summary>
    /// <exception cref="OverflowException">It is above the largest extent.</exception>
    internal static int RoundUp(int extent, int multiple) => checked((extent + multiple - 1) / multiple * multiple);

    internal static long LeastCommonMultiple(long a, long b) => checked(a / (long)BigInteger.GreatestCommonDivisor(a, b) * b);

    private static AffineSize Reduced(long numerator, long denominator, long offset)
    {
        if (numerator == 0)
        {
            return new AffineSize(0, 1, offset);
        }

        long divisor = (long)BigInteger.GreatestCommonDivisor(numerator, denominator);
        return new AffineSize(numerator / divisor, denominator / divisor, offset);
    }
}
