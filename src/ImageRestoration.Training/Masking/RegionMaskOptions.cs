namespace ImageRestoration.Masking;

/// <summary>
/// Options of <see cref="RegionMaskStrategy"/>. Lengths are shares of the picture's size, so that one set of options serves all sizes.
/// </summary>
/// <remarks>
/// Immutable. <see cref="RegionMaskStrategy"/> checks the options once, when it is created, and reports all errors together.
/// </remarks>
public sealed record RegionMaskOptions : IDescribed
{
    /// <summary>Shapes to choose from; each region gets one of them, all equally likely.</summary>
    /// <value>At least one shape; default both.</value>
    public RegionShapes Shapes { get; init; } = RegionShapes.All;

    /// <summary>Fewest regions.</summary>
    /// <value>1 to 1000; default 1.</value>
    public int MinimumCount { get; init; } = 1;

    /// <summary>Most regions.</summary>
    /// <value><see cref="MinimumCount"/> to 1000; default 4.</value>
    public int MaximumCount { get; init; } = 4;

    /// <summary>
    /// Smallest extent of a region: its height as a share of the picture's height and its width as a share of the picture's width,
    /// each drawn uniformly. No extent is below 1 pixel.
    /// </summary>
    /// <value>Above 0, at most 1; default 0.125.</value>
    public double MinimumSize { get; init; } = 0.125;

    /// <summary>Largest extent of a region.</summary>
    /// <value><see cref="MinimumSize"/> to 1; default 0.375.</value>
    public double MaximumSize { get; init; } = 0.375;

    /// <inheritdoc/>
    void IDescribed.Describe(SettingList settings)
    {
        settings.Add(nameof(Shapes), Shapes);
        settings.Add(nameof(MinimumCount), MinimumCount);
        settings.Add(nameof(MaximumCount), MaximumCount);
        settings.Add(nameof(MinimumSize), MinimumSize);
        settings.Add(nameof(MaximumSize), MaximumSize);
    }

    /// <summary>Throws one exception that lists everything wrong with the options.</summary>
    internal void Validate(string parameterName)
    {
        const int mostRegions = 1000;
        var errors = new OptionErrors();
        if (Shapes == RegionShapes.None || (Shapes & ~RegionShapes.All) != RegionShapes.None)
        {
            errors.Add(
                $"{nameof(Shapes)} is {Shapes}; it must be {nameof(RegionShapes.Rectangle)}, {nameof(RegionShapes.Ellipse)} or both.");
        }

        errors.CheckCounts(nameof(MinimumCount), MinimumCount, nameof(MaximumCount), MaximumCount, mostRegions);
        errors.CheckLengths(nameof(MinimumSize), MinimumSize, nameof(MaximumSize), MaximumSize);
        errors.ThrowIfAny("options of the region mask", parameterName);
    }
}
