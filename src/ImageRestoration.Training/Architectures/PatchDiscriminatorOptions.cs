using System.Collections.Immutable;

namespace ImageRestoration.Networks.Architectures;

/// <summary>Settings of <see cref="PatchDiscriminator"/>. The defaults are pix2pix's, which judges patches of 70×70 pixels.</summary>
public sealed record PatchDiscriminatorOptions
{
    /// <summary>Channels of the pictures: 3 for RGB, 1 for grey.</summary>
    /// <value>Default 3.</value>
    public int ImageChannels { get; init; } = 3;

    /// <summary>
    /// Whether the network takes a mask beside the picture, to judge completed pictures: a second input <c>mask</c> of one channel, 1 =
    /// missing.
    /// </summary>
    /// <value>Default <see langword="false"/>.</value>
    public bool TakesMask { get; init; }

    /// <summary>Channels of each convolution before the one that makes the score.</summary>
    /// <value>Default 64, 128, 256, 512. SN-PatchGAN has 64, 128 and four times 256.</value>
    public ImmutableArray<int> Channels { get; init; } = [64, 128, 256, 512];

    /// <summary>How many of the convolutions halve the size, from the first on; the others, and the score's own, do not.</summary>
    /// <value>Default 3. SN-PatchGAN has 6.</value>
    public int StridedConvolutions { get; init; } = 3;

    /// <summary>Height and width of all kernels. An even kernel makes the size smaller by 1 where it does not halve it: pix2pix.</summary>
    /// <value>Default 4. SN-PatchGAN has 5.</value>
    public int KernelSize { get; init; } = 4;

    /// <summary>
    /// Whether all convolutions but the first and the last are followed by batch normalisation, as in pix2pix. With it, pictures of one
    /// batch influence each other's scores during training.
    /// </summary>
    /// <value>Default <see langword="false"/>.</value>
    public bool BatchNorm { get; init; }

    internal void ThrowIfInvalid(string parameterName)
    {
        var errors = new OptionErrors();
        errors.CheckImageChannels(ImageChannels);
        errors.CheckChannels(Channels);
        errors.CheckRange(nameof(StridedConvolutions), StridedConvolutions, 0, Channels.IsDefault ? 0 : Channels.Length);
        errors.CheckRange(nameof(KernelSize), KernelSize, 2, 15);
        errors.ThrowIfAny("options of the discriminator", parameterName);
    }
}
