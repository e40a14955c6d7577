namespace ImageRestoration.Degradation;

/// <summary>Options of <see cref="LowLight"/>.</summary>
/// <remarks>Immutable. <see cref="LowLight"/> checks the options once, when it is created, and reports all errors together.</remarks>
public sealed record LowLightOptions : IDescribed
{
    /// <summary>Lowest exposure in stops: the light is multiplied by 2^exposure.</summary>
    /// <value>-20 to 20; default -4.</value>
    public double MinimumExposure { get; init; } = -4;

    /// <summary>Highest exposure in stops. Each picture gets an exposure drawn uniformly from the range.</summary>
    /// <value><see cref="MinimumExposure"/> to 20; default -1.</value>
    public double MaximumExposure { get; init; } = -1;

    /// <summary>Lowest exponent that is applied to the encoded values at the end; above 1 it darkens the middle tones.</summary>
    /// <value>1 to 10; default 1, no change.</value>
    public double MinimumGamma { get; init; } = 1;

    /// <summary>Highest exponent. Each picture gets an exponent drawn uniformly from the range.</summary>
    /// <value><see cref="MinimumGamma"/> to 10; default 1.</value>
    public double MaximumGamma { get; init; } = 1;

    /// <summary>
    /// Stops that white is brighter than the picture says, at most; each picture gets a number drawn uniformly from 0 to this. Pictures
    /// show lamps, windows and sky as white; with little exposure, such parts come out far brighter than the rest.
    /// </summary>
    /// <value>0 to 20; default 0, the picture's own light.</value>
    public double MaximumHighlights { get; init; }

    /// <summary>Strength of the camera's tone curve, at most; each picture gets a number drawn uniformly from 0 to this.</summary>
    /// <value>0, light is encoded as it is, to 1, a filmic curve; default 0.</value>
    public double MaximumToneCurve { get; init; }

    /// <summary>Noise of the sensor, applied to the darkened picture in linear light; <see langword="null"/> for none.</summary>
    /// <value>
    /// Default <see cref="PoissonGaussianNoise"/> with a from 0.0001 to 0.002 (10,000 to 500 electrons at white) and b from 0 to 0.00001 (a
    /// standard deviation of up to 0.3 percent of white).
    /// </value>
    public IDegradation? Noise { get; init; } = new PoissonGaussianNoise(0.0001, 0.002, 0, 0.00001);

    /// <summary>Whether results are rounded to n/255, as the files of most cameras are.</summary>
    /// <value>Default <see langword="true"/>.</value>
    public bool RoundTo8Bit { get; init; } = true;

    /// <inheritdoc/>
    void IDescribed.Describe(SettingList settings)
    {
        settings.Add(nameof(MinimumExposure), MinimumExposure);
        settings.Add(nameof(MaximumExposure), MaximumExposure);
        settings.Add(nameof(MinimumGamma), MinimumGamma);
        settings.Add(nameof(MaximumGamma), MaximumGamma);
        settings.Add(nameof(MaximumHighlights), MaximumHighlights);
        settings.Add(nameof(MaximumToneCurve), MaximumToneCurve);
        settings.AddDegradation(nameof(Noise), Noise);
        settings.Add(nameof(RoundTo8Bit), RoundTo8Bit);
    }

    /// <summary>Throws one exception that lists everything wrong with the options.</summary>
    internal void Validate(string parameterName)
    {
        var errors = new OptionErrors();
        errors.CheckRange(nameof(MinimumExposure), MinimumExposure, -20, 20);
        errors.CheckRange(nameof(MaximumExposure), MaximumExposure, -20, 20);
        errors.CheckOrder(nameof(MinimumExposure), MinimumExposure, nameof(MaximumExposure), MaximumExposure);
        errors.CheckRange(nameof(MinimumGamma), MinimumGamma, 1, 10);
        errors.CheckRange(nameof(MaximumGamma), MaximumGamma, 1, 10);
        errors.CheckOrder(nameof(MinimumGamma), MinimumGamma, nameof(MaximumGamma), MaximumGamma);
        errors.CheckRange(nameof(MaximumHighlights), MaximumHighlights, 0, 20);
        errors.CheckRange(nameof(MaximumToneCurve), MaximumToneCurve, 0, 1);
        errors.ThrowIfAny("options of the low light", parameterName);
    }
}
