namespace ImageRestoration.Degradation;

/// <summary>Options of <see cref="CorrelatedNoise"/>.</summary>
/// <remarks>
/// Immutable. <see cref="CorrelatedNoise"/> checks the options once, when it is created, and reports all errors together.
/// </remarks>
public sealed record CorrelatedNoiseOptions : IDescribed
{
    /// <summary>Smallest standard deviation, on the scale [0, 255].</summary>
    /// <value>0 to 1000; default 0.</value>
    public double MinimumSigma { get; init; }

    /// <summary>Largest standard deviation, on the scale [0, 255]. Each picture gets a sigma drawn uniformly from the range.</summary>
    /// <value><see cref="MinimumSigma"/> to 1000; default 45.</value>
    public double MaximumSigma { get; init; } = 45;

    /// <summary>Smallest correlation of the noise of two channels.</summary>
    /// <value>0, channels are independent, to 1, all have the same noise; default 1.</value>
    public double MinimumChannelCorrelation { get; init; } = 1;

    /// <summary>Largest correlation of the noise of two channels. Each picture gets a correlation drawn uniformly from the range.</summary>
    /// <value><see cref="MinimumChannelCorrelation"/> to 1; default 1.</value>
    public double MaximumChannelCorrelation { get; init; } = 1;

    /// <summary>Smallest size of the grains: standard deviation of a Gaussian kernel in pixels that white noise is filtered with.</summary>
    /// <value>0, pixels are independent, to 10; default 0.</value>
    public double MinimumGrain { get; init; }

    /// <summary>Largest size of the grains. Each picture gets a size drawn uniformly from the range.</summary>
    /// <value><see cref="MinimumGrain"/> to 10; default 0.</value>
    public double MaximumGrain { get; init; }

    /// <summary>
    /// Whether the noise is that of film: its standard deviation is 2 · √(x · (1 − x)) of what was drawn, where x is the luminance, none in
    /// black and in white.
    /// </summary>
    /// <value>Default <see langword="false"/>: the same everywhere.</value>
    public bool IsFilm { get; init; }

    /// <inheritdoc/>
    void IDescribed.Describe(SettingList settings)
    {
        settings.Add(nameof(MinimumSigma), MinimumSigma);
        settings.Add(nameof(MaximumSigma), MaximumSigma);
        settings.Add(nameof(MinimumChannelCorrelation), MinimumChannelCorrelation);
        settings.Add(nameof(MaximumChannelCorrelation), MaximumChannelCorrelation);
        settings.Add(nameof(MinimumGrain), MinimumGrain);
        settings.Add(nameof(MaximumGrain), MaximumGrain);
        settings.Add(nameof(IsFilm), IsFilm);
    }

    /// <summary>Throws one exception that lists everything wrong with the options.</summary>
    internal void Validate(string parameterName)
    {
        var errors = new OptionErrors();
        errors.CheckRange(nameof(MinimumSigma), MinimumSigma, 0, 1000);
        errors.CheckRange(nameof(MaximumSigma), MaximumSigma, 0, 1000);
        errors.CheckOrder(nameof(MinimumSigma), MinimumSigma, nameof(MaximumSigma), MaximumSigma);
        errors.CheckShares(
            nameof(MinimumChannelCorrelation), MinimumChannelCorrelation, nameof(MaximumChannelCorrelation), MaximumChannelCorrelation);
        errors.CheckRange(nameof(MinimumGrain), MinimumGrain, 0, 10);
        errors.CheckRange(nameof(MaximumGrain), MaximumGrain, 0, 10);
        errors.CheckOrder(nameof(MinimumGrain), MinimumGrain, nameof(MaximumGrain), MaximumGrain);
        errors.ThrowIfAny("options of the correlated noise", parameterName);
    }
}
