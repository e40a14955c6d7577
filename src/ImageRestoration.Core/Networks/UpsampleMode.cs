namespace ImageRestoration.Networks;

/// <summary>How <see cref="UpsampleLayer"/> fills the new pixels.</summary>
public enum UpsampleMode
{
    /// <summary>The nearest pixel.</summary>
    Nearest,

    /// <summary>Bilinear interpolation with half-pixel centres (<c>align_corners=False</c>).</summary>
    Bilinear,
}
