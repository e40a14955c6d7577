using ImageRestoration.Imaging;
using ImageRestoration.Tiling;

namespace ImageRestoration.Photos;

/// <summary>Checks bands of rows, and spreads interleaved samples over their planes: for sources and sinks.</summary>
/// <remarks>Pure functions of their arguments.</remarks>
public static class RowBand
{
    // Exactly n/255 for every n; one load instead of a conversion and a division.
    private static readonly float[] _unit8Bit = [.. Enumerable.Range(0, 256).Select(n => n / 255f)];

    /// <summary>Refuses a band that rows cannot be read into or written from.</summary>
    /// <param name="band">One picture, NCHW, as wide as the format and with its channels.</param>
    /// <param name="row">First row of the band.</param>
    /// <param name="count">Number of rows.</param>
    /// <param name="format">The picture.</param>
    /// <param name="rowsLeft">Rows that the picture has left.</param>
    /// <exception cref="TensorShapeException">The band does not fit, or fewer rows are left.</exception>
    /// <exception cref="ArgumentOutOfRangeException">The band has no such rows.</exception>
    public static void ThrowIfUnfit(ImageTensor band, int row, int count, RowFormat format, int rowsLeft)
    {
        if (band.Batch != 1 || band.Channels != format.Channels || band.Width != format.Width)
        {
            throw new TensorShapeException(
                Invariant($"The band is {band.Shape}; rows of this picture take 1×{format.Channels}×any×{format.Width}."));
        }

        if (row < 0 || count < 0 || row > band.Height - count)
        {
            throw new ArgumentOutOfRangeException(nameof(row), row, Invariant($"Rows {row} to {row + count} were asked for; ")
                + Invariant($"the band has {band.Height}."));
        }

        if (count > rowsLeft)
        {
            throw new TensorShapeException(Invariant($"{count} rows were asked for; the picture has {rowsLeft} left of {format.Height}."));
        }
    }

    /// <summary>Spreads samples of 8 bits.</summary>
    internal static void Spread8(ReadOnlySpan<byte> samples, ImageTensor band, int row)
    {
        float[] unit = _unit8Bit;
        int channels = band.Channels;
        for (int c = 0; c < channels; c++)
        {
            Span<float> plane = band.Row(0, c, row);
            int at = c;
            for (int x = 0; x < plane.Length; x++)
            {
                plane[x] = unit[samples[at]];
                at += channels;
            }
        }
    }

    /// <summary>Spreads big-endian samples of 16 bits.</summary>
    /// <returns>The largest sample.</returns>
    internal static int Spread16(ReadOnlySpan<byte> samples, ImageTensor band, int row, int maximum)
    {
        int channels = band.Channels, largest = 0;
        for (int c = 0; c < channels; c++)
        {
            Span<float> plane = band.Row(0, c, row);
            int at = 2 * c;
            for (int x = 0; x < plane.Length; x++)
            {
                int level = (samples[at] << 8) | samples[at + 1];
                largest = Math.Max(largest, level);
                plane[x] = level / (float)maximum;
                at += 2 * channels;
            }
        }

        return largest;
    }
}
