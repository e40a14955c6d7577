using System.Numerics.Tensors;
using ImageRestoration.Numerics;

namespace ImageRestoration.Degradation.Sensor;

/// <summary>x^gamma and its inverse on [0, 1], as tables for one picture: cheap to make, and the same bits on every machine.</summary>
/// <remarks>
/// Between 513 points, values are interpolated linearly: within 3·10⁻⁶ for light. The inverse is a table over the square root, within a
/// tenth of 1/255 in the darkest level and 10⁻⁵ elsewhere.
/// </remarks>
internal readonly struct PowerCurve
{
    private const int Segments = 512;

    private readonly float[] _light = new float[Segments + 1];
    private readonly float[] _values = new float[Segments + 1];

    /// <summary>Creates a curve.</summary>
    /// <param name="gamma">At least 1.</param>
    public PowerCurve(double gamma)
    {
        for (int i = 1; i <= Segments; i++)
        {
            double log = PortableMath.Log((double)i / Segments);
            _light[i] = (float)PortableMath.Exp(gamma * log);
            _values[i] = (float)PortableMath.Exp(2 / gamma * log);
        }
    }

    /// <summary>Values, limited to [0, 1], become light, in place.</summary>
    public void ToLight(Span<float> values)
    {
        TensorPrimitives.Clamp(values, 0f, 1f, values);
        Interpolate(values, _light);
    }

    /// <summary>Light, limited to [0, 1], becomes values, in place.</summary>
    public void ToValues(Span<float> light)
    {
        TensorPrimitives.Clamp(light, 0f, 1f, light);
        TensorPrimitives.Sqrt(light, light);
        Interpolate(light, _values);
    }

    private static void Interpolate(Span<float> values, float[] points)
    {
        foreach (ref float value in values)
        {
            float position = value * Segments;
            int segment = Math.Min((int)position, Segments - 1);
            float start = points[segment];
            value = start + ((position - segment) * (points[segment + 1] - start));
        }
    }
}
