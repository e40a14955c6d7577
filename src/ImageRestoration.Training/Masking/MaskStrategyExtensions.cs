namespace ImageRestoration.Masking;

/// <summary>Makes strategies of strategies: <c>new FreeFormMaskStrategy().Union(new PointMaskStrategy(0.1)).Dilate(2)</c>.</summary>
/// <remarks>What is made is immutable and safe for use from several threads if the strategies it is made of are.</remarks>
public static class MaskStrategyExtensions
{
    /// <summary>Makes a strategy whose masks miss what either of two strategies misses.</summary>
    /// <param name="first">Draws first.</param>
    /// <param name="second">Draws second, from the same random source.</param>
    /// <returns>The strategy.</returns>
    public static IMaskStrategy Union(this IMaskStrategy first, IMaskStrategy second)
    {
        ArgumentNullException.ThrowIfNull(first);
        ArgumentNullException.ThrowIfNull(second);
        return new CombinedMaskStrategy(first, second, nameof(Union), static (mask, other) => mask.Union(other));
    }

    /// <summary>Makes a strategy whose masks miss what both of two strategies miss.</summary>
    /// <param name="first">Draws first.</param>
    /// <param name="second">Draws second, from the same random source.</param>
    /// <returns>The strategy.</returns>
    public static IMaskStrategy Intersect(this IMaskStrategy first, IMaskStrategy second)
    {
        ArgumentNullException.ThrowIfNull(first);
        ArgumentNullException.ThrowIfNull(second);
        return new CombinedMaskStrategy(first, second, nameof(Intersect), static (mask, other) => mask.Intersect(other));
    }

    /// <summary>Makes a strategy with missing and known pixels exchanged.</summary>
    /// <param name="strategy">Draws the masks.</param>
    /// <returns>The strategy.</returns>
    public static IMaskStrategy Invert(this IMaskStrategy strategy)
    {
        ArgumentNullException.ThrowIfNull(strategy);
        return new DerivedMaskStrategy(strategy, nameof(Invert), radius: null, static mask => mask.Invert());
    }

    /// <summary>Makes a strategy whose masks are made larger, as by <see cref="Mask.Dilate"/>.</summary>
    /// <param name="strategy">Draws the masks.</param>
    /// <param name="radius">Largest distance to a missing pixel, in pixels; finite and at least 0.</param>
    /// <returns>The strategy.</returns>
    public static IMaskStrategy Dilate(this IMaskStrategy strategy, double radius)
    {
        ArgumentNullException.ThrowIfNull(strategy);
        ThrowIfNotRadius(radius);
        return new DerivedMaskStrategy(strategy, nameof(Dilate), radius, mask => mask.Dilate(radius));
    }

    /// <summary>Makes a strategy whose masks are made smaller, as by <see cref="Mask.Erode"/>.</summary>
    /// <param name="strategy">Draws the masks.</param>
    /// <param name="radius">Largest distance to a known pixel, in pixels; finite and at least 0.</param>
    /// <returns>The strategy.</returns>
    public static IMaskStrategy Erode(this IMaskStrategy strategy, double radius)
    {
        ArgumentNullException.ThrowIfNull(strategy);
        ThrowIfNotRadius(radius);
        return new DerivedMaskStrategy(strategy, nameof(Erode), radius, mask => mask.Erode(radius));
    }

    /// <summary>
    /// Makes a strategy for parts of pictures, such as training patches, that misses what a part of a larger picture misses: a mask is
    /// drawn for the larger picture and a window of it, every position equally likely, is taken. Windows in which nothing or everything is
    /// missing are drawn again, at most 8 times.
    /// </summary>
    /// <param name="strategy">Draws the masks.</param>
    /// <param name="height">Rows of the larger picture; masks of more rows are drawn at their own size.</param>
    /// <param name="width">Columns of the larger picture.</param>
    /// <returns>The strategy.</returns>
    public static IMaskStrategy Crop(this IMaskStrategy strategy, int height, int width)
    {
        ArgumentNullException.ThrowIfNull(strategy);
        ArgumentOutOfRangeException.ThrowIfLessThan(height, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(width, 1);
        return new CroppedMaskStrategy(strategy, height, width);
    }

    /// <summary>Asks a mask, so that a wrong radius is refused where the strategy is made and not when masks are drawn.</summary>
    private static void ThrowIfNotRadius(double radius) => new Mask(1, 1).Dilate(radius);
}
