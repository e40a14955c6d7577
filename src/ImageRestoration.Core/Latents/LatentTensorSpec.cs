using ImageRestoration.Networks;

namespace ImageRestoration.Latents;

/// <summary>Name, channels and scale of one tensor of a latent: what encoder and decoder must agree on.</summary>
/// <param name="Name">Name, unique in the latent.</param>
/// <param name="Channels">Number of channels.</param>
/// <param name="HeightScale">Height as a function of the picture's height.</param>
/// <param name="WidthScale">Width as a function of the picture's width.</param>
public sealed record LatentTensorSpec(string Name, int Channels, AffineSize HeightScale, AffineSize WidthScale)
{
    /// <summary>Writes name, channels and scale.</summary>
    /// <returns>
    /// Text such as <c>bottleneck: 256 channels at 1/8</c>; with different scales,
    /// <c>bottleneck: 256 channels at 1/8 of the height and 1/4+1 of the width</c>.
    /// </returns>
    public override string ToString() => HeightScale == WidthScale
        ? $"{Name}: {Channels} channels at {HeightScale}"
        : $"{Name}: {Channels} channels at {HeightScale} of the height and {WidthScale} of the width";
}
