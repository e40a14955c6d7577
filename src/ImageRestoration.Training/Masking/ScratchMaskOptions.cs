namespace ImageRestoration.Masking;

/// <summary>
/// Options of <see cref="ScratchMaskStrategy"/>. Lengths are shares of the picture's size, so that one set of options serves all sizes.
/// </summary>
/// <remarks>
/// Immutable. <see cref="ScratchMaskStrategy"/> checks the options once, when it is created, and reports all errors together.
/// </remarks>
public sealed record ScratchMaskOptions : IDescribed
{
    /// <summary>Fewest scratches.</summary>
    /// <value>1 to 1000; default 2.</value>
    public int MinimumCount { get; init; } = 2;

    /// <summary>Most scratches.</summary>
    /// <value><see cref="MinimumCount"/> to 1000; default 10.</value>
    public int MaximumCount { get; init; } = 10;

    /// <summary>Smallest width of a scratch as a share of the picture's shorter side; never below 1 pixel.</summary>
    /// <value>Above 0, at most 1; default 0.002.</value>
    public double MinimumWidth { get; init; } = 0.002;

    /// <summary>Largest width of a scratch as a share of the picture's shorter side.</summary>
    /// <value><see cref="MinimumWidth"/> to 1; default 0.01.</value>
    public double MaximumWidth { get; init; } = 0.01;

    /// <summary>Smallest length of a scratch as a share of the picture's diagonal. The picture's edges may cut it.</summary>
    /// <value>Above 0, at most 2; default 0.25.</value>
    public double MinimumLength { get; init; } = 0.25;

    /// <summary>
    /// Largest length of a scratch as a share of the picture's diagonal. With 2, a scratch crosses the whole picture wherever it lies.
    /// </summary>
    /// <value><see cref="MinimumLength"/> to 2; default 1.</value>
    public double MaximumLength { get; init; } = 1;

    /// <summary>Smallest angle between a scratch and the horizontal, in degrees; positive angles fall to the right.</summary>
    /// <value>-360 to 360; default 0.</value>
    public double MinimumAngle { get; init; }

    /// <summary>
    /// Largest angle between a scratch and the horizontal, in degrees. For upright scratches as in films, 85 to 95 degrees.
    /// </summary>
    /// <value><see cref="MinimumAngle"/> to 360; default 180.</value>
    public double MaximumAngle { get; init; } = 180;

    /// <summary>
    /// How far a scratch wavers: the largest angle in degrees between any part of it and its own direction. With 0, scratches are straight
    /// lines.
    /// </summary>
    /// <value>0 to 90; default 10.</value>
    public double Wavering { get; init; } = 10;

    /// <inheritdoc/>
    void IDescribed.Describe(SettingList settings)
    {
        settings.Add(nameof(MinimumCount), MinimumCount);
        settings.Add(nameof(MaximumCount), MaximumCount);
        settings.Add(nameof(MinimumWidth), MinimumWidth);
        settings.Add(nameof(MaximumWidth), MaximumWidth);
        settings.Add(nameof(MinimumLength), MinimumLength);
        settings.Add(nameof(MaximumLength), MaximumLength);
        settings.Add(nameof(MinimumAngle), MinimumAngle);
        settings.Add(nameof(MaximumAngle), MaximumAngle);
        settings.Add(nameof(Wavering), Wavering);
    }

    /// <summary>Throws one exception that lists everything wrong with the options.</summary>
    internal void Validate(string parameterName)
    {
        const int mostScratches = 1000;
        const double longest = 2;
        var errors = new OptionErrors();
        errors.CheckCounts(nameof(MinimumCount), MinimumCount, nameof(MaximumCount), MaximumCount, mostScratches);
        errors.CheckLengths(nameof(MinimumWidth), MinimumWidth, nameof(MaximumWidth), MaximumWidth);
        errors.CheckAboveZero(nameof(MinimumLength), MinimumLength, longest);
        errors.CheckAboveZero(nameof(MaximumLength), MaximumLength, longest);
        errors.CheckOrder(nameof(MinimumLength), MinimumLength, nameof(MaximumLength), MaximumLength);
        errors.CheckRange(nameof(MinimumAngle), MinimumAngle, -360, 360);
        errors.CheckRange(nameof(MaximumAngle), MaximumAngle, -360, 360);
        errors.CheckOrder(nameof(MinimumAngle), MinimumAngle, nameof(MaximumAngle), MaximumAngle);
        errors.CheckRange(nameof(Wavering), Wavering, 0, 90);
        errors.ThrowIfAny("options of the scratch mask", parameterName);
    }
}
