namespace ImageRestoration.Masking;

/// <summary>
/// Gives one mask again and again, fitted to the size that is asked for: for masks drawn by hand or published with a benchmark.
/// </summary>
/// <remarks>
/// <para>The rule: a mask that is not upright is transposed for upright pictures (more rows than columns), and an upright mask is
/// transposed for wide pictures. Then its top left corner is put on the picture's; what juts out is cut off, and what it does not
/// cover is covered by repeating it. A picture of the mask's own size gets the mask as it is.</para>
/// <para>Instances are immutable and safe for use from several threads.</para>
/// </remarks>
public sealed class FixedMaskStrategy : IMaskStrategy, IDescribed
{
    private readonly Mask _mask;

    /// <summary>Creates the strategy.</summary>
    /// <param name="mask">The mask; it is copied.</param>
    public FixedMaskStrategy(Mask mask)
    {
        ArgumentNullException.ThrowIfNull(mask);
        _mask = new Mask(mask.Height, mask.Width);
        mask.Values.CopyTo(_mask.Values);
    }

    /// <inheritdoc/>
    void IDescribed.Describe(SettingList settings)
    {
        using var digest = new Digest();
        digest.Add(_mask.Height);
        digest.Add(_mask.Values);
        settings.Add("Mask", digest.ToString());
    }

    /// <summary>Fits the mask to a size.</summary>
    /// <param name="height">Rows, at least 1.</param>
    /// <param name="width">Columns, at least 1.</param>
    /// <param name="random">Not used.</param>
    /// <returns>The mask: 1 = missing, 0 = known.</returns>
    public Mask Create(int height, int width, Random random)
    {
        var result = new Mask(height, width);
        ArgumentNullException.ThrowIfNull(random);
        bool isTransposed = height > width ? _mask.Height <= _mask.Width : height < width && _mask.Height > _mask.Width;
        Mask source = isTransposed ? _mask.Transpose() : _mask;
        for (int row = 0; row < height; row++)
        {
            Span<byte> destination = result.Row(row);
            if (row >= source.Height)
            {
                result.Row(row - source.Height).CopyTo(destination);
                continue;
            }

            ReadOnlySpan<byte> line = source.Row(row);
            while (!destination.IsEmpty)
            {
                int extent = Math.Min(line.Length, destination.Length);
                line[..extent].CopyTo(destination);
                destination = destination[extent..];
            }
        }

        return result;
    }
}
