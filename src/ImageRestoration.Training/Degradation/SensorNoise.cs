using ImageRestoration.Imaging;
using ImageRestoration.Numerics;

namespace ImageRestoration.Degradation;

/// <summary>
/// Adds the noise of a camera at an unknown sensitivity: variance a · x + b where the value is x, with a read noise b that goes with a.
/// </summary>
/// <remarks>
/// <para>The model is that of <see cref="PoissonGaussianNoise"/>. What a camera amplifies, it amplifies together: each picture draws log a
/// uniformly, and log b is 2.18 · log a + 1.20 plus a normally distributed number with a standard deviation of 0.26, the line that Brooks
/// et al., "Unprocessing Images for Learned Raw Denoising", CVPR 2019 (section 3.1), fitted to four cameras.</para>
/// <para>It holds where values are proportional to light: for pictures in sRGB, use it inside of <see cref="SensorPipeline"/> or
/// <see cref="LowLight"/>. Results are not clipped.</para>
/// </remarks>
public sealed class SensorNoise : PerImageDegradation, IDescribed
{
    private const double Slope = 2.18;
    private const double Offset = 1.20;
    private const double Spread = 0.26;

    private static readonly ParameterLimits _limits
        = new(
            1e-9,
            1,
            "The shot noise is a variance from 1e-9 to 1 per unit of signal, for values whose white is 1: 0.01 is a sensor that counts 100 "
                + "electrons at white.");

    private readonly ParameterRange _logShot;

    /// <summary>Creates the noise.</summary>
    /// <param name="minimumShotVariance">Smallest a, 1e-9 to 1.</param>
    /// <param name="maximumShotVariance">Largest a, <paramref name="minimumShotVariance"/> to 1.</param>
    public SensorNoise(double minimumShotVariance, double maximumShotVariance)
    {
        _ = ParameterRange.Between(
            minimumShotVariance, maximumShotVariance, _limits, nameof(minimumShotVariance), nameof(maximumShotVariance));
        _logShot = ParameterRange.Checked(PortableMath.Log(minimumShotVariance), PortableMath.Log(maximumShotVariance));
        (MinimumShotVariance, MaximumShotVariance) = (minimumShotVariance, maximumShotVariance);
    }

    /// <summary>Smallest variance per unit of signal.</summary>
    public double MinimumShotVariance { get; }

    /// <summary>Largest variance per unit of signal.</summary>
    public double MaximumShotVariance { get; }

    /// <inheritdoc/>
    void IDescribed.Describe(SettingList settings)
    {
        settings.Add(nameof(MinimumShotVariance), MinimumShotVariance);
        settings.Add(nameof(MaximumShotVariance), MaximumShotVariance);
    }

    /// <inheritdoc/>
    protected override void ApplyToImage(ImageTensor picture, Random random)
    {
        ArgumentNullException.ThrowIfNull(picture);
        ArgumentNullException.ThrowIfNull(random);
        double logShot = _logShot.Draw(random);
        Span<float> deviation = stackalloc float[1];
        random.NextGaussian(deviation);
        double logRead = (Slope * logShot) + Offset + (Spread * deviation[0]);
        PoissonGaussianNoise.Add(picture.Span, (float)PortableMath.Exp(logShot), (float)PortableMath.Exp(logRead), random);
    }
}
