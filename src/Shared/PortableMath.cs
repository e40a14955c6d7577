namespace ImageRestoration.Numerics;

/// <summary>
/// Elementary functions with the same bits on every machine. <see cref="Math"/> leaves the last bit of its
/// functions to the platform's C library; these use nothing but operations that IEEE 754 rounds correctly.
/// </summary>
/// <remarks>Results are within a few units in the last place. The functions serve random sources and check no ranges.</remarks>
internal static class PortableMath
{
    private const double Ln2 = 0.69314718055994530942;

    /// <summary>Natural logarithm of a positive, normal number.</summary>
    public static double Log(double x)
    {
        long bits = BitConverter.DoubleToInt64Bits(x);
        int exponent = (int)(bits >> 52) - 1023;
        double mantissa = BitConverter.Int64BitsToDouble((bits & 0x000F_FFFF_FFFF_FFFF) | 0x3FF0_0000_0000_0000);
        if (mantissa > 1.4142135623730951)
        {
            mantissa *= 0.5;
            exponent++;
        }

        // ln m = 2 artanh s, |s| <= 0.172: the first term left out is below 2⁻⁵⁴ of the result.
        double s = (mantissa - 1) / (mantissa + 1);
        double q = s * s;
        double sum = 1.0 / 21;
        for (int k = 19; k >= 1; k -= 2)
        {
            sum = (sum * q) + (1.0 / k);
        }

        return (exponent * Ln2) + (2 * s * sum);
    }

    /// <summary>Exponential of a number from [-700, 700].</summary>
    public static double Exp(double x)
    {
        double n = Math.Floor((x / Ln2) + 0.5);
        double r = x - (n * Ln2);
        double sum = 1;
        for (int k = 14; k >= 1; k--)
        {
            sum = 1 + (sum * r / k);
        }

        return sum * BitConverter.Int64BitsToDouble(((long)n + 1023) << 52);
    }

    /// <summary>Sine and cosine of an angle given in turns (1 turn = 360 degrees), of moderate size.</summary>
    public static (double Sin, double Cos) SinCosOfTurns(double turns)
    {
        double quarter = Math.Floor((turns * 4) + 0.5);
        double angle = (turns - (quarter * 0.25)) * (2 * Math.PI);
        double q = angle * angle;
        double sin = 1;
        double cos = 1;
        for (int k = 16; k >= 2; k -= 2)
        {
            sin = 1 - (sin * q / (k * (k + 1)));
            cos = 1 - (cos * q / (k * (k - 1)));
        }

        sin *= angle;
        return ((long)quarter & 3) switch
        {
            0 => (sin, cos),
            1 => (cos, -sin),
            2 => (-sin, -cos),
            _ => (-cos, sin),
        };
    }
}
