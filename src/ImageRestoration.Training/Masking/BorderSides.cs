namespace ImageRestoration.Masking;

/// <summary>Sides of a picture, in any combination.</summary>
[Flags]
public enum BorderSides
{
    /// <summary>No side.</summary>
    None = 0,

    /// <summary>The first rows.</summary>
    Top = 1,

    /// <summary>The last rows.</summary>
    Bottom = 2,

    /// <summary>The first columns.</summary>
    Left = 4,

    /// <summary>The last columns.</summary>
    Right = 8,

    /// <summary>All four sides.</summary>
    All = Top | Bottom | Left | Right,
}
