namespace ImageRestoration.Networks;

/// <summary>One of a picture's two axes.</summary>
public enum SpatialAxis
{
    /// <summary>From row to row.</summary>
    Height,

    /// <summary>From column to column.</summary>
    Width,
}
