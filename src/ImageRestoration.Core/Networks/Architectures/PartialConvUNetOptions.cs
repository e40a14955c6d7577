using System.Collections.Immutable;

namespace ImageRestoration.Networks.Architectures;

/// <summary>Settings of <see cref="PartialConvUNet"/>.</summary>
public sealed record PartialConvUNetOptions
{
    /// <summary>Channels of the pictures: 3 for RGB, 1 for grey.</summary>
    /// <value>Default 3.</value>
    public int ImageChannels { get; init; } = 3;

    /// <summary>Channels of each convolution on the way down; each halves the size.</summary>
    /// <value>Default 32, 64, 128, 256, 256. The paper has 64, 128, 256 and five times 512, for pictures of 512×512.</value>
    public ImmutableArray<int> Channels { get; init; } = [32, 64, 128, 256, 256];

    /// <summary>Whether all convolutions but the first and the last are followed by batch normalisation, as in the paper.</summary>
    /// <value>Default <see langword="true"/>.</value>
    public bool BatchNorm { get; init; } = true;

    internal void ThrowIfInvalid(string parameterName)
    {
        var errors = new OptionErrors();
        errors.CheckImageChannels(ImageChannels);
        errors.CheckChannels(Channels);
        errors.ThrowIfAny("options of the partial convolution U-Net", parameterName);
    }
}
