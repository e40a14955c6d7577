using System.Collections.Immutable;

namespace ImageRestoration.Networks.Architectures;

/// <summary>Settings of <see cref="UNet"/>.</summary>
public sealed record UNetOptions
{
    /// <summary>Channels of the pictures: 3 for RGB, 1 for grey.</summary>
    /// <value>Default 3.</value>
    public int ImageChannels { get; init; } = 3;

    /// <summary>
    /// Whether the network takes a mask beside the picture, to fill in missing pixels: a second input <c>mask</c> of one channel, 1 =
    /// missing.
    /// </summary>
    /// <value>Default <see langword="false"/>.</value>
    public bool TakesMask { get; init; }

    /// <summary>Channels of each level from the full size down; each level halves the size.</summary>
    /// <value>Default 32, 64, 128, 256.</value>
    public ImmutableArray<int> Channels { get; init; } = [32, 64, 128, 256];

    /// <summary>
    /// Blocks of each level from the full size down, on the way down and again on the way up: one number for each level, or a single one
    /// for all.
    /// </summary>
    /// <value>Default 1 for all.</value>
    public ImmutableArray<int> BlocksPerLevel { get; init; } = [1];

    /// <summary>What the blocks are made of.</summary>
    /// <value>Default <see cref="UNetBlock.Residual"/>.</value>
    public UNetBlock Block { get; init; }

    /// <summary>The activation of blocks that have one; <see cref="ActivationFunction.LeakyReLU"/> with PyTorch's slope, 0.01.</summary>
    /// <value>Default <see cref="ActivationFunction.ReLU"/>.</value>
    public ActivationFunction Activation { get; init; }

    internal void ThrowIfInvalid(string parameterName)
    {
        var errors = new List<string>();
        errors.AddIf(ImageChannels < 1, Invariant($"ImageChannels is {ImageChannels} and must be at least 1."));
        errors.AddIf(
            Channels.IsDefaultOrEmpty || Channels.Length > 8 || Channels.Any(c => c < 1),
            "Channels must list 1 to 8 levels with at least 1 channel each.");
        if (BlocksPerLevel.IsDefaultOrEmpty || BlocksPerLevel.Any(b => b is < 1 or > 64))
        {
            string given = BlocksPerLevel.IsDefaultOrEmpty ? "empty" : string.Join(", ", BlocksPerLevel.Select(b => Invariant($"{b}")));
            errors.Add($"BlocksPerLevel is {given} and must list 1 to 64 blocks for each level.");
        }
        else if (BlocksPerLevel.Length != 1 && !Channels.IsDefault && BlocksPerLevel.Length != Channels.Length)
        {
            errors.Add(Invariant($"BlocksPerLevel lists {BlocksPerLevel.Length} levels and Channels {Channels.Length}; ")
                + "give as many, or one number for all.");
        }

        errors.AddIf(!Enum.IsDefined(Block), $"Block {Block} is unknown.");
        if (!Enum.IsDefined(Activation))
        {
            errors.Add($"Activation {Activation} is unknown.");
        }
        else if (Block == UNetBlock.NafNet && Activation != ActivationFunction.ReLU)
        {
            errors.Add($"Activation is {Activation} and blocks of NAFNet have none; leave it out.");
        }

        errors.ThrowIfAny(nameof(UNetOptions), parameterName);
    }
}
