namespace ImageRestoration.Generation;

/// <summary>How the points between two latents are laid out.</summary>
public enum InterpolationPath
{
    /// <summary>
    /// Along the arc between them (Shoemake 1985; White 2016, arXiv:1609.04468, section 2.1): points keep the length that is typical of a
    /// normal distribution of many dimensions, which those of a straight line do not.
    /// </summary>
    Spherical,

    /// <summary>Along the straight line between them.</summary>
    Linear,
}
