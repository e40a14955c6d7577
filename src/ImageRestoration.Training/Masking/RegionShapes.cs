namespace ImageRestoration.Masking;

/// <summary>Shapes of missing regions, in any combination.</summary>
[Flags]
public enum RegionShapes
{
    /// <summary>No shape.</summary>
    None = 0,

    /// <summary>Rectangles with sides parallel to the picture's.</summary>
    Rectangle = 1,

    /// <summary>Ellipses with axes parallel to the picture's sides.</summary>
    Ellipse = 2,

    /// <summary>Both shapes.</summary>
    All = Rectangle | Ellipse,
}
