using System.Collections.Immutable;

namespace ImageRestoration.Networks.Architectures;

/// <summary>Settings of <see cref="VariationalAutoencoder"/>. The defaults suit pictures of 32×32: a latent of one pixel.</summary>
public sealed record VariationalAutoencoderOptions
{
    /// <summary>Channels of the pictures: 3 for RGB, 1 for grey.</summary>
    /// <value>Default 3.</value>
    public int ImageChannels { get; init; } = 3;

    /// <summary>
    /// Channels of each level from the full size down to the latent's; each level halves the size. With n + 1 levels, pictures of 2^n×2^n
    /// become a latent of one pixel, and larger ones a latent of as many pixels as they have squares of that size.
    /// </summary>
    /// <value>Default 16, 32, 64, 128, 128, 256: five times halved.</value>
    public ImmutableArray<int> Channels { get; init; } = [16, 32, 64, 128, 128, 256];

    /// <summary>Channels of the latent.</summary>
    /// <value>Default 64.</value>
    public int LatentChannels { get; init; } = 64;

    /// <summary>Residual blocks of each level above the latent's, on the way down and again on the way up.</summary>
    /// <value>Default 1.</value>
    public int BlocksPerLevel { get; init; } = 1;

    /// <summary>Number of classes that encoder and decoder are told, at least 2; 0 for none.</summary>
    /// <value>Default 0.</value>
    public int Classes { get; init; }

    internal void ThrowIfInvalid(string parameterName)
    {
        var errors = new List<string>();
        errors.AddIf(ImageChannels < 1, Invariant($"ImageChannels is {ImageChannels} and must be at least 1."));
        errors.AddIf(
            Channels.IsDefault || Channels.Length is < 2 or > 10 || Channels.Any(c => c < 1),
            "Channels must list 2 to 10 levels with at least 1 channel each.");
        errors.AddIf(LatentChannels < 1, Invariant($"LatentChannels is {LatentChannels} and must be at least 1."));
        errors.AddIf(BlocksPerLevel is < 0 or > 64, Invariant($"BlocksPerLevel is {BlocksPerLevel} and must be 0 to 64."));
        errors.AddIf(Classes is < 0 or 1, Invariant($"Classes is {Classes} and must be 0, or at least 2."));
        errors.ThrowIfAny(nameof(VariationalAutoencoderOptions), parameterName);
    }
}
