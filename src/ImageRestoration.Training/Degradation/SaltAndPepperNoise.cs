using System.Buffers.Binary;
using ImageRestoration.Imaging;

namespace ImageRestoration.Degradation;

/// <summary>Impulse noise: a share of the values, chosen independently, becomes white (1) or black (0), each equally likely.</summary>
public sealed class SaltAndPepperNoise : PerImageDegradation, IDescribed
{
    private const int BlockLength = 1024;

    private static readonly ParameterLimits _limits = new(
        0, 1, "A share is a number from 0 to 1: 0.05 means that one value in twenty is replaced.");

    private readonly ParameterRange _share;

    /// <summary>Creates noise of one density.</summary>
    /// <param name="share">Probability that a value is replaced, 0 to 1. With 0, pictures stay as they are.</param>
    /// <param name="wholePixels">
    /// Whether all channels of a pixel are replaced together, by white or black; otherwise each channel on its own.
    /// </param>
    public SaltAndPepperNoise(double share, bool wholePixels = false)
    {
        _share = ParameterRange.Fixed(share, _limits, nameof(share));
        WholePixels = wholePixels;
    }

    /// <summary>Creates noise of varying density: each picture of a batch gets a share of its own, drawn uniformly.</summary>
    /// <param name="minimumShare">Smallest probability that a value is replaced, 0 to 1.</param>
    /// <param name="maximumShare">Largest probability, <paramref name="minimumShare"/> to 1.</param>
    /// <param name="wholePixels">
    /// Whether all channels of a pixel are replaced together, by white or black; otherwise each channel on its own.
    /// </param>
    public SaltAndPepperNoise(double minimumShare, double maximumShare, bool wholePixels = false)
    {
        _share = ParameterRange.Between(minimumShare, maximumShare, _limits, nameof(minimumShare), nameof(maximumShare));
        WholePixels = wholePixels;
    }

    /// <summary>Smallest probability that a value is replaced.</summary>
    public double MinimumShare => _share.Minimum;

    /// <summary>Largest probability that a value is replaced.</summary>
    public double MaximumShare => _share.Maximum;

    /// <summary>Whether all channels of a pixel are replaced together.</summary>
    public bool WholePixels { get; }

    /// <inheritdoc/>
    void IDescribed.Describe(SettingList settings)
    {
        settings.Add(nameof(MinimumShare), MinimumShare);
        settings.Add(nameof(MaximumShare), MaximumShare);
        settings.Add(nameof(WholePixels), WholePixels);
    }

    /// <inheritdoc/>
    protected override void ApplyToImage(ImageTensor picture, Random random)
    {
        ArgumentNullException.ThrowIfNull(picture);
        ArgumentNullException.ThrowIfNull(random);
        ulong replaced = (ulong)(_share.Draw(random) * (1UL << 32));
        if (replaced == 0)
        {
            return;
        }

        Span<float> values = picture.Span;
        int decisions = WholePixels ? values.Length / picture.Channels : values.Length;
        int copies = values.Length / decisions;
        Span<byte> room = stackalloc byte[BlockLength * sizeof(uint)];
        for (int start = 0; start < decisions; start += BlockLength)
        {
            Span<byte> bits = room[..(Math.Min(BlockLength, decisions - start) * sizeof(uint))];
            random.NextBytes(bits);
            for (int i = 0; i < bits.Length / sizeof(uint); i++)
            {
                uint number = BinaryPrimitives.ReadUInt32LittleEndian(bits[(i * sizeof(uint))..]);
                if (number < replaced)
                {
                    for (int copy = 0; copy < copies; copy++)
                    {
                        values[start + i + (copy * decisions)] = number & 1;
                    }
                }
            }
        }
    }
}
