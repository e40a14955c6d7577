using ImageRestoration.Degradation;
using ImageRestoration.Imaging;

namespace ImageRestoration.Quality.Tasks;

/// <summary>Poisson–Gaussian noise, whose variance rises with the value, in every channel, not clipped.</summary>
internal sealed class SensorNoiseCase : DegradationCase
{
    private readonly long _seed;
    private readonly PoissonGaussianNoise _noise;

    public SensorNoiseCase(SensorStrength strength, long seed)
    {
        _seed = seed;
        _noise = new PoissonGaussianNoise(strength.Shot, strength.Read);
        Name = $"sensor {strength}";
    }

    public override string Name { get; }

    public override ImageTensor Degrade(ImageTensor original, string fileName)
    {
        ImageTensor noisy = original.Clone();
        _noise.Apply(noisy, CaseRandom.Create(_seed, Name, fileName));
        return noisy;
    }
}
