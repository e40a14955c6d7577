using System.Collections.Immutable;

namespace ImageRestoration.Networks.Architectures;

/// <summary>Settings of <see cref="GatedConvAutoencoder"/>. The defaults are those of the paper's coarse network.</summary>
public sealed record GatedConvAutoencoderOptions
{
    /// <summary>Channels of the pictures: 3 for RGB, 1 for grey.</summary>
    /// <value>Default 3.</value>
    public int ImageChannels { get; init; } = 3;

    /// <summary>Channels at the full size, an even number; twice as many at half the size and four times as many at a quarter.</summary>
    /// <value>Default 24: half of the paper's 48, whose other half are the gates.</value>
    public int Width { get; init; } = 24;

    /// <summary>Distances of the kernels' taps in the middle, a convolution for each: they let the network see across large gaps.</summary>
    /// <value>Default 2, 4, 8, 16.</value>
    public ImmutableArray<int> Dilations { get; init; } = [2, 4, 8, 16];

    /// <summary>Whether one gate opens and closes all channels of a pixel, which needs little more than half of the operations.</summary>
    /// <value>Default <see langword="false"/>: each channel has a gate of its own, as in the paper.</value>
    public bool SingleGates { get; init; }

    internal void ThrowIfInvalid(string parameterName)
    {
        var errors = new OptionErrors();
        errors.CheckImageChannels(ImageChannels);
        errors.CheckRange(nameof(Width), Width, 2, 1024);
        if (Width % 2 != 0)
        {
            errors.Add(Invariant($"{nameof(Width)} is {Width}; it must be even, because the last layers have half of it."));
        }

        if (Dilations.IsDefault || Dilations.Length > 16 || Dilations.Any(d => d is < 1 or > 64))
        {
            errors.Add($"{nameof(Dilations)} must list at most 16 numbers from 1 to 64.");
        }

        errors.ThrowIfAny("options of the gated autoencoder", parameterName);
    }
}
