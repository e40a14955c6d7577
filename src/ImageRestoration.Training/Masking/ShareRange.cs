namespace ImageRestoration.Masking;

/// <summary>Limits of a share of a picture's pixels: 0 = none, 1 = all.</summary>
internal readonly record struct ShareRange
{
    /// <summary>Creates limits.</summary>
    /// <param name="minimum">Smallest share, in [0, 1].</param>
    /// <param name="maximum">Largest share, from <paramref name="minimum"/> to 1.</param>
    /// <exception cref="ArgumentException">
    /// A limit is outside [0, 1] or the smallest exceeds the largest; the message lists all errors.
    /// </exception>
    public ShareRange(double minimum, double maximum)
    {
        var errors = new OptionErrors();
        errors.CheckShares(nameof(minimum), minimum, nameof(maximum), maximum);
        errors.ThrowIfAny("limits of the share");
        Minimum = minimum;
        Maximum = maximum;
    }

    /// <summary>Smallest share, in [0, 1].</summary>
    public double Minimum { get; }

    /// <summary>Largest share, from <see cref="Minimum"/> to 1.</summary>
    public double Maximum { get; }

    /// <summary>The whole numbers of items within the limits; where there is none, the number nearest to the limits' middle.</summary>
    internal (long Floor, long Ceiling) CountLimits(long items)
    {
        long floor = (long)Math.Ceiling(Minimum * items);
        long ceiling = (long)Math.Floor(Maximum * items);
        if (floor > ceiling)
        {
            floor = ceiling = (long)Math.Round((Minimum + Maximum) / 2 * items);
        }

        return (floor, ceiling);
    }
}
