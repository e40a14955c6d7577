namespace ImageRestoration.Photos;

/// <summary>What the channels of a file beside alpha are.</summary>
public enum PhotoColor
{
    /// <summary>One channel.</summary>
    Grey,

    /// <summary>Red, green and blue, or what decodes to them.</summary>
    Rgb,

    /// <summary>Four inks, which cannot be shown as RGB without their colour profile; refused by <see cref="PhotoRestorer"/>.</summary>
    Cmyk,
}
