namespace ImageRestoration.Degradation.Jpeg;

/// <summary>Halves and doubles the resolution of colour planes as libjpeg does.</summary>
internal static class ChromaSampling
{
    /// <summary>Averages pairs of columns. Halves are rounded down and up in alternation, so that colours do not drift.</summary>
    public static void HalveColumns(ReadOnlySpan<short> source, Span<short> destination)
    {
        source = source[..(2 * destination.Length)];
        for (int x = 0; x < destination.Length; x++)
        {
            destination[x] = (short)((source[2 * x] + source[(2 * x) + 1] + (x & 1)) >> 1);
        }
    }

    /// <summary>Averages squares of 2×2 samples; quarters that lie in the middle are rounded down and up in alternation.</summary>
    public static void HalveBoth(ReadOnlySpan<short> upper, ReadOnlySpan<short> lower, Span<short> destination)
    {
        upper = upper[..(2 * destination.Length)];
        lower = lower[..(2 * destination.Length)];
        for (int x = 0; x < destination.Length; x++)
        {
            int sum = upper[2 * x] + upper[(2 * x) + 1] + lower[2 * x] + lower[(2 * x) + 1];
            destination[x] = (short)((sum + 1 + (x & 1)) >> 2);
        }
    }

    /// <summary>Doubles the columns: each new sample is 3/4 of the nearer and 1/4 of the further one.</summary>
    /// <param name="source">At least 3 samples.</param>
    /// <param name="destination">Twice as many.</param>
    public static void DoubleColumns(ReadOnlySpan<short> source, Span<short> destination)
    {
        int last = source.Length - 1;
        destination = destination[..(2 * source.Length)];
        destination[0] = source[0];
        destination[1] = (short)(((source[0] * 3) + source[1] + 2) >> 2);
        for (int x = 1; x < last; x++)
        {
            int near = source[x] * 3;
            destination[2 * x] = (short)((near + source[x - 1] + 1) >> 2);
            destination[(2 * x) + 1] = (short)((near + source[x + 1] + 2) >> 2);
        }

        destination[2 * last] = (short)(((source[last] * 3) + source[last - 1] + 1) >> 2);
        destination[(2 * last) + 1] = source[last];
    }

    /// <summary>Makes one of the two rows that a row becomes: 3/4 and 1/4 in both directions, rounded once.</summary>
    /// <param name="near">The row itself, at least 3 samples.</param>
    /// <param name="far">The row above or below.</param>
    /// <param name="sums">Room for as many numbers.</param>
    /// <param name="destination">Twice as many samples.</param>
    public static void DoubleBoth(ReadOnlySpan<short> near, ReadOnlySpan<short> far, Span<short> sums, Span<short> destination)
    {
        int last = near.Length - 1;
        far = far[..near.Length];
        sums = sums[..near.Length];
        destination = destination[..(2 * near.Length)];
        for (int x = 0; x < near.Length; x++)
        {
            sums[x] = (short)((near[x] * 3) + far[x]);
        }

        destination[0] = (short)(((sums[0] * 4) + 8) >> 4);
        destination[1] = (short)(((sums[0] * 3) + sums[1] + 7) >> 4);
        for (int x = 1; x < last; x++)
        {
            int sum = sums[x] * 3;
            destination[2 * x] = (short)((sum + sums[x - 1] + 8) >> 4);
            destination[(2 * x) + 1] = (short)((sum + sums[x + 1] + 7) >> 4);
        }

        destination[2 * last] = (short)(((sums[last] * 3) + sums[last - 1] + 8) >> 4);
        destination[(2 * last) + 1] = (short)(((sums[last] * 4) + 7) >> 4);
    }

    /// <summary>Doubles the columns by repetition.</summary>
    public static void RepeatColumns(ReadOnlySpan<short> source, Span<short> destination)
    {
        for (int x = 0; x < source.Length; x++)
        {
            destination[2 * x] = destination[(2 * x) + 1] = source[x];
        }
    }
}
