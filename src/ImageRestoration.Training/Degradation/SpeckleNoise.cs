using System.Numerics.Tensors;
using ImageRestoration.Imaging;
using ImageRestoration.Numerics;

namespace ImageRestoration.Degradation;

/// <summary>
/// Multiplies every value of every channel by an independent normally distributed number around 1: y = x · (1 + n), n ~ N(0, σ²).
/// </summary>
/// <remarks>The noise of coherent imaging such as ultrasound and radar, in its usual simulation. Results are not clipped.</remarks>
public sealed class SpeckleNoise : PerImageDegradation, IDescribed
{
    private const int BlockLength = 1024;

    private static readonly ParameterLimits _limits
        = new(
            0,
            1000,
            "Sigma is a number from 0 to 1000, relative to the value it changes: 0.1 means a standard deviation of a tenth of each value.");

    private readonly ParameterRange _sigma;

    /// <summary>Creates noise of one strength.</summary>
    /// <param name="sigma">Standard deviation relative to each value, 0 to 1000: 0.1 is a tenth. With 0, pictures stay as they are.</param>
    public SpeckleNoise(double sigma) => _sigma = ParameterRange.Fixed(sigma, _limits, nameof(sigma));

    /// <summary>Creates noise of varying strength: each picture of a batch gets a sigma of its own, drawn uniformly.</summary>
    /// <param name="minimumSigma">Smallest relative standard deviation, 0 to 1000.</param>
    /// <param name="maximumSigma">Largest relative standard deviation, <paramref name="minimumSigma"/> to 1000.</param>
    public SpeckleNoise(double minimumSigma, double maximumSigma)
        => _sigma = ParameterRange.Between(minimumSigma, maximumSigma, _limits, nameof(minimumSigma), nameof(maximumSigma));

    /// <summary>Smallest standard deviation, relative to each value.</summary>
    public double MinimumSigma => _sigma.Minimum;

    /// <summary>Largest standard deviation, relative to each value.</summary>
    public double MaximumSigma => _sigma.Maximum;

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
        float sigma = (float)_sigma.Draw(random);
        if (sigma == 0)
        {
            return;
        }

        Span<float> values = picture.Span;
        Span<float> room = stackalloc float[BlockLength];
        while (!values.IsEmpty)
        {
            Span<float> block = values[..Math.Min(values.Length, BlockLength)];
            Span<float> factors = room[..block.Length];
            random.NextGaussian(factors, 1f, sigma);
            TensorPrimitives.Multiply(block, factors, block);
            values = values[block.Length..];
        }
    }
}
