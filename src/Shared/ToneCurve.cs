using System.Numerics.Tensors;
using ImageRestoration.Numerics;

namespace ImageRestoration.Imaging;

/// <summary>
/// Functions of [0, 1] between encoded values and light, as tables: fast, and the same bits on every machine.
/// </summary>
/// <remarks>Between 4097 points, values are interpolated linearly, which is within 10⁻⁶ of the function.</remarks>
internal sealed class ToneCurve
{
    private const int Segments = 4096;

    private readonly float[] _points = new float[Segments + 1];
    private readonly bool _overSquareRoot;

    private ToneCurve(Func<double, double> function, bool overSquareRoot)
    {
        _overSquareRoot = overSquareRoot;
        for (int i = 0; i <= Segments; i++)
        {
            double position = (double)i / Segments;
            _points[i] = (float)function(overSquareRoot ? position * position : position);
        }
    }

    /// <summary>sRGB values to linear light (IEC 61966-2-1).</summary>
    public static ToneCurve SrgbToLinear { get; } = new(
        x => x <= 0.04045 ? x / 12.92 : Power((x + 0.055) / 1.055, 2.4),
        overSquareRoot: false);

    /// <summary>Linear light to sRGB values.</summary>
    public static ToneCurve LinearToSrgb { get; } = CreateLinearToSrgb(1);

    /// <summary>sRGB values to the light of the scene, of which a camera's curve made the picture's.</summary>
    /// <param name="camera">The camera's curve.</param>
    public static ToneCurve CreateSrgbToScene(FilmicCurve camera)
        => new(x => camera.Invert((float)(x <= 0.04045 ? x / 12.92 : Power((x + 0.055) / 1.055, 2.4))), overSquareRoot: false);

    /// <summary>Linear light to sRGB values, to which an exponent of at least 1 is then applied.</summary>
    public static ToneCurve CreateLinearToSrgb(double gamma)
    {
        // The function is steep in the dark, but as a function of the square root it is as tame as its inverse.
        return new ToneCurve(x => Power(x <= 0.0031308 ? x * 12.92 : (1.055 * Power(x, 1 / 2.4)) - 0.055, gamma), overSquareRoot: true);
    }

    /// <summary>Applies the function to values of [0, 1], in place; others are limited to that range first.</summary>
    public void Apply(Span<float> values)
    {
        TensorPrimitives.Clamp(values, 0f, 1f, values);
        if (_overSquareRoot)
        {
            TensorPrimitives.Sqrt(values, values);
        }

        for (int i = 0; i < values.Length; i++)
        {
            float position = values[i] * Segments;
            int segment = Math.Min((int)position, Segments - 1);
            float start = _points[segment];
            values[i] = start + ((position - segment) * (_points[segment + 1] - start));
        }
    }

    private static double Power(double x, double exponent) => x <= 0 ? 0 : PortableMath.Exp(exponent * PortableMath.Log(x));
}
