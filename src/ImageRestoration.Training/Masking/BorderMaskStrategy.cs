using ImageRestoration.Numerics;

namespace ImageRestoration.Masking;

/// <summary>Makes the pixels along chosen sides missing: a frame, a strip, a half.</summary>
/// <remarks>
/// <para>Inverted (<see cref="MaskStrategyExtensions.Invert"/>), a border of a quarter on all sides is the hole in the middle that
/// inpainting is often tested with. Sides with widths of their own are the union of several borders. To continue a picture beyond
/// its edges, see <see cref="Outpainting"/>.</para>
/// <para>
/// With a <see cref="SeededRandom"/>, masks are the same on every platform. Instances are immutable and safe for use from several threads.
/// </para>
/// </remarks>
public sealed class BorderMaskStrategy : IMaskStrategy, IDescribed
{
    private readonly BorderMaskOptions _options;

    /// <summary>Creates the strategy.</summary>
    /// <param name="options">Sides and widths; <see langword="null"/> for the defaults.</param>
    /// <exception cref="ArgumentException">Options are wrong; the message lists all that are.</exception>
    public BorderMaskStrategy(BorderMaskOptions? options = null)
    {
        _options = options ?? new BorderMaskOptions();
        _options.Validate(nameof(options));
    }

    /// <inheritdoc/>
    void IDescribed.Describe(SettingList settings) => ((IDescribed)_options).Describe(settings);

    /// <summary>Draws a mask. The same size and the same state of <paramref name="random"/> give the same mask.</summary>
    /// <remarks>Where borders from opposite sides meet, every pixel is missing.</remarks>
    /// <param name="height">Rows, at least 1.</param>
    /// <param name="width">Columns, at least 1.</param>
    /// <param name="random">Source of all randomness.</param>
    /// <returns>The mask: 1 = missing, 0 = known.</returns>
    public Mask Create(int height, int width, Random random)
    {
        var mask = new Mask(height, width);
        ArgumentNullException.ThrowIfNull(random);
        int top = DrawWidth(BorderSides.Top, height, random);
        int bottom = DrawWidth(BorderSides.Bottom, height, random);
        int left = DrawWidth(BorderSides.Left, width, random);
        int right = DrawWidth(BorderSides.Right, width, random);
        mask.MarkBorder(top, bottom, left, right);
        return mask;
    }

    private int DrawWidth(BorderSides side, int extent, Random random)
    {
        if (!_options.Sides.HasFlag(side))
        {
            return 0;
        }

        return _options.Unit == BorderWidthUnit.Pixels
            ? Math.Min(extent, random.Next((int)_options.MinimumWidth, (int)_options.MaximumWidth + 1))
            : (int)Math.Round(random.NextUniform(_options.MinimumWidth, _options.MaximumWidth) * extent);
    }
}
