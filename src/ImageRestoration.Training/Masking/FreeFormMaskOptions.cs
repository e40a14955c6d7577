namespace ImageRestoration.Masking;

/// <summary>
/// Options of <see cref="FreeFormMaskStrategy"/>. Lengths are shares of the picture's size, so that one set of options serves all sizes.
/// </summary>
/// <remarks>
/// Immutable. <see cref="FreeFormMaskStrategy"/> checks the options once, when it is created, and reports all errors together.
/// </remarks>
public sealed record FreeFormMaskOptions : IDescribed
{
    /// <summary>Fewest strokes. Not used with a <see cref="MinimumShare"/> above 0.</summary>
    /// <value>1 to 1000; default 1.</value>
    public int MinimumStrokes { get; init; } = 1;

    /// <summary>Most strokes. Not used with a <see cref="MinimumShare"/> above 0.</summary>
    /// <value><see cref="MinimumStrokes"/> to 1000; default 4.</value>
    public int MaximumStrokes { get; init; } = 4;

    /// <summary>Fewest straight pieces of a stroke.</summary>
    /// <value>1 to 1000; default 4.</value>
    public int MinimumVertices { get; init; } = 4;

    /// <summary>Most straight pieces of a stroke.</summary>
    /// <value><see cref="MinimumVertices"/> to 1000; default 12.</value>
    public int MaximumVertices { get; init; } = 12;

    /// <summary>
    /// Mean angle in degrees between a piece and the direction that its stroke follows; pieces turn to either side in alternation.
    /// </summary>
    /// <value>0 to 360; default 72 (2π/5).</value>
    public double MeanAngle { get; init; } = 72;

    /// <summary>How far angles may be from the mean, in degrees to either side.</summary>
    /// <value>0 to 360; default 24 (2π/15).</value>
    public double AngleRange { get; init; } = 24;

    /// <summary>
    /// Mean length of a piece as a share of the picture's diagonal. Lengths are normally distributed with half of it as standard deviation,
    /// limited to [0, 2 · mean].
    /// </summary>
    /// <value>Above 0, at most 1; default 0.125.</value>
    public double MeanLength { get; init; } = 0.125;

    /// <summary>Smallest width of a brush as a share of the picture's shorter side; never below 1 pixel.</summary>
    /// <value>Above 0, at most 1; default 12/256.</value>
    public double MinimumBrushWidth { get; init; } = 12.0 / 256;

    /// <summary>Largest width of a brush as a share of the picture's shorter side.</summary>
    /// <value><see cref="MinimumBrushWidth"/> to 1; default 40/256.</value>
    public double MaximumBrushWidth { get; init; } = 40.0 / 256;

    /// <summary>
    /// Smallest share of missing pixels. If it is above 0, each mask gets a share drawn uniformly from
    /// [<see cref="MinimumShare"/>, <see cref="MaximumShare"/>], and as many strokes as that takes.
    /// </summary>
    /// <value>0 to 1; default 0.</value>
    public double MinimumShare { get; init; }

    /// <summary>Largest share of missing pixels: the stroke that would exceed it ends early.</summary>
    /// <value><see cref="MinimumShare"/> to 1; default 1.</value>
    public double MaximumShare { get; init; } = 1;

    /// <inheritdoc/>
    void IDescribed.Describe(SettingList settings)
    {
        settings.Add(nameof(MinimumStrokes), MinimumStrokes);
        settings.Add(nameof(MaximumStrokes), MaximumStrokes);
        settings.Add(nameof(MinimumVertices), MinimumVertices);
        settings.Add(nameof(MaximumVertices), MaximumVertices);
        settings.Add(nameof(MeanAngle), MeanAngle);
        settings.Add(nameof(AngleRange), AngleRange);
        settings.Add(nameof(MeanLength), MeanLength);
        settings.Add(nameof(MinimumBrushWidth), MinimumBrushWidth);
        settings.Add(nameof(MaximumBrushWidth), MaximumBrushWidth);
        settings.Add(nameof(MinimumShare), MinimumShare);
        settings.Add(nameof(MaximumShare), MaximumShare);
    }

    /// <summary>Throws one exception that lists everything wrong with the options.</summary>
    internal void Validate(string parameterName)
    {
        const int mostPieces = 1000;
        var errors = new OptionErrors();
        errors.CheckCounts(nameof(MinimumStrokes), MinimumStrokes, nameof(MaximumStrokes), MaximumStrokes, mostPieces);
        errors.CheckCounts(nameof(MinimumVertices), MinimumVertices, nameof(MaximumVertices), MaximumVertices, mostPieces);
        errors.CheckRange(nameof(MeanAngle), MeanAngle, 0, 360);
        errors.CheckRange(nameof(AngleRange), AngleRange, 0, 360);
        errors.CheckAboveZero(nameof(MeanLength), MeanLength);
        errors.CheckLengths(nameof(MinimumBrushWidth), MinimumBrushWidth, nameof(MaximumBrushWidth), MaximumBrushWidth);
        errors.CheckShares(nameof(MinimumShare), MinimumShare, nameof(MaximumShare), MaximumShare);
        errors.ThrowIfAny("options of the free-form mask", parameterName);
    }
}
