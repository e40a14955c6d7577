namespace ImageRestoration.Networks;

/// <summary>A closed range of pixel positions along one axis; positions outside the picture are allowed and mean padding.</summary>
/// <param name="First">First position.</param>
/// <param name="Last">Last position, not below <paramref name="First"/>.</param>
public readonly record struct PixelInterval(long First, long Last)
{
    /// <summary>The smallest range that contains both.</summary>
    /// <param name="other">The other range.</param>
    /// <returns>The union's hull.</returns>
    public PixelInterval Union(PixelInterval other) => new(Math.Min(First, other.First), Math.Max(Last, other.Last));

    internal PixelInterval SlideBack(int paddingBefore, long span, int stride)
        => new((First * stride) - paddingBefore, (Last * stride) - paddingBefore + span - 1);

    internal PixelInterval ScaleBack(int factor)
        => new(AffineSize.FloorDivide(First, factor), AffineSize.FloorDivide(Last, factor));
}
