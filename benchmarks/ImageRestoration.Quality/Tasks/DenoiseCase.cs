using System.Globalization;
using ImageRestoration.Degradation;
using ImageRestoration.Imaging;
using ImageRestoration.Numerics;

namespace ImageRestoration.Quality.Tasks;

/// <summary>White Gaussian noise of one strength in every channel, not clipped.</summary>
internal sealed class DenoiseCase : DegradationCase
{
    private readonly double _sigma;
    private readonly long _seed;
    private readonly GaussianNoise _noise;

    public DenoiseCase(double sigma, long seed)
    {
        _sigma = sigma;
        _seed = seed;
        _noise = new GaussianNoise(sigma);
    }

    public override double? Sigma => _sigma;

    public override string Name => string.Create(CultureInfo.InvariantCulture, $"sigma {_sigma}");

    public static IReadOnlyList<EvaluationCase> CreateCases(EvaluationOptions options)
        => options.Sigmas.Count + options.Sensors.Count > 0
            ? [.. options.Sigmas.Select(sigma => new DenoiseCase(sigma, options.Seed)), .. options.Sensors.Select(noise => new SensorNoiseCase(noise, options.Seed))]
            : throw new QualityException("Task 'denoise' needs the strengths of the noise, for instance --sigma 15,25,50 or --sensor 0.01:0.0004.");

    public override ImageTensor Degrade(ImageTensor original, string fileName)
    {
        ImageTensor noisy = original.Clone();
        _noise.Apply(noisy, CreateRandom(fileName));
        return noisy;
    }

    /// <summary>The noise depends on seed, sigma and file name alone, so a part of a folder gets the same noise as the whole.</summary>
    internal SeededRandom CreateRandom(string fileName) => SeededRandom.ForSample(_seed, BitConverter.DoubleToInt64Bits(_sigma), CaseRandom.Hash(fileName));
}
