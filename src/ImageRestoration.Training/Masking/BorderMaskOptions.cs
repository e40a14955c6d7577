namespace ImageRestoration.Masking;

/// <summary>Options of <see cref="BorderMaskStrategy"/>.</summary>
/// <remarks>
/// Immutable. <see cref="BorderMaskStrategy"/> checks the options once, when it is created, and reports all errors together.
/// </remarks>
public sealed record BorderMaskOptions : IDescribed
{
    /// <summary>Sides at which pixels are missing.</summary>
    /// <value>At least one side; default all.</value>
    public BorderSides Sides { get; init; } = BorderSides.All;

    /// <summary>Unit of <see cref="MinimumWidth"/> and <see cref="MaximumWidth"/>.</summary>
    /// <value>Default <see cref="BorderWidthUnit.Share"/>.</value>
    public BorderWidthUnit Unit { get; init; } = BorderWidthUnit.Share;

    /// <summary>Smallest width of the missing border. Each side gets a width of its own, drawn uniformly; equal limits fix it.</summary>
    /// <value>A share in [0, 1], or whole pixels of at least 0; default 0.0625.</value>
    public double MinimumWidth { get; init; } = 0.0625;

    /// <summary>Largest width of the missing border.</summary>
    /// <value><see cref="MinimumWidth"/> to 1, or whole pixels; default 0.125.</value>
    public double MaximumWidth { get; init; } = 0.125;

    /// <inheritdoc/>
    void IDescribed.Describe(SettingList settings)
    {
        settings.Add(nameof(Sides), Sides);
        settings.Add(nameof(Unit), Unit);
        settings.Add(nameof(MinimumWidth), MinimumWidth);
        settings.Add(nameof(MaximumWidth), MaximumWidth);
    }

    /// <summary>Throws one exception that lists everything wrong with the options.</summary>
    internal void Validate(string parameterName)
    {
        var errors = new OptionErrors();
        if (Sides == BorderSides.None || (Sides & ~BorderSides.All) != BorderSides.None)
        {
            errors.Add(
                $"{nameof(Sides)} is {Sides}; it must be one or more of {nameof(BorderSides.Top)}, {nameof(BorderSides.Bottom)}, "
                    + $"{nameof(BorderSides.Left)} and {nameof(BorderSides.Right)}.");
        }

        switch (Unit)
        {
            case BorderWidthUnit.Share:
                errors.CheckShares(nameof(MinimumWidth), MinimumWidth, nameof(MaximumWidth), MaximumWidth);
                break;
            case BorderWidthUnit.Pixels:
                CheckPixels(errors, nameof(MinimumWidth), MinimumWidth);
                CheckPixels(errors, nameof(MaximumWidth), MaximumWidth);
                errors.CheckOrder(nameof(MinimumWidth), MinimumWidth, nameof(MaximumWidth), MaximumWidth);
                break;
            default:
                errors.Add($"{nameof(Unit)} is {Unit}; it must be {nameof(BorderWidthUnit.Share)} or {nameof(BorderWidthUnit.Pixels)}.");
                break;
        }

        errors.ThrowIfAny("options of the border mask", parameterName);
    }

    private static void CheckPixels(OptionErrors errors, string name, double value)
    {
        const int most = 1 << 30;
        if (!(value >= 0 && value <= most && Math.Floor(value) == value))
        {
            errors.Add(Invariant($"{name} is {value}; in pixels it must be a whole number from 0 to {most}. ")
                + $"For a share of the picture's size set {nameof(Unit)} to {nameof(BorderWidthUnit.Share)}.");
        }
    }
}
