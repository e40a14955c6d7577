using ImageRestoration.Numerics;

namespace ImageRestoration.Masking;

/// <summary>Makes single pixels missing, an exact number of them, every choice of pixels equally likely.</summary>
/// <remarks>
/// <see cref="MaskStrategyExtensions.Dilate"/> turns the points into dots. With a <see cref="SeededRandom"/>, masks are the same on
/// every platform. Instances are immutable and safe for use from several threads.
/// </remarks>
public sealed class PointMaskStrategy : IMaskStrategy, IDescribed
{
    private readonly ShareRange _share;

    /// <summary>Creates a strategy whose masks all miss the same share.</summary>
    /// <param name="share">Share of missing pixels, in [0, 1]; rounded to a whole number of pixels.</param>
    /// <exception cref="ArgumentException">The share is outside [0, 1].</exception>
    public PointMaskStrategy(double share)
        : this(share, share)
    {
    }

    /// <summary>Creates a strategy whose masks miss a share drawn uniformly.</summary>
    /// <param name="minimumShare">Smallest share of missing pixels, in [0, 1].</param>
    /// <param name="maximumShare">Largest share of missing pixels, from <paramref name="minimumShare"/> to 1.</param>
    /// <exception cref="ArgumentException">
    /// A share is outside [0, 1] or the smallest exceeds the largest; the message lists all errors.
    /// </exception>
    public PointMaskStrategy(double minimumShare, double maximumShare) => _share = new ShareRange(minimumShare, maximumShare);

    /// <inheritdoc/>
    void IDescribed.Describe(SettingList settings)
    {
        settings.Add("MinimumShare", _share.Minimum);
        settings.Add("MaximumShare", _share.Maximum);
    }

    /// <summary>Draws a mask. The same size and the same state of <paramref name="random"/> give the same mask.</summary>
    /// <remarks>
    /// Where a picture is so small that no whole number of pixels lies within the limits, the number nearest to their middle is missing.
    /// </remarks>
    /// <param name="height">Rows, at least 1.</param>
    /// <param name="width">Columns, at least 1.</param>
    /// <param name="random">Source of all randomness.</param>
    /// <returns>The mask: 1 = missing, 0 = known.</returns>
    public Mask Create(int height, int width, Random random)
    {
        var mask = new Mask(height, width);
        ArgumentNullException.ThrowIfNull(random);
        (long floor, long ceiling) = _share.CountLimits(mask.Values.Length);
        random.ChooseSubset(mask.Values, random.NextInt64(floor, ceiling + 1));
        return mask;
    }
}
