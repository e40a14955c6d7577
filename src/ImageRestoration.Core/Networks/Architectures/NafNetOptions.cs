using System.Collections.Immutable;

namespace ImageRestoration.Networks.Architectures;

/// <summary>Settings of <see cref="NafNet"/>. The defaults are those of the paper's denoiser of width 32.</summary>
public sealed record NafNetOptions
{
    /// <summary>Channels of the pictures: 3 for RGB, 1 for grey.</summary>
    /// <value>Default 3.</value>
    public int ImageChannels { get; init; } = 3;

    /// <summary>Channels at the full size; each level below has twice as many.</summary>
    /// <value>Default 32.</value>
    public int Width { get; init; } = 32;

    /// <summary>Blocks of each level on the way down; each level halves the size.</summary>
    /// <value>Default 2, 2, 4, 8.</value>
    public ImmutableArray<int> EncoderBlocks { get; init; } = [2, 2, 4, 8];

    /// <summary>Blocks at the smallest size.</summary>
    /// <value>Default 12.</value>
    public int MiddleBlocks { get; init; } = 12;

    /// <summary>Blocks of each level on the way up, from the smallest size; as many levels as on the way down.</summary>
    /// <value>Default 2, 2, 2, 2.</value>
    public ImmutableArray<int> DecoderBlocks { get; init; } = [2, 2, 2, 2];

    /// <summary>
    /// Whether blocks weigh channels by their mean over the whole picture, as in the paper. Without it the network is local: large pictures
    /// can be restored in tiles with the same result.
    /// </summary>
    /// <value>Default <see langword="true"/>.</value>
    public bool ChannelAttention { get; init; } = true;

    internal void ThrowIfInvalid(string parameterName)
    {
        var errors = new List<string>();
        errors.AddIf(ImageChannels < 1, Invariant($"ImageChannels is {ImageChannels} and must be at least 1."));
        errors.AddIf(Width is < 1 or > 1024, Invariant($"Width is {Width} and must be 1 to 1024."));
        errors.AddIf(
            EncoderBlocks.IsDefaultOrEmpty || EncoderBlocks.Length > 8 || EncoderBlocks.Any(b => b is < 0 or > 64),
            "EncoderBlocks must list 1 to 8 levels of 0 to 64 blocks each.");
        errors.AddIf(MiddleBlocks is < 0 or > 64, Invariant($"MiddleBlocks is {MiddleBlocks} and must be 0 to 64."));
        errors.AddIf(
            DecoderBlocks.IsDefault || DecoderBlocks.Any(b => b is < 0 or > 64)
                || (!EncoderBlocks.IsDefault && DecoderBlocks.Length != EncoderBlocks.Length),
            "DecoderBlocks must list as many levels as EncoderBlocks, of 0 to 64 blocks each.");
        errors.ThrowIfAny(nameof(NafNetOptions), parameterName);
    }
}
