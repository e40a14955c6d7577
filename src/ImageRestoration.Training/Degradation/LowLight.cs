using System.Numerics.Tensors;
using ImageRestoration.Imaging;
using ImageRestoration.Numerics;

namespace ImageRestoration.Degradation;

/// <summary>Darkens pictures as a shorter exposure would: less light, the sensor's noise in it, and few of the 8-bit levels.</summary>
/// <remarks>
/// <para>In this order, for values x that are sRGB:</para>
/// <list type="number">
/// <item>light L = ((x + 0.055)/1.055)^2.4, and x/12.92 for x up to 0.04045 (IEC 61966-2-1), with x limited to [0, 1];</item>
/// <item>the scene's light S, of which the camera's tone curve T made L = T(S): S is L where there is no curve;</item>
/// <item>highlights: where the largest of a pixel's channels, m, is above 1/2 in L, the pixel has h · (2m - 1)^2 more stops of light, for
/// what a camera clips or compresses is brighter than the picture says;</item>
/// <item>less light: S · 2^exposure;</item>
/// <item>noise of the sensor, in linear light (by default with variance a · S + b);</item>
/// <item>the camera's tone curve, L = T(S);</item>
/// <item>limited to [0, 1], and back to sRGB: y = 1.055 · L^(1/2.4) - 0.055, and 12.92 · L for L up to 0.0031308;</item>
/// <item>contrast: y^gamma;</item>
/// <item>rounded to n/255.</item>
/// </list>
/// <para>Cameras give middle tones more contrast than shadows and highlights, so that a shorter exposure darkens middle tones the most. T
/// is a filmic curve of strength t, T(S) = S · (A · S + B)/(S · (C · S + D) + 1), where (A, B, C, D) goes in a straight line from (0, 1, 0,
/// 0), none, at t = 0 to (9.376, 0.155, 9.077, 3.048) at t = 1: the fit of Narkowicz 2015, "ACES Filmic Tone Mapping Curve", in units in
/// which light of 0.18 stays as it is.</para>
/// <para>Each picture of a batch draws its exposure, then its gamma, then h where <see cref="LowLightOptions.MaximumHighlights"/> is above
/// 0, then t where <see cref="LowLightOptions.MaximumToneCurve"/> is, then what the noise needs.</para>
/// </remarks>
public sealed class LowLight : PerImageDegradation, IDescribed
{
    private readonly LowLightOptions _options;
    private readonly ParameterRange _exposure;
    private readonly ParameterRange _gamma;

    /// <summary>Creates the degradation.</summary>
    /// <param name="options">Exposure, noise, gamma and rounding; <see langword="null"/> for the defaults.</param>
    /// <exception cref="ArgumentException">Options are wrong; the message lists all that are.</exception>
    public LowLight(LowLightOptions? options = null)
    {
        _options = options ?? new LowLightOptions();
        _options.Validate(nameof(options));
        _exposure = ParameterRange.Checked(_options.MinimumExposure, _options.MaximumExposure);
        _gamma = ParameterRange.Checked(_options.MinimumGamma, _options.MaximumGamma);
    }

    /// <summary>Exposure, noise, gamma and rounding.</summary>
    public LowLightOptions Options => _options;

    /// <inheritdoc/>
    void IDescribed.Describe(SettingList settings) => ((IDescribed)_options).Describe(settings);

    /// <inheritdoc/>
    protected override void ApplyToImage(ImageTensor picture, Random random)
    {
        ArgumentNullException.ThrowIfNull(picture);
        ArgumentNullException.ThrowIfNull(random);
        double exposure = _exposure.Draw(random);
        double gamma = _gamma.Draw(random);
        Span<float> values = picture.Span;
        ToneCurve.SrgbToLinear.Apply(values);
        double highlights = _options.MaximumHighlights > 0 ? random.NextDouble() * _options.MaximumHighlights : 0;
        var camera = new FilmicCurve(_options.MaximumToneCurve > 0 ? random.NextDouble() * _options.MaximumToneCurve : 0);
        camera.Invert(values);
        if (highlights > 0)
        {
            RestoreHighlights(picture, camera, highlights);
        }

        TensorPrimitives.Multiply(values, (float)PowerOfTwo(exposure), values);
        _options.Noise?.Apply(picture, random);
        camera.Apply(values);
        ToneCurve encoding = gamma == 1 ? ToneCurve.LinearToSrgb : ToneCurve.CreateLinearToSrgb(gamma);
        encoding.Apply(values);
        if (_options.RoundTo8Bit)
        {
            Quantization.RoundTo8Bit(picture);
        }
    }

    /// <summary>Gives bright pixels the light that a picture of lamps, windows or sky no longer shows.</summary>
    private static void RestoreHighlights(ImageTensor light, FilmicCurve camera, double stops)
    {
        Span<float> values = light.Span;
        int plane = light.Height * light.Width;
        for (int pixel = 0; pixel < plane; pixel++)
        {
            float brightest = 0;
            for (int i = pixel; i < values.Length; i += plane)
            {
                brightest = Math.Max(brightest, values[i]);
            }

            double share = (2 * (double)camera.Apply(brightest)) - 1;
            if (share <= 0)
            {
                continue;
            }

            float gain = (float)PowerOfTwo(stops * share * share);
            for (int i = pixel; i < values.Length; i += plane)
            {
                values[i] *= gain;
            }
        }
    }

    /// <summary>Exact for whole exponents.</summary>
    private static double PowerOfTwo(double exponent)
    {
        double whole = Math.Floor(exponent);
        return Math.ScaleB(PortableMath.Exp((exponent - whole) * 0.69314718055994530942), (int)whole);
    }
}
