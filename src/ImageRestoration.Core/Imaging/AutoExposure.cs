using System.Buffers;
using System.Numerics.Tensors;
using ImageRestoration.Numerics;

namespace ImageRestoration.Imaging;

/// <summary>
/// Brings dark pictures to the brightness of well-exposed ones, by one gain for the whole picture: automatic exposure, after the fact.
/// Networks that brighten (<see cref="Networks.ModelInfo.NormalizesExposure"/>) see pictures like this, because no part of a picture tells
/// how dark the whole is.
/// </summary>
/// <remarks>
/// <para>The gain G multiplies the light of the scene, not that of the picture: cameras give middle tones more contrast than shadows and
/// highlights, so that a longer exposure lifts the former more. Scene light S is T⁻¹(L), where L is linear light (IEC 61966-2-1) and T half
/// of the filmic curve of Narkowicz 2015, "ACES Filmic Tone Mapping Curve"; what is shown is T(S · G)/T(T⁻¹(1) · G), channel by channel, as
/// cameras do it. White remains white, nothing is clipped, and all values can be told apart.</para>
/// <para>G follows from the luminances of those pixels that are not black, and from how they are distributed alone, not from how dark they
/// are: with q the base-2 logarithms of sixteen of their quantiles and m the median among them, its logarithm is p = c + Σ w · (q - m) - m.
/// The weights are a ridge regression on this project's training photographs, darkened as by a camera with too little time, with and
/// without lamps and sky that are brighter than a picture shows; <c>ImageRestoration.Quality exposure</c> fits them again. On photographs
/// that the fit did not see it errs by 0.75 stops, so little is not trusted: p stops become p · (1 - 2^(-(p/1.25)²)), and none where p is
/// below 0. A well-exposed picture stays nearly as it is. At most 2^10.</para>
/// </remarks>
public static class AutoExposure
{
    /// <summary>Pixels that the gain is computed of, at most: those of a regular grid.</summary>
    public const int MaximumSamples = 1 << 18;

    /// <summary>The largest gain in stops.</summary>
    public const double MaximumStops = 10;

    private const double CameraStrength = 0.5;
    private const double Distrust = 1.25;
    private const int Median = 7;
    private const int ValuesBetweenChecks = 1 << 20;
    private const double LogOfTwo = 0.69314718055994530942;

    private static readonly double[] _shares = [.01, .02, .05, .1, .2, .3, .4, .5, .6, .7, .8, .9, .95, .98, .99, .995];

    private static readonly float[] _luminanceWeights = [0.2126f, 0.7152f, 0.0722f]; // ITU-R BT.709

    private static readonly FilmicCurve _camera = new(CameraStrength);

    private static readonly ToneCurve _toScene = ToneCurve.CreateSrgbToScene(_camera);

    /// <summary>What quantiles, less their median, are multiplied by, and c; fitted.</summary>
    private static readonly double[] _fitted =
    [
        -0.1564, 0.0754, 0.2385, -0.5550, 0.2751, 0.0687, 0.0887, 0, 0.1493, -0.0326, -0.0423, 0.0735, 0.0224, 0.0310, 0.0991, -0.3425,
        -2.2095,
    ];

    /// <summary>Computes the gain that a picture needs.</summary>
    /// <param name="image">Pictures, NCHW, sRGB values in [0, 1]; others are limited to that range. With three channels, RGB.</param>
    /// <param name="picture">Picture of the batch.</param>
    /// <returns>Stops, in [0, <see cref="MaximumStops"/>]: light is to be multiplied by 2^stops. 0 for black pictures.</returns>
    public static double StopsOf(ImageTensor image, int picture = 0)
    {
        ArgumentNullException.ThrowIfNull(image);
        ArgumentOutOfRangeException.ThrowIfNegative(picture);
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(picture, image.Batch);
        Span<double> light = stackalloc double[_fitted.Length];
        if (!TryMeasure(image, picture, light, out double median))
        {
            return 0;
        }

        double stops = -median;
        for (int i = 0; i < light.Length; i++)
        {
            stops += _fitted[i] * light[i];
        }

        double trust = stops * stops / (Distrust * Distrust);
        return stops <= 0 ? 0 : Math.Min(stops * (1 - PortableMath.Exp(-trust * LogOfTwo)), MaximumStops);
    }

