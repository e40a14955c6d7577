namespace ImageRestoration.Imaging;

/// <summary>
/// From the light of a scene to the light that a camera's pictures show, and back: S · (A · S + B)/(S · (C · S + D) + 1). (A, B, C, D)
/// goes in a straight line from (0, 1, 0, 0), none, to (9.376, 0.155, 9.077, 3.048): the fit of Narkowicz 2015, "ACES Filmic Tone
/// Mapping Curve", in units in which light of 0.18 stays as it is.
/// </summary>
internal readonly struct FilmicCurve
{
    private readonly float _a;
    private readonly float _b;
    private readonly float _c;
    private readonly float _d;

    /// <summary>Creates a curve.</summary>
    /// <param name="strength">0, light stays as it is, to 1.</param>
    public FilmicCurve(double strength)
    {
        _a = (float)(9.376 * strength);
        _b = (float)(1 - (0.845 * strength));
        _c = (float)(9.077 * strength);
        _d = (float)(3.048 * strength);
    }

    /// <summary>Whether light stays as it is.</summary>
    private bool IsNone => _a == 0;

    /// <summary>Light of a scene to that of a picture.</summary>
    /// <param name="scene">At least 0.</param>
    /// <returns>Light that the picture shows; may be above 1.</returns>
    public float Apply(float scene) => IsNone ? scene : scene * ((_a * scene) + _b) / ((scene * ((_c * scene) + _d)) + 1);

    /// <summary>Turns the light of a scene into that of a picture, in place.</summary>
    /// <param name="light">Values; those below 0 become 0 where there is a curve. Results may be above 1.</param>
    public void Apply(Span<float> light)
    {
        if (IsNone)
        {
            return;
        }

        foreach (ref float value in light)
        {
            value = Apply(Math.Max(value, 0));
        }
    }

    /// <summary>Light of a picture to that of the scene.</summary>
    /// <param name="shown">In [0, 1].</param>
    /// <returns>At most 11.</returns>
    public float Invert(float shown)
    {
        if (IsNone)
        {
            return shown;
        }

        float linear = _b - (_d * shown);
        return 2 * shown / (linear + MathF.Sqrt((linear * linear) + (4 * (_a - (_c * shown)) * shown)));
    }

    /// <summary>Turns the light of a picture into that of the scene, in place.</summary>
    /// <param name="light">Values; those outside of [0, 1] are limited to that range. Results are at most 11.</param>
    public void Invert(Span<float> light)
    {
        if (IsNone)
        {
            return;
        }

        foreach (ref float value in light)
        {
            value = Invert(Math.Clamp(value, 0, 1));
        }
    }
}
