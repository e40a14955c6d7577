namespace ImageRestoration.Degradation;

/// <summary>Options of <see cref="SensorPipeline"/>.</summary>
/// <remarks>Immutable. <see cref="SensorPipeline"/> checks the options once, when it is created, and reports all errors together.</remarks>
public sealed record SensorPipelineOptions : IDescribed
{
    /// <summary>Lowest exponent that turns values into light.</summary>
    /// <value>1, values are light, to 4; default 1.9.</value>
    public double MinimumGamma { get; init; } = 1.9;

    /// <summary>Highest exponent. Each picture gets an exponent drawn uniformly from the range.</summary>
    /// <value><see cref="MinimumGamma"/> to 4; default 2.4.</value>
    public double MaximumGamma { get; init; } = 2.4;

    /// <summary>Lowest exposure in stops: the light is multiplied by 2^exposure, also in the targets of training pairs.</summary>
    /// <value>-20 to 20; default -1.</value>
    public double MinimumExposure { get; init; } = -1;

    /// <summary>Highest exposure in stops. Each picture gets an exposure drawn uniformly from the range.</summary>
    /// <value><see cref="MinimumExposure"/> to 20; default 0.25.</value>
    public double MaximumExposure { get; init; } = 0.25;

    /// <summary>Lowest gain of red and of blue in white balance; green has 1.</summary>
    /// <value>0.25 to 8; default 1.2.</value>
    public double MinimumGain { get; init; } = 1.2;

    /// <summary>Highest gain of red and of blue. Each picture gets two gains drawn uniformly from the range.</summary>
    /// <value><see cref="MinimumGain"/> to 8; default 2.4.</value>
    public double MaximumGain { get; init; } = 2.4;

    /// <summary>How much the camera's colour filters overlap, at most; each picture gets a number drawn uniformly from 0 to this.</summary>
    /// <value>0, they are sRGB's primaries, to 1, as those of most cameras do; default 1.</value>
    public double MaximumOverlap { get; init; } = 1;

    /// <summary>Noise of the sensor, applied to the mosaic (1×1×H×W, white is 1); <see langword="null"/> for none.</summary>
    /// <value>Default <see cref="SensorNoise"/> with a from 0.0001 to 0.015 (10,000 to 67 electrons at white).</value>
    public IDegradation? Noise { get; init; } = new SensorNoise(1e-4, 1.5e-2);

    /// <summary>
    /// Share of pictures whose missing colours are made up with correction by gradients (Malvar et al., 2004); bilinear in the others.
    /// </summary>
    /// <value>0 to 1; default 0.3.</value>
    public double GradientCorrectedShare { get; init; } = 0.3;

    /// <summary>Share of pictures that the camera smooths, with their noise.</summary>
    /// <value>0 to 1; default 0.25.</value>
    public double BlurShare { get; init; } = 0.25;

    /// <summary>Strongest smoothing: standard deviation of a Gaussian kernel, in pixels of the sensor.</summary>
    /// <value>0 to 10; default 0.8.</value>
    public double MaximumBlur { get; init; } = 0.8;

    /// <summary>Share of pictures that are made of a larger sensor's by scaling down.</summary>
    /// <value>0 to 1; default 0.</value>
    public double ReducedShare { get; init; }

    /// <summary>How many times as many rows and columns such a sensor has, at most; drawn uniformly from 1 to this.</summary>
    /// <value>1 to 4; default 2.</value>
    public double MaximumReduction { get; init; } = 2;

    /// <summary>
    /// What happens to the finished picture, but not to the targets of training pairs; <see langword="null"/> for nothing.
    /// </summary>
    /// <value>Default <see cref="JpegCompression"/> of quality 60 to 98 with any subsampling, in 60 % of the pictures.</value>
    public IDegradation? Compression { get; init; } = new JpegCompression(60, 98, subsampling: null).WithProbability(0.6);

    /// <summary>Whether pictures are rounded to n/255 before they are compressed; targets of training pairs are not.</summary>
    /// <value>Default <see langword="true"/>.</value>
    public bool RoundTo8Bit { get; init; } = true;

    /// <summary>
    /// A sensor that sees the values as they are: no exposure, white balance, overlap, smoothing or compression, bilinear demosaicking, and
    /// no noise. What is left are the mosaic and rounding.
    /// </summary>
    /// <returns>The options.</returns>
    public static SensorPipelineOptions CreateNeutral() => new()
    {
        MinimumGamma = 1,
        MaximumGamma = 1,
        MinimumExposure = 0,
        MaximumExposure = 0,
        MinimumGain = 1,
        MaximumGain = 1,
        MaximumOverlap = 0,
        Noise = null,
        GradientCorrectedShare = 0,
        BlurShare = 0,
        Compression = null,
    };

    /// <inheritdoc/>
    void IDescribed.Describe(SettingList settings)
    {
        settings.Add(nameof(MinimumGamma), MinimumGamma);
        settings.Add(nameof(MaximumGamma), MaximumGamma);
        settings.Add(nameof(MinimumExposure), MinimumExposure);
        settings.Add(nameof(MaximumExposure), MaximumExposure);
        settings.Add(nameof(MinimumGain), MinimumGain);
        settings.Add(nameof(MaximumGain), MaximumGain);
        settings.Add(nameof(MaximumOverlap), MaximumOverlap);
        settings.AddDegradation(nameof(Noise), Noise);
        settings.Add(nameof(GradientCorrectedShare), GradientCorrectedShare);
        settings.Add(nameof(BlurShare), BlurShare);
        settings.Add(nameof(MaximumBlur), MaximumBlur);
        settings.Add(nameof(ReducedShare), ReducedShare);
        settings.Add(nameof(MaximumReduction), MaximumReduction);
        settings.AddDegradation(nameof(Compression), Compression);
        settings.Add(nameof(RoundTo8Bit), RoundTo8Bit);
    }

    /// <summary>Throws one exception that lists everything wrong with the options.</summary>
    internal void Validate(string parameterName)
    {
        var errors = new OptionErrors();
        errors.CheckRange(nameof(MinimumGamma), MinimumGamma, 1, 4);
        errors.CheckRange(nameof(MaximumGamma), MaximumGamma, 1, 4);
        errors.CheckOrder(nameof(MinimumGamma), MinimumGamma, nameof(MaximumGamma), MaximumGamma);
        errors.CheckRange(nameof(MinimumExposure), MinimumExposure, -20, 20);
        errors.CheckRange(nameof(MaximumExposure), MaximumExposure, -20, 20);
        errors.CheckOrder(nameof(MinimumExposure), MinimumExposure, nameof(MaximumExposure), MaximumExposure);
        errors.CheckRange(nameof(MinimumGain), MinimumGain, 0.25, 8);
        errors.CheckRange(nameof(MaximumGain), MaximumGain, 0.25, 8);
        errors.CheckOrder(nameof(MinimumGain), MinimumGain, nameof(MaximumGain), MaximumGain);
        errors.CheckRange(nameof(MaximumOverlap), MaximumOverlap, 0, 1);
        errors.CheckRange(nameof(GradientCorrectedShare), GradientCorrectedShare, 0, 1);
        errors.CheckRange(nameof(BlurShare), BlurShare, 0, 1);
        errors.CheckRange(nameof(MaximumBlur), MaximumBlur, 0, 10);
        errors.CheckRange(nameof(ReducedShare), ReducedShare, 0, 1);
        errors.CheckRange(nameof(MaximumReduction), MaximumReduction, 1, 4);
        errors.ThrowIfAny("options of the sensor pipeline", parameterName);
    }
}