    /// <summary>Gives each picture of a batch the gain that it needs, in place.</summary>
    /// <param name="image">Pictures, NCHW, sRGB values in [0, 1]; others are limited to that range.</param>
    /// <param name="cancellationToken">Stops the work; a part of the values then has the gain.</param>
    public static void Apply(ImageTensor image, CancellationToken cancellationToken = default) => ApplyWith(image, 0, cancellationToken);

    /// <summary>Gives pictures a gain, in place.</summary>
    /// <param name="image">Pictures, NCHW, sRGB values in [0, 1]; others are limited to that range.</param>
    /// <param name="stops">Logarithm of the gain to base 2, in [0, <see cref="MaximumStops"/>].</param>
    /// <param name="cancellationToken">Stops the work; a part of the values then has the gain.</param>
    public static void Apply(ImageTensor image, double stops, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(image);
        if (!(stops is >= 0 and <= MaximumStops))
        {
            throw ImagingErrors.WrongGain(stops, MaximumStops);
        }

        Span<float> values = image.Span;
        if (stops == 0)
        {
            TensorPrimitives.Clamp(values, 0f, 1f, values);
            return;
        }

        float gain = (float)PortableMath.Exp(stops * LogOfTwo), white = _camera.Apply(gain * _camera.Invert(1));
        for (int start = 0; start < values.Length; start += ValuesBetweenChecks)
        {
            cancellationToken.ThrowIfCancellationRequested();
            Span<float> block = values.Slice(start, Math.Min(ValuesBetweenChecks, values.Length - start));
            _toScene.Apply(block);
            foreach (ref float value in block)
            {
                value = _camera.Apply(value * gain) / white;
            }

            ToneCurve.LinearToSrgb.Apply(block);
        }
    }

    /// <summary>Gives each picture of a batch the gain that it needs and so many stops more, in place.</summary>
    internal static void ApplyWith(ImageTensor image, double more, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(image);
        for (int picture = 0; picture < image.Batch; picture++)
        {
            using ImageTensor one = image.Image(picture);
            Apply(one, Math.Clamp(StopsOf(one) + more, 0, MaximumStops), cancellationToken);
        }
    }

    /// <summary>Measures how light is distributed.</summary>
    /// <param name="image">Pictures.</param>
    /// <param name="picture">Picture of the batch.</param>
    /// <param name="light">Receives the base-2 logarithms of the quantiles less that of the median, and 1.</param>
    /// <param name="median">Base-2 logarithm of the median.</param>
    /// <returns>Whether any pixel is not black.</returns>
    internal static bool TryMeasure(ImageTensor image, int picture, Span<double> light, out double median)
    {
        int stride = 1;
        while ((long)Samples(image.Height, stride) * Samples(image.Width, stride) > MaximumSamples)
        {
            stride++;
        }

        int rows = Samples(image.Height, stride), columns = Samples(image.Width, stride);
        float[] rented = ArrayPool<float>.Shared.Rent((rows + 1) * columns);
        Span<float> luminances = rented.AsSpan(0, rows * columns), values = rented.AsSpan(rows * columns, columns);
        for (int row = 0; row < rows; row++)
        {
            Span<float> line = luminances.Slice(row * columns, columns);
            line.Clear();
            for (int channel = 0; channel < image.Channels; channel++)
            {
                ReadOnlySpan<float> source = image.Row(picture, channel, row * stride);
                for (int x = 0; x < columns; x++)
                {
                    values[x] = source[x * stride];
                }

                _toScene.Apply(values);
                TensorPrimitives.MultiplyAdd(values, image.Channels == 3 ? _luminanceWeights[channel] : 1f / image.Channels, line, line);
            }
        }

        luminances.Sort();
        int black = luminances.IndexOfAnyExcept(0);
        ReadOnlySpan<float> lit = black < 0 ? [] : luminances[black..];
        median = lit.IsEmpty ? 0 : LogarithmAt(lit, _shares[Median]);
        for (int i = 0; i < _shares.Length && !lit.IsEmpty; i++)
        {
            light[i] = LogarithmAt(lit, _shares[i]) - median;
        }

        light[^1] = 1;
        ArrayPool<float>.Shared.Return(rented);
        return black >= 0;
    }

    private static double LogarithmAt(ReadOnlySpan<float> sorted, double share)
        => PortableMath.Log(sorted[(int)(share * (sorted.Length - 1))]) / LogOfTwo;

    private static int Samples(int extent, int stride) => (extent + stride - 1) / stride;
}
