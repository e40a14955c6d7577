namespace ImageRestoration.Degradation.Sensor;

/// <summary>From the light of sRGB's primaries to the filters of a camera, and back.</summary>
/// <remarks>
/// Filters of cameras overlap: each sees some light of its neighbours, and white as white. Noise grows where the overlap is undone, and
/// more so in colour than in brightness. One matrix stands for all cameras, with a strength from 0 (none) to 1.
/// </remarks>
internal readonly struct CameraColor
{
    // Rows add up to 1; about the middle of what profiles of cameras hold.
    private static readonly double[] _overlap = [0.66, 0.29, 0.05, 0.14, 0.70, 0.16, 0.04, 0.20, 0.76];

    private readonly float[] _toCamera;
    private readonly float[] _toPicture;

    /// <summary>Creates the conversion of one picture.</summary>
    /// <param name="overlap">0, the camera's colours are sRGB's, to 1.</param>
    /// <param name="gain">What the light is multiplied by before it reaches the camera.</param>
    /// <param name="red">Gain of red values in white balance.</param>
    /// <param name="blue">Gain of blue values in white balance.</param>
    public CameraColor(double overlap, double gain, double red, double blue)
    {
        Span<double> mix = stackalloc double[9], inverse = stackalloc double[9];
        for (int i = 0; i < 9; i++)
        {
            mix[i] = (overlap * _overlap[i]) + (i % 4 == 0 ? 1 - overlap : 0);
        }

        Invert(mix, inverse);
        _toCamera = new float[9];
        _toPicture = new float[9];
        ReadOnlySpan<double> balance = [red, 1, blue];
        for (int i = 0; i < 9; i++)
        {
            _toCamera[i] = (float)(mix[i] * gain / balance[i / 3]);
            _toPicture[i] = (float)(inverse[i] * balance[i % 3]);
        }
    }

    /// <summary>Weights of red, green and blue light in what one of the camera's filters lets through.</summary>
    /// <param name="filter">0 red, 1 green, 2 blue.</param>
    public ReadOnlySpan<float> ToCamera(int filter) => _toCamera.AsSpan(filter * 3, 3);

    /// <summary>Turns values of the camera into light of sRGB's primaries, in place; the gain stays.</summary>
    public void ToPicture(Span<float> red, Span<float> green, Span<float> blue)
    {
        float[] m = _toPicture;
        for (int i = 0; i < red.Length; i++)
        {
            float r = red[i], g = green[i], b = blue[i];
            red[i] = (m[0] * r) + (m[1] * g) + (m[2] * b);
            green[i] = (m[3] * r) + (m[4] * g) + (m[5] * b);
            blue[i] = (m[6] * r) + (m[7] * g) + (m[8] * b);
        }
    }

    /// <summary>By cofactors.</summary>
    private static void Invert(ReadOnlySpan<double> m, Span<double> inverse)
    {
        for (int row = 0; row < 3; row++)
        {
            for (int column = 0; column < 3; column++)
            {
                int a = (column + 1) % 3, b = (column + 2) % 3, c = (row + 1) % 3, d = (row + 2) % 3;
                inverse[(row * 3) + column] = (m[(a * 3) + c] * m[(b * 3) + d]) - (m[(a * 3) + d] * m[(b * 3) + c]);
            }
        }

        double determinant = (m[0] * inverse[0]) + (m[1] * inverse[3]) + (m[2] * inverse[6]);
        foreach (ref double value in inverse)
        {
            value /= determinant;
        }
    }
}
