using System.Numerics.Tensors;
using ImageRestoration.Imaging;
using ImageRestoration.Numerics;

namespace ImageRestoration.Degradation;

/// <summary>Adds the noise of an image sensor: normally distributed, with variance a · x + b where the value is x.</summary>
/// <remarks>
/// <para>After Foi, Trimeche, Katkovnik and Egiazarian, "Practical Poissonian-Gaussian Noise Modeling and Fitting for Single-Image
/// Raw-Data", IEEE Transactions on Image Processing 17(10), 2008, with their normal approximation of the Poisson part: a is the variance of
/// the photon count per unit of signal and b that of the electronics. Both are in the unit of the values, whose white is 1: a sensor that
/// counts n electrons at white has a = 1/n, and read noise with a standard deviation of r electrons gives b = (r/n)². Values below 0 count
/// as 0 for the variance.</para>
/// <para>The model holds where values are proportional to light: for pictures in sRGB, use it inside of <see cref="LowLight"/>.
/// Results are not clipped.</para>
/// </remarks>
public sealed class PoissonGaussianNoise : PerImageDegradation, IDescribed
{
    private const int BlockLength = 1024;

    private static readonly ParameterLimits _limits
        = new(
            0,
            1000,
            "A variance is a number from 0 to 1000, for values whose white is 1: 0.01 is the photon noise of a sensor that counts 100 "
                + "electrons at white.");

    private readonly ParameterRange _shot;
    private readonly ParameterRange _read;

    /// <summary>Creates noise of one strength.</summary>
    /// <param name="shotVariance">a: variance per unit of signal, 0 to 1000.</param>
    /// <param name="readVariance">b: variance that does not depend on the signal, 0 to 1000.</param>
    public PoissonGaussianNoise(double shotVariance, double readVariance)
    {
        _shot = ParameterRange.Fixed(shotVariance, _limits, nameof(shotVariance));
        _read = ParameterRange.Fixed(readVariance, _limits, nameof(readVariance));
    }

    /// <summary>
    /// Creates noise of varying strength: each picture of a batch gets variances of its own, drawn uniformly, first a, then b.
    /// </summary>
    /// <param name="minimumShotVariance">Smallest a, 0 to 1000.</param>
    /// <param name="maximumShotVariance">Largest a, <paramref name="minimumShotVariance"/> to 1000.</param>
    /// <param name="minimumReadVariance">Smallest b, 0 to 1000.</param>
    /// <param name="maximumReadVariance">Largest b, <paramref name="minimumReadVariance"/> to 1000.</param>
    public PoissonGaussianNoise(
        double minimumShotVariance, double maximumShotVariance, double minimumReadVariance, double maximumReadVariance)
    {
        _shot = ParameterRange.Between(
            minimumShotVariance, maximumShotVariance, _limits, nameof(minimumShotVariance), nameof(maximumShotVariance));
        _read = ParameterRange.Between(
            minimumReadVariance, maximumReadVariance, _limits, nameof(minimumReadVariance), nameof(maximumReadVariance));
    }

    /// <inheritdoc/>
    void IDescribed.Describe(SettingList settings)
    {
        settings.Add("MinimumShotVariance", _shot.Minimum);
        settings.Add("MaximumShotVariance", _shot.Maximum);
        settings.Add("MinimumReadVariance", _read.Minimum);
        settings.Add("MaximumReadVariance", _read.Maximum);
    }

    /// <inheritdoc/>
    protected override void ApplyToImage(ImageTensor picture, Random random)
    {
        ArgumentNullException.ThrowIfNull(picture);
        ArgumentNullException.ThrowIfNull(random);
        Add(picture.Span, (float)_shot.Draw(random), (float)_read.Draw(random), random);
    }

    /// <summary>Adds noise of one strength.</summary>
    internal static void Add(Span<float> values, float shot, float read, Random random)
    {
        if (shot == 0 && read == 0)
        {
            return;
        }

        Span<float> noiseRoom = stackalloc float[BlockLength], sigmaRoom = stackalloc float[BlockLength];
        while (!values.IsEmpty)
        {
            Span<float> block = values[..Math.Min(values.Length, BlockLength)];
            Span<float> noise = noiseRoom[..block.Length], sigma = sigmaRoom[..block.Length];
            random.NextGaussian(noise);
            TensorPrimitives.Max(block, 0f, sigma);
            TensorPrimitives.Multiply(sigma, shot, sigma);
            TensorPrimitives.Add(sigma, read, sigma);
            TensorPrimitives.Sqrt(sigma, sigma);
            TensorPrimitives.Multiply(noise, sigma, noise);
            TensorPrimitives.Add(block, noise, block);
            values = values[block.Length..];
        }
    }
}
