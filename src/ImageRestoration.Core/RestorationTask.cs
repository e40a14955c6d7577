namespace ImageRestoration;

/// <summary>What a restorer or a model does to a picture.</summary>
public enum RestorationTask
{
    /// <summary>None of the others, or several at once.</summary>
    Other,

    /// <summary>Removes noise.</summary>
    Denoise,

    /// <summary>Fills in missing pixels, as a mask tells them (completion).</summary>
    Inpaint,

    /// <summary>Removes JPEG artefacts.</summary>
    Deblock,

    /// <summary>Brightens pictures taken in low light.</summary>
    Brighten,

    /// <summary>Compresses to a small latent and back.</summary>
    Compress,

    /// <summary>Generates pictures from a latent.</summary>
    Generate,
}
