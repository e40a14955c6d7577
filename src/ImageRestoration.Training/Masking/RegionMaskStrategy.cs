using ImageRestoration.Numerics;

namespace ImageRestoration.Masking;

/// <summary>
/// Makes rectangles and ellipses missing. Each lies wholly within the picture, all positions equally likely; they may overlap.
/// </summary>
/// <remarks>
/// With a <see cref="SeededRandom"/>, masks are the same on every platform. Instances are immutable and safe for use from several threads.
/// </remarks>
public sealed class RegionMaskStrategy : IMaskStrategy, IDescribed
{
    private readonly RegionMaskOptions _options;

    /// <summary>Creates the strategy.</summary>
    /// <param name="options">Shapes, counts and sizes; <see langword="null"/> for the defaults.</param>
    /// <exception cref="ArgumentException">Options are wrong; the message lists all that are.</exception>
    public RegionMaskStrategy(RegionMaskOptions? options = null)
    {
        _options = options ?? new RegionMaskOptions();
        _options.Validate(nameof(options));
    }

    /// <inheritdoc/>
    void IDescribed.Describe(SettingList settings) => ((IDescribed)_options).Describe(settings);

    /// <inheritdoc/>
    public Mask Create(int height, int width, Random random)
    {
        var mask = new Mask(height, width);
        ArgumentNullException.ThrowIfNull(random);
        for (int rest = random.Next(_options.MinimumCount, _options.MaximumCount + 1); rest > 0; rest--)
        {
            bool isEllipse = _options.Shapes == RegionShapes.All ? random.Next(2) == 1 : _options.Shapes == RegionShapes.Ellipse;
            int regionHeight = DrawExtent(height, random);
            int regionWidth = DrawExtent(width, random);
            int top = random.Next(height - regionHeight + 1);
            int left = random.Next(width - regionWidth + 1);
            for (int row = 0; row < regionHeight; row++)
            {
                int inset = isEllipse ? EllipseInset(row, regionHeight, regionWidth) : 0;
                mask.Row(top + row).Slice(left + inset, regionWidth - (2 * inset)).Fill(1);
            }
        }

        return mask;
    }

    private int DrawExtent(int extent, Random random)
        => Math.Max(1, (int)Math.Round(random.NextUniform(_options.MinimumSize, _options.MaximumSize) * extent));

    /// <summary>How many pixels of a row of the bounding box precede those whose centres are within the ellipse.</summary>
    private static int EllipseInset(int row, int height, int width)
    {
        double y = ((2 * row) + 1 - height) / (double)height;
        double half = width / 2.0 * Math.Sqrt(1 - (y * y));
        return Math.Min(width / 2, (int)Math.Ceiling((width / 2.0) - half - 0.5));
    }
}
