using ImageRestoration.Imaging;

namespace ImageRestoration.Degradation;

/// <summary>
/// Quantises every value to what a few bits can hold: limited to [0, 1] and rounded to the nearest n/(2^bits - 1), ties to the even n.
/// </summary>
public sealed class BitDepthReduction : PerImageDegradation, IDescribed
{
    private const int MaximumDepth = 16;

    /// <summary>Creates quantisation to one depth.</summary>
    /// <param name="bits">Bits of each value, 1 to 16.</param>
    public BitDepthReduction(int bits)
    {
        ThrowIfNotDepth(bits, nameof(bits));
        MinimumBits = MaximumBits = bits;
    }

    /// <summary>Creates quantisation to varying depth: each picture of a batch gets one of its own, each equally likely.</summary>
    /// <param name="minimumBits">Fewest bits of each value, 1 to 16.</param>
    /// <param name="maximumBits">Most bits, <paramref name="minimumBits"/> to 16.</param>
    public BitDepthReduction(int minimumBits, int maximumBits)
    {
        ThrowIfNotDepth(minimumBits, nameof(minimumBits));
        ThrowIfNotDepth(maximumBits, nameof(maximumBits));
        if (minimumBits > maximumBits)
        {
            throw DegradationErrors.Order(
                nameof(minimumBits), minimumBits, maximumBits, "The fewest bits exceed the most", "Give the smaller number first.");
        }

        MinimumBits = minimumBits;
        MaximumBits = maximumBits;
    }

    /// <summary>Fewest bits of each value.</summary>
    public int MinimumBits { get; }

    /// <summary>Most bits of each value.</summary>
    public int MaximumBits { get; }

    /// <inheritdoc/>
    void IDescribed.Describe(SettingList settings)
    {
        settings.Add(nameof(MinimumBits), MinimumBits);
        settings.Add(nameof(MaximumBits), MaximumBits);
    }

    /// <inheritdoc/>
    protected override void ApplyToImage(ImageTensor picture, Random random)
    {
        ArgumentNullException.ThrowIfNull(picture);
        ArgumentNullException.ThrowIfNull(random);
        int bits = MinimumBits < MaximumBits ? random.Next(MinimumBits, MaximumBits + 1) : MinimumBits;
        Quantization.Round(picture.Span, (1 << bits) - 1);
    }

    private static void ThrowIfNotDepth(int bits, string parameterName)
    {
        if (bits is < 1 or > MaximumDepth)
        {
            throw new ArgumentOutOfRangeException(parameterName, bits, $"A depth is a whole number of bits from 1 to {MaximumDepth}.");
        }
    }
}
