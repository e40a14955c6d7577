namespace ImageRestoration.Networks;

/// <summary>A pair of extents along height and width, such as a kernel size or a stride. Converts from one number for both.</summary>
/// <param name="Height">Extent along the rows.</param>
/// <param name="Width">Extent along the columns.</param>
public readonly record struct Size2d(int Height, int Width)
{
    /// <summary>The same extent along both axes.</summary>
    /// <param name="both">Height and width.</param>
    public static implicit operator Size2d(int both) => new(both, both);

    /// <summary>The extent along one axis.</summary>
    /// <param name="axis">Height or width.</param>
    /// <returns>The extent.</returns>
    public int Along(SpatialAxis axis) => axis == SpatialAxis.Height ? Height : Width;

    /// <summary>Writes the pair as <c>height×width</c>.</summary>
    /// <returns>Text such as <c>3×3</c>.</returns>
    public override string ToString() => Invariant($"{Height}×{Width}");
}
