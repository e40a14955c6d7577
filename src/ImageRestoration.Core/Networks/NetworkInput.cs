namespace ImageRestoration.Networks;

/// <summary>A named value that a network is given.</summary>
/// <param name="Name">Unique name, such as <c>image</c>.</param>
/// <param name="Channels">Number of channels.</param>
/// <param name="Scale">Extent relative to the network's first input: 1 for pictures and masks, 1/2 for a latent at half the size.</param>
public sealed record NetworkInput(string Name, int Channels, AffineSize Scale)
{
    /// <summary>Whether the caller gives it beside picture, mask and latent: a class, for example.</summary>
    /// <value>Default <see langword="false"/>.</value>
    public bool IsCondition { get; init; }
}
