namespace ImageRestoration.ImageSharp;

/// <summary>How a JPEG of three components stores its colours.</summary>
/// <param name="Horizontal">How many columns of the picture one column of chroma stands for.</param>
/// <param name="Vertical">How many rows of the picture one row of chroma stands for.</param>
/// <param name="IsYcc">Whether there are luma and chroma, rather than red, green and blue.</param>
/// <param name="AdobeTransformAt">Where Adobe's marker says so, or 0 where there is none.</param>
internal readonly record struct JpegColors(int Horizontal, int Vertical, bool IsYcc, int AdobeTransformAt)
{
    /// <summary>Whether chroma is stored at half the resolution in one direction or both.</summary>
    internal bool IsHalved => IsYcc && (Horizontal, Vertical) is (2, 1) or (1, 2) or (2, 2);
}
