namespace ImageRestoration.Masking;

/// <summary>What the widths of a border are measured in.</summary>
public enum BorderWidthUnit
{
    /// <summary>Shares of the picture's size: of its height at the top and the bottom, of its width on the left and the right.</summary>
    Share,

    /// <summary>Whole pixels.</summary>
    Pixels,
}
