namespace ImageRestoration.Degradation.Jpeg;

/// <summary>Steps in which the 64 coefficients of a block are rounded, in natural order (row by row, from the lowest frequency).</summary>
internal sealed class QuantizationTable
{
    private static readonly QuantizationTable?[] _luminance = new QuantizationTable?[101];
    private static readonly QuantizationTable?[] _chrominance = new QuantizationTable?[101];

    private QuantizationTable(ReadOnlySpan<byte> standard, int quality)
    {
        // The Independent JPEG Group's scale: 50 gives the standard's tables, 100 gives ones.
        int percent = quality < 50 ? 5000 / quality : 200 - (2 * quality);
        for (int i = 0; i < Steps.Length; i++)
        {
            Steps[i] = Math.Clamp(((standard[i] * percent) + 50) / 100, 1, 255);

            // The forward transform leaves its coefficients 8 times too large.
            Halves[i] = (Steps[i] * 8 / 2) + 0.5f;
            Reciprocals[i] = 1f / (Steps[i] * 8);
        }
    }

    public int[] Steps { get; } = new int[64];

    /// <summary>Half a step plus a half, in the forward transform's scale.</summary>
    public float[] Halves { get; } = new float[64];

    /// <summary>One divided by the step, in the forward transform's scale.</summary>
    public float[] Reciprocals { get; } = new float[64];

    /// <summary>ITU-T T.81, table K.1.</summary>
    private static ReadOnlySpan<byte> StandardLuminance =>
    [
        16, 11, 10, 16, 24, 40, 51, 61,
        12, 12, 14, 19, 26, 58, 60, 55,
        14, 13, 16, 24, 40, 57, 69, 56,
        14, 17, 22, 29, 51, 87, 80, 62,
        18, 22, 37, 56, 68, 109, 103, 77,
        24, 35, 55, 64, 81, 104, 113, 92,
        49, 64, 78, 87, 103, 121, 120, 101,
        72, 92, 95, 98, 112, 100, 103, 99,
    ];

    /// <summary>ITU-T T.81, table K.2.</summary>
    private static ReadOnlySpan<byte> StandardChrominance =>
    [
        17, 18, 24, 47, 99, 99, 99, 99,
        18, 21, 26, 66, 99, 99, 99, 99,
        24, 26, 56, 99, 99, 99, 99, 99,
        47, 66, 99, 99, 99, 99, 99, 99,
        99, 99, 99, 99, 99, 99, 99, 99,
        99, 99, 99, 99, 99, 99, 99, 99,
        99, 99, 99, 99, 99, 99, 99, 99,
        99, 99, 99, 99, 99, 99, 99, 99,
    ];

    /// <summary>The table of brightness.</summary>
    /// <param name="quality">1 to 100.</param>
    public static QuantizationTable Luminance(int quality) => _luminance[quality] ??= new QuantizationTable(StandardLuminance, quality);

    /// <summary>The table of colour.</summary>
    /// <param name="quality">1 to 100.</param>
    public static QuantizationTable Chrominance(int quality)
        => _chrominance[quality] ??= new QuantizationTable(StandardChrominance, quality);
}
