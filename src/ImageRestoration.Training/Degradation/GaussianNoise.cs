using System.Numerics.Tensors;
using ImageRestoration.Imaging;
using ImageRestoration.Numerics;

namespace ImageRestoration.Degradation;

/// <summary>Adds white Gaussian noise: an independent normally distributed number to every value of every channel.</summary>
/// <remarks>
/// <para>Sigma is written on the scale [0, 255], as the denoising literature does: noise of sigma 25 has a standard deviation
/// of 25/255 on the values of an <see cref="ImageTensor"/>, whose nominal range is [0, 1].</para>
/// <para>Results are not clipped, the usual protocol of evaluation; call <see cref="ImageTensor.Clamp"/> or
/// <see cref="Quantization.RoundTo8Bit"/> for what a file can hold.</para>
/// </remarks>
public sealed class GaussianNoise : PerImageDegradation, IDescribed
{
    private const double Scale = 255;
    private const int BlockLength = 1024;

    private static readonly ParameterLimits _limits
        = new(
            0, double.MaxValue, "Sigma is a finite number of at least 0, on the scale [0, 255]: 25 means a standard deviation of 25/255.");

    private readonly ParameterRange _sigma;

    /// <summary>Creates noise of one strength.</summary>
    /// <param name="sigma">Standard deviation on the scale [0, 255]; finite and at least 0. With 0, pictures stay as they are.</param>
    public GaussianNoise(double sigma) => _sigma = ParameterRange.Fixed(sigma, _limits, nameof(sigma));

    /// <summary>
    /// Creates noise of varying strength, for blind denoisers: each picture of a batch gets a sigma of its own, drawn uniformly.
    /// </summary>
    /// <param name="minimumSigma">Smallest standard deviation on the scale [0, 255]; finite and at least 0.</param>
    /// <param name="maximumSigma">
    /// Largest standard deviation on the scale [0, 255]; finite and at least <paramref name="minimumSigma"/>.
    /// </param>
    public GaussianNoise(double minimumSigma, double maximumSigma)
        => _sigma = ParameterRange.Between(minimumSigma, maximumSigma, _limits, nameof(minimumSigma), nameof(maximumSigma));

    /// <summary>Smallest standard deviation, on the scale [0, 255].</summary>
    public double MinimumSigma => _sigma.Minimum;

    /// <summary>
    /// Largest standard deviation, on the scale [0, 255]; equal to <see cref="MinimumSigma"/> if the strength does not vary.
    /// </summary>
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
        float sigma = (float)(_sigma.Draw(random) / Scale);
        if (sigma == 0)
        {
            return;
        }

        Span<float> values = picture.Span;
        Span<float> noise = stackalloc float[BlockLength];
        while (!values.IsEmpty)
        {
            Span<float> block = values[..Math.Min(values.Length, BlockLength)];
            random.NextGaussian(noise[..block.Length], 0f, sigma);
            TensorPrimitives.Add(block, noise[..block.Length], block);
            values = values[block.Length..];
        }
    }
}
