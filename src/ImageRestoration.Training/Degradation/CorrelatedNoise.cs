using System.Numerics.Tensors;
using ImageRestoration.Imaging;
using ImageRestoration.Numerics;

namespace ImageRestoration.Degradation;

/// <summary>
/// Adds normally distributed noise that channels or neighbouring pixels share: black-and-white pictures stored as RGB, scans, grain of
/// film.
/// </summary>
/// <remarks>
/// <para>Each channel gets √ρ times a noise that all channels have and √(1 − ρ) times one of its own, so that ρ is the correlation of two
/// channels. Both are white noise filtered with a Gaussian kernel, and scaled so that the standard deviation is sigma in the middle of
/// pictures; at borders, where the filter mirrors, it is up to √2 times as large.</para>
/// <para>Film is black where it is covered with grains of silver and white where it is not; where a share x is covered, the share counted
/// over a pixel has a variance in proportion to x · (1 − x) (the Boolean model; Newson, Delon and Galerne, "A Stochastic Film Grain Model
/// for Resolution-Independent Rendering", Computer Graphics Forum 36(8), 2017).</para>
/// <para>Each picture of a batch draws sigma, correlation and grain, then the noise. Results are not clipped.</para>
/// </remarks>
public sealed class CorrelatedNoise : PerImageDegradation, IDescribed
{
    private const double Scale = 255;

    private readonly CorrelatedNoiseOptions _options;
    private readonly ParameterRange _sigma;
    private readonly ParameterRange _correlation;
    private readonly ParameterRange _grain;

    /// <summary>Creates the noise.</summary>
    /// <param name="options">
    /// Strength and correlation; <see langword="null"/> for the defaults: the same noise in all channels, sigma 0 to 45.
    /// </param>
    /// <exception cref="ArgumentException">Options are wrong; the message lists all that are.</exception>
    public CorrelatedNoise(CorrelatedNoiseOptions? options = null)
    {
        _options = options ?? new CorrelatedNoiseOptions();
        _options.Validate(nameof(options));
        _sigma = ParameterRange.Checked(_options.MinimumSigma, _options.MaximumSigma);
        _correlation = ParameterRange.Checked(_options.MinimumChannelCorrelation, _options.MaximumChannelCorrelation);
        _grain = ParameterRange.Checked(_options.MinimumGrain, _options.MaximumGrain);
    }

    /// <summary>Strength and correlation.</summary>
    public CorrelatedNoiseOptions Options => _options;

    /// <inheritdoc/>
    void IDescribed.Describe(SettingList settings) => ((IDescribed)_options).Describe(settings);

    /// <inheritdoc/>
    protected override void ApplyToImage(ImageTensor picture, Random random)
    {
        ArgumentNullException.ThrowIfNull(picture);
        ArgumentNullException.ThrowIfNull(random);
        double sigma = _sigma.Draw(random) / Scale, correlation = _correlation.Draw(random), grain = _grain.Draw(random);
        if (sigma == 0)
        {
            return;
        }

        var blur = new GaussianBlur(grain);
        float strength = (float)(sigma * blur.NoiseGain());
        float shared = strength * (float)Math.Sqrt(correlation), own = strength * (float)Math.Sqrt(1 - correlation);
        ImageShape plane = picture.Shape with { Channels = 1 };
        using ImageTensor noise = ImageTensor.CreateUninitialized(plane), common = ImageTensor.CreateUninitialized(plane);
        using ImageTensor? film = _options.IsFilm ? FilmStrength(picture) : null;
        if (shared > 0)
        {
            Draw(common, shared);
        }

        for (int c = 0; c < picture.Channels; c++)
        {
            Span<float> values = picture.Plane(0, c);
            if (own > 0)
            {
                Draw(noise, own);
                TensorPrimitives.Add(values, noise.Span, values);
            }

            if (shared > 0)
            {
                TensorPrimitives.Add(values, common.Span, values);
            }
        }

        void Draw(ImageTensor destination, float deviation)
        {
            random.NextGaussian(destination.Span, 0f, deviation);
            blur.Apply(destination, random);
            if (film is not null)
            {
                TensorPrimitives.Multiply(destination.Span, film.Span, destination.Span);
            }
        }
    }

    private static ImageTensor FilmStrength(ImageTensor picture)
    {
        ImageTensor strength = ImageTensor.CreateUninitialized(picture.Shape with { Channels = 1 });
        for (int y = 0; y < picture.Height; y++)
        {
            Span<float> row = strength.Row(0, 0, y);
            LuminanceWeights.Compute(picture, 0, y, row);
            foreach (ref float value in row)
            {
                float x = Math.Clamp(value, 0f, 1f);
                value = 2 * MathF.Sqrt(x * (1 - x));
            }
        }

        return strength;
    }
}
