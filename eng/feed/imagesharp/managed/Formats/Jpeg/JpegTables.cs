namespace SixLabors.ImageSharp.Formats.Jpeg;

/// <summary>The quantisation tables of ITU-T T.81, annex K, and the quality scale of the IJG on top of them.</summary>
internal static class JpegTables
{
    public const int DefaultQuality = 75;

    public static ReadOnlySpan<byte> Luminance =>
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

    public static ReadOnlySpan<byte> Chrominance =>
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

    /// <summary>Natural index of each coefficient in the order of a DQT segment.</summary>
    public static ReadOnlySpan<byte> ZigZag =>
    [
        0, 1, 8, 16, 9, 2, 3, 10, 17, 24, 32, 25, 18, 11, 4, 5,
        12, 19, 26, 33, 40, 48, 41, 34, 27, 20, 13, 6, 7, 14, 21, 28,
        35, 42, 49, 56, 57, 50, 43, 36, 29, 22, 15, 23, 30, 37, 44, 51,
        58, 59, 52, 45, 38, 31, 39, 46, 53, 60, 61, 54, 47, 55, 62, 63,
    ];

    public static uint[] Scale(ReadOnlySpan<byte> table, int quality)
    {
        int scale = quality < 50 ? 5000 / quality : 200 - (quality * 2);
        uint[] result = new uint[64];
        for (int i = 0; i < result.Length; i++)
        {
            result[i] = (uint)Math.Clamp(((table[i] * scale) + 50) / 100, 1, 255);
        }

        return result;
    }

    /// <summary>The quality whose scaled table is closest, on average, to the given one.</summary>
    public static int EstimateQuality(ReadOnlySpan<int> table, ReadOnlySpan<byte> reference)
    {
        if (!table.ContainsAnyExcept(1))
        {
            return 100;
        }

        double percent = 0;
        for (int i = 0; i < table.Length; i++)
        {
            percent += table[i] == 0 ? 999.99 : 100.0 * table[i] / reference[i];
        }

        percent /= 64;
        double quality = percent <= 100 ? (200 - percent) / 2 : 5000 / percent;
        return (int)Math.Clamp(Math.Round(quality), 1, 100);
    }
}
