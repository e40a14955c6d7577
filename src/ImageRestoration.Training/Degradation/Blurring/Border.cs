using ImageRestoration.Restoration;

namespace ImageRestoration.Degradation.Blurring;

/// <summary>How pictures go on beyond their border.</summary>
internal static class Border
{
    /// <summary>Copies a row and mirrors it to both sides, without repeating the border pixel.</summary>
    public static void MirrorRow(ReadOnlySpan<float> row, Span<float> padded, int radius)
    {
        row.CopyTo(padded[radius..]);
        for (int i = 0; i < radius; i++)
        {
            padded[i] = row[MirrorPadding.Mirror(i - radius, row.Length)];
            padded[radius + row.Length + i] = row[MirrorPadding.Mirror(row.Length + i, row.Length)];
        }
    }
}
