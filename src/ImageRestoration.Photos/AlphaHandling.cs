namespace ImageRestoration.Photos;

/// <summary>What becomes of the transparency of a picture while its colours are restored.</summary>
public enum AlphaHandling
{
    /// <summary>
    /// Alpha stays bit for bit what it was. So does the colour under fully transparent pixels, which nobody sees.
    /// Only with <see cref="PhotoMask.FromAlpha"/> the pixels that are filled in become opaque.
    /// </summary>
    Preserve,

    /// <summary>Alpha is restored too, as a grey picture of its own.</summary>
    Restore,

    /// <summary>The result has no alpha: every pixel is opaque, with its restored colour.</summary>
    Discard,
}
