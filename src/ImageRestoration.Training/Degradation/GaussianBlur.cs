using System.Buffers;
using ImageRestoration.Degradation.Blurring;
using ImageRestoration.Imaging;
using ImageRestoration.Numerics;
using ImageRestoration.Restoration;

namespace ImageRestoration.Degradation;

/// <summary>Blurs pictures with a Gaussian kernel, sampled at whole pixels up to four sigmas and normalised.</summary>
/// <remarks>
/// Beyond its border the picture is mirrored, without repeating the border pixel. Rows and columns are filtered separately.
/// </remarks>
public sealed class GaussianBlur : PerImageDegradation, IDescribed
{
    private const double Reach = 4;

    private static readonly ParameterLimits _limits = new(0, 100, "Sigma is a number of pixels from 0 to 100.");

    private readonly ParameterRange _sigma;

    /// <summary>Creates blur of one strength.</summary>
    /// <param name="sigma">Standard deviation in pixels, 0 to 100. With 0, pictures stay as they are.</param>
    public GaussianBlur(double sigma) => _sigma = ParameterRange.Fixed(sigma, _limits, nameof(sigma));

    /// <summary>Creates blur of varying strength: each picture of a batch gets a sigma of its own, drawn uniformly.</summary>
    /// <param name="minimumSigma">Smallest standard deviation in pixels, 0 to 100.</param>
    /// <param name="maximumSigma">Largest standard deviation in pixels, <paramref name="minimumSigma"/> to 100.</param>
    public GaussianBlur(double minimumSigma, double maximumSigma)
        => _sigma = ParameterRange.Between(minimumSigma, maximumSigma, _limits, nameof(minimumSigma), nameof(maximumSigma));

    /// <summary>Smallest standard deviation in pixels.</summary>
    public double MinimumSigma => _sigma.Minimum;

    /// <summary>Largest standard deviation in pixels.</summary>
    public double MaximumSigma => _sigma.Maximum;

    /// <summary>
    /// What white noise is multiplied by, so that its standard deviation stays the same when blur of one strength follows.
    /// </summary>
    internal double NoiseGain()
    {
        double energy = 0;
        foreach (float weight in CreateWeights(MinimumSigma, (int)Math.Ceiling(Reach * MinimumSigma)))
        {
            energy += (double)weight * weight;
        }

        return 1 / energy; // The root of the sum of squares in each of two directions.
    }

    /// <inheritdoc/>
    void IDescribed.Describe(SettingList settings)
    {
        settings.Add(nameof(MinimumSigma), MinimumSigma);
        settings.Add(nameof(MaximumSigma), MaximumSigma);
    }

    /// <inheritdoc/>
    protected override void ApplyToImage(ImageTensor picture, Random random)
    {
        ArgumentNullException.ThrowIfNull(picture);
        ArgumentNullException.ThrowIfNull(random);
        double sigma = _sigma.Draw(random);
        int radius = (int)Math.Ceiling(Reach * sigma);
        float[] weights = CreateWeights(sigma, radius);
        if (weights[radius] == 1f)
        {
            return;
        }

        int[] offsets = new int[weights.Length];
        float[] row = ArrayPool<float>.Shared.Rent(picture.Width + (2 * radius));
        float[] filtered = ArrayPool<float>.Shared.Rent(picture.Height * picture.Width);
        for (int c = 0; c < picture.Channels; c++)
        {
            for (int i = 0; i < offsets.Length; i++)
            {
                offsets[i] = i;
            }

            for (int y = 0; y < picture.Height; y++)
            {
                Border.MirrorRow(picture.Row(0, c, y), row, radius);
                WeightedSum.Of(row, offsets, weights, filtered.AsSpan(y * picture.Width, picture.Width));
            }

            for (int y = 0; y < picture.Height; y++)
            {
                for (int i = 0; i < offsets.Length; i++)
                {
                    offsets[i] = MirrorPadding.Mirror(y + i - radius, picture.Height) * picture.Width;
                }

                WeightedSum.Of(filtered, offsets, weights, picture.Row(0, c, y));
            }
        }

        ArrayPool<float>.Shared.Return(row);
        ArrayPool<float>.Shared.Return(filtered);
    }

    private static float[] CreateWeights(double sigma, int radius)
    {
        double[] values = new double[(2 * radius) + 1];
        double sum = 0;
        for (int i = 0; i < values.Length; i++)
        {
            double distance = i == radius ? 0 : (i - radius) / sigma;

            // Beyond 37 standard deviations, the weight vanishes beside the middle one's in double precision.
            values[i] = Math.Abs(distance) > 37 ? 0 : PortableMath.Exp(-0.5 * distance * distance);
            sum += values[i];
        }

        return Array.ConvertAll(values, value => (float)(value / sum));
    }
}
