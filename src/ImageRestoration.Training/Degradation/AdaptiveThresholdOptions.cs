namespace ImageRestoration.Degradation;

/// <summary>Options of <see cref="AdaptiveThreshold"/>.</summary>
/// <remarks>
/// Immutable. <see cref="AdaptiveThreshold"/> checks the options once, when it is created, and reports all errors together.
/// </remarks>
public sealed record AdaptiveThresholdOptions : IDescribed
{
    /// <summary>Smallest distance to the border of the square whose mean a pixel is compared with, in pixels.</summary>
    /// <value>1 to 1000; default 2.</value>
    public int MinimumRadius { get; init; } = 2;

    /// <summary>Largest distance to the border of the square. Each picture gets a distance drawn uniformly from the range.</summary>
    /// <value><see cref="MinimumRadius"/> to 1000; default 12.</value>
    public int MaximumRadius { get; init; } = 12;

    /// <summary>Smallest amount by which ink is darker than the mean of its square.</summary>
    /// <value>0 to 1; default 0.02.</value>
    public double MinimumOffset { get; init; } = 0.02;

    /// <summary>
    /// Largest amount by which ink is darker. Each picture gets an amount drawn uniformly from the range: with larger ones, there is less
    /// ink.
    /// </summary>
    /// <value><see cref="MinimumOffset"/> to 1; default 0.1.</value>
    public double MaximumOffset { get; init; } = 0.1;

    /// <summary>
    /// Smallest difference between paper and ink. Each channel of each picture gets a difference drawn uniformly from this to 1, and values
    /// within [0, 1].
    /// </summary>
    /// <value>0 to 1; default 0.5.</value>
    public double MinimumContrast { get; init; } = 0.5;

    /// <summary>Probability that a picture's ink is brighter than its paper.</summary>
    /// <value>0 to 1; default 0.5.</value>
    public double LightInkProbability { get; init; } = 0.5;

    /// <inheritdoc/>
    void IDescribed.Describe(SettingList settings)
    {
        settings.Add(nameof(MinimumRadius), MinimumRadius);
        settings.Add(nameof(MaximumRadius), MaximumRadius);
        settings.Add(nameof(MinimumOffset), MinimumOffset);
        settings.Add(nameof(MaximumOffset), MaximumOffset);
        settings.Add(nameof(MinimumContrast), MinimumContrast);
        settings.Add(nameof(LightInkProbability), LightInkProbability);
    }

    /// <summary>Throws one exception that lists everything wrong with the options.</summary>
    internal void Validate(string parameterName)
    {
        var errors = new OptionErrors();
        errors.CheckCounts(nameof(MinimumRadius), MinimumRadius, nameof(MaximumRadius), MaximumRadius, most: 1000);
        errors.CheckShares(nameof(MinimumOffset), MinimumOffset, nameof(MaximumOffset), MaximumOffset);
        errors.CheckRange(nameof(MinimumContrast), MinimumContrast, 0, 1);
        errors.CheckRange(nameof(LightInkProbability), LightInkProbability, 0, 1);
        errors.ThrowIfAny("options of the adaptive threshold", parameterName);
    }
}
