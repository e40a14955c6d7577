namespace ImageRestoration.Networks;

/// <summary>A number of pixels for each side of a picture. Converts from one number, or from a pair for height and width.</summary>
/// <param name="Top">Rows above.</param>
/// <param name="Bottom">Rows below.</param>
/// <param name="Left">Columns to the left.</param>
/// <param name="Right">Columns to the right.</param>
public readonly record struct Sides2d(int Top, int Bottom, int Left, int Right)
{
    /// <summary>The same number for all sides.</summary>
    /// <param name="all">The number.</param>
    public static implicit operator Sides2d(int all) => new(all, all, all, all);

    /// <summary>One number above and below, one to the left and right.</summary>
    /// <param name="size">The numbers.</param>
    public static implicit operator Sides2d(Size2d size) => new(size.Height, size.Height, size.Width, size.Width);

    /// <summary>The number at the beginning of an axis.</summary>
    /// <param name="axis">Height or width.</param>
    /// <returns><see cref="Top"/> or <see cref="Left"/>.</returns>
    public int Before(SpatialAxis axis) => axis == SpatialAxis.Height ? Top : Left;

    /// <summary>The number at the end of an axis.</summary>
    /// <param name="axis">Height or width.</param>
    /// <returns><see cref="Bottom"/> or <see cref="Right"/>.</returns>
    public int After(SpatialAxis axis) => axis == SpatialAxis.Height ? Bottom : Right;
}
