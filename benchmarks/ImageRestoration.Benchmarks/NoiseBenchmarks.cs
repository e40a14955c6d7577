using BenchmarkDotNet.Attributes;
using ImageRestoration.Degradation;
using ImageRestoration.Imaging;
using ImageRestoration.Numerics;

namespace ImageRestoration.Benchmarks;

/// <summary>Seeded Gaussian noise on an RGB picture.</summary>
[MemoryDiagnoser]
public class NoiseBenchmarks
{
    private readonly GaussianNoise _noise = new(25);
    private readonly SeededRandom _random = new(1);
    private ImageTensor? _image;

    /// <summary>Height and width in pixels.</summary>
    [Params(512)]
    public int Size { get; set; }

    /// <summary>Makes the picture.</summary>
    [GlobalSetup]
    public void Setup() => _image = ImageTensor.Create(ImageShape.Single(3, Size, Size));

    /// <summary>Frees the picture.</summary>
    [GlobalCleanup]
    public void Cleanup() => _image?.Dispose();

    /// <summary>One application, in place.</summary>
    [Benchmark]
    public void Gaussian() => _noise.Apply(_image!, _random);
}
