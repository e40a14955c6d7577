using System.Buffers;
using ImageRestoration.Numerics;

namespace ImageRestoration.Masking;

/// <summary>
/// Makes whole cells of a grid of square patches missing, an exact number of them, every choice of patches equally likely.
/// </summary>
/// <remarks>
/// <para>The random masking of He, Chen, Xie, Li, Dollár and Girshick, "Masked Autoencoders Are Scalable Vision Learners", CVPR 2022,
/// section 3, which uses patches of 16 pixels and a share of 0.75.</para>
/// <para>The grid starts in the top left corner. Where height or width is no multiple of the patch size, the last patches are cut off but
/// count as one patch each.</para>
/// <para>
/// With a <see cref="SeededRandom"/>, masks are the same on every platform. Instances are immutable and safe for use from several threads.
/// </para>
/// </remarks>
public sealed class PatchMaskStrategy : IMaskStrategy, IDescribed
{
    private readonly ShareRange _share;

    /// <summary>Creates a strategy whose masks all miss the same share.</summary>
    /// <param name="patchSize">Rows and columns of a patch, at least 1.</param>
    /// <param name="share">Share of missing patches, in [0, 1]; rounded to a whole number of patches.</param>
    /// <exception cref="ArgumentException">An argument is out of its range; the message lists all errors.</exception>
    public PatchMaskStrategy(int patchSize, double share)
        : this(patchSize, share, share)
    {
    }

    /// <summary>Creates a strategy whose masks miss a share drawn uniformly.</summary>
    /// <param name="patchSize">Rows and columns of a patch, at least 1.</param>
    /// <param name="minimumShare">Smallest share of missing patches, in [0, 1].</param>
    /// <param name="maximumShare">Largest share of missing patches, from <paramref name="minimumShare"/> to 1.</param>
    /// <exception cref="ArgumentException">An argument is out of its range; the message lists all errors.</exception>
    public PatchMaskStrategy(int patchSize, double minimumShare, double maximumShare)
    {
        var errors = new OptionErrors();
        errors.CheckRange(nameof(patchSize), patchSize, 1, int.MaxValue);
        errors.CheckShares(nameof(minimumShare), minimumShare, nameof(maximumShare), maximumShare);
        errors.ThrowIfAny("arguments of the patch mask");
        PatchSize = patchSize;
        _share = new ShareRange(minimumShare, maximumShare);
    }

    /// <summary>Rows and columns of a patch.</summary>
    public int PatchSize { get; }

    /// <inheritdoc/>
    void IDescribed.Describe(SettingList settings)
    {
        settings.Add(nameof(PatchSize), PatchSize);
        settings.Add("MinimumShare", _share.Minimum);
        settings.Add("MaximumShare", _share.Maximum);
    }

    /// <inheritdoc/>
    public Mask Create(int height, int width, Random random)
    {
        var mask = new Mask(height, width);
        ArgumentNullException.ThrowIfNull(random);
        int columns = ((width - 1) / PatchSize) + 1;
        int count = columns * (((height - 1) / PatchSize) + 1);
        byte[] rented = ArrayPool<byte>.Shared.Rent(count);
        Span<byte> patches = rented.AsSpan(0, count);
        (long floor, long ceiling) = _share.CountLimits(count);
        random.ChooseSubset(patches, random.NextInt64(floor, ceiling + 1));
        for (int row = 0; row < height; row++)
        {
            ReadOnlySpan<byte> patchRow = patches.Slice(row / PatchSize * columns, columns);
            Span<byte> pixels = mask.Row(row);
            foreach (byte missing in patchRow)
            {
                int extent = Math.Min(PatchSize, pixels.Length);
                pixels[..extent].Fill(missing);
                pixels = pixels[extent..];
            }
        }

        ArrayPool<byte>.Shared.Return(rented);
        return mask;
    }
}
