using BenchmarkDotNet.Attributes;
using ImageRestoration.Degradation;
using ImageRestoration.Imaging;
using ImageRestoration.Metrics;
using ImageRestoration.Numerics;

namespace ImageRestoration.Benchmarks;

/// <summary>Scores of an RGB picture against its noisy copy.</summary>
[MemoryDiagnoser]
public class MetricBenchmarks
{
    private ImageTensor? _original;
    private ImageTensor? _noisy;

    /// <summary>Height and width in pixels.</summary>
    [Params(512)]
    public int Size { get; set; }

    /// <summary>Makes both pictures.</summary>
    [GlobalSetup]
    public void Setup()
    {
        _original = SyntheticPicture.Create(Size);
        _noisy = _original.Clone();
        new GaussianNoise(25).Apply(_noisy, new SeededRandom(1));
    }

    /// <summary>Frees them.</summary>
    [GlobalCleanup]
    public void Cleanup()
    {
        _original?.Dispose();
        _noisy?.Dispose();
    }

    /// <summary>Peak signal-to-noise ratio.</summary>
    /// <returns>Decibels.</returns>
    [Benchmark]
    public double PeakSignalToNoise() => Psnr.Compute(_original!, _noisy!);

    /// <summary>Structural similarity, 11×11 Gaussian window.</summary>
    /// <returns>The index.</returns>
    [Benchmark]
    public double StructuralSimilarity() => Ssim.Compute(_original!, _noisy!);
}
