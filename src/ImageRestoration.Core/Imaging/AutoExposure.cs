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
/// <para>The gain G, in linear light (IEC 61966-2-1), follows from the luminances L of those pixels that are not black:</para>
/// <list type="number">
/// <item>H brings the brightest to where they are in well-exposed photographs: the 99th percentile of L · H is 0.75;</item>
/// <item>M does so with the middle: the mean of L · M/(L · M + 0.2) is 1/2;</item>
/// <item>G is H, but where M is larger by more than 1 stop, and most of all where it is by 3 stops or more, G goes over to M: then the
/// bright parts are lamps, windows or sky, which a longer exposure would clip.</item>
/// </list>
/// <para>G is 1 at the least and 2^10 at most. 0.75 and the stops are the median and about the 75th and 98th percentiles of this project's
/// training photographs; 0.2 is near the middle grey of Reinhard et al. 2002, "Photographic Tone Reproduction for Digital Images".</para>
/// <para>Nothing is clipped: light l · G stays as it is up to 1/2, and above becomes 1/2 + s/(1 + c · s) with s = l · G - 1/2 and
/// c = 2 - 1/(G - 1/2), so that white remains white and all values can be told apart.</para>
/// </remarks>
public static class AutoExposure
{
    /// <summary>Pixels that the gain is computed of, at most: those of a regular grid.</summary>
    public const int MaximumSamples = 1 << 18;

    /// <summary>The largest gain in stops.</summary>
    public const double MaximumStops = 10;

    private const double BrightShare = 0.99;
    private const double BrightLuminance = 0.75;
    private const double MiddleLuminance = 0.2;
    private const double LeastContrast = 1;
    private const double FullContrast = 3;
    private const float Knee = 0.5f;
    private const int Quantiles = 4096;
    private const int ValuesBetweenChecks = 1 << 20;
    private const double LogOfTwo = 0.69314718055994530942;

    private static readonly float[] _linearWeights = [0.2126f, 0.7152f, 0.0722f]; // ITU-R BT.709

    /// <summary>Computes the gain that a picture needs.</summary>
    /// <param name="image">Pictures, NCHW, sRGB values in [0, 1]; others are limited to that range. With three channels, RGB.</param>
    /// <param name="picture">Picture of the batch.</param>
    /// <returns>Stops, in [0, <see cref="MaximumStops"/>]: light is to be multiplied by 2^stops. 0 for black pictures.</returns>
    public static double StopsOf(ImageTensor image, int picture = 0)
    {
        ArgumentNullException.ThrowIfNull(image);
        ArgumentOutOfRangeException.ThrowIfNegative(picture);
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(picture, image.Batch);
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

                ToneCurve.SrgbToLinear.Apply(values);
                TensorPrimitives.MultiplyAdd(values, image.Channels == 3 ? _linearWeights[channel] : 1f / image.Channels, line, line);
            }
        }

        int lit = 0;
        foreach (float luminance in luminances)
        {
            if (luminance > 0)
            {
                luminances[lit++] = luminance;
            }
        }

        double stops = lit == 0 ? 0 : StopsOf(luminances[..lit]);
        ArrayPool<float>.Shared.Return(rented);
        return stops;
    }

    /// <summary>Gives each picture of a batch the gain that it needs, in place.</summary>
    /// <param name="image">Pictures, NCHW, sRGB values in [0, 1]; others are limited to that range.</param>
    /// <param name="cancellationToken">Stops the work; a part of the values then has the gain.</param>
    public static void Apply(ImageTensor image, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(image);
        for (int picture = 0; picture < image.Batch; picture++)
        {
            using ImageTensor one = image.Picture(picture);
            Apply(one, StopsOf(one), cancellationToken);
        }
    }

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

        float gain = (float)PortableMath.Exp(stops * LogOfTwo);
        float bend = 2 - (1 / (gain - Knee));
        for (int start = 0; start < values.Length; start += ValuesBetweenChecks)
        {
            cancellationToken.ThrowIfCancellationRequested();
            Span<float> block = values.Slice(start, Math.Min(ValuesBetweenChecks, values.Length - start));
            ToneCurve.SrgbToLinear.Apply(block);
            foreach (ref float value in block)
            {
                float light = value * gain, above = light - Knee;
                value = above > 0 ? Knee + (above / (1 + (bend * above))) : light;
            }

            ToneCurve.LinearToSrgb.Apply(block);
        }
    }

    private static int Samples(int extent, int stride) => (extent + stride - 1) / stride;

    private static double StopsOf(Span<float> lit)
    {
        lit.Sort();
        double bright = (PortableMath.Log(BrightLuminance) - PortableMath.Log(lit[(int)(BrightShare * (lit.Length - 1))])) / LogOfTwo;
        double contrast = MiddleStops(lit) - bright;
        double share = Math.Clamp((contrast - LeastContrast) / (FullContrast - LeastContrast), 0, 1);
        double smooth = share * share * (3 - (2 * share));
        return Math.Clamp(bright + (smooth * contrast), 0, MaximumStops);
    }

    /// <summary>Finds the gain at which the mean of L/(L + 0.2) is 1/2, of evenly spread quantiles.</summary>
    private static double MiddleStops(ReadOnlySpan<float> sorted)
    {
        int count = Math.Min(sorted.Length, Quantiles);
        Span<float> quantiles = stackalloc float[count];
        for (int i = 0; i < count; i++)
        {
            quantiles[i] = sorted[(int)(((2L * i) + 1) * sorted.Length / (2 * count))];
        }

        // A single pixel of the smallest light that floats tell from black lies within; 40 halvings leave nothing to tell apart.
        (double low, double high) = (-20, 40);
        for (int i = 0; i < 40; i++)
        {
            double middle = (low + high) / 2, gain = PortableMath.Exp(middle * LogOfTwo), sum = 0;
            foreach (float luminance in quantiles)
            {
                double light = luminance * gain;
                sum += light / (light + MiddleLuminance);
            }

            (low, high) = sum * 2 < count ? (middle, high) : (low, middle);
        }

        return low;
    }
}
