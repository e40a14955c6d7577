using BenchmarkDotNet.Attributes;
using ImageRestoration.Degradation;
using ImageRestoration.Imaging;
using ImageRestoration.Numerics;

namespace ImageRestoration.Benchmarks;

/// <summary>Each degradation on an RGB picture of a megapixel, in place, on one thread: 1000 divided by the milliseconds is megapixels a second.</summary>
[MemoryDiagnoser]
public class DegradationBenchmarks
{
    private static readonly Dictionary<string, IDegradation> _degradations = new()
    {
        ["GaussianNoise"] = new GaussianNoise(25),
        ["PoissonGaussianNoise"] = new PoissonGaussianNoise(0.01, 0.001),
        ["SaltAndPepperNoise"] = new SaltAndPepperNoise(0.1),
        ["SpeckleNoise"] = new SpeckleNoise(0.1),
        ["Jpeg 4:4:4"] = new JpegCompression(50, ChromaSubsampling.Ratio444),
        ["Jpeg 4:2:2"] = new JpegCompression(50, ChromaSubsampling.Ratio422),
        ["Jpeg 4:2:0"] = new JpegCompression(50),
        ["GaussianBlur 2"] = new GaussianBlur(2),
        ["GaussianBlur 10"] = new GaussianBlur(10),
        ["MotionBlur 30"] = new MotionBlur(30, 20),
        ["DefocusBlur 5"] = new DefocusBlur(5),
        ["DefocusBlur 20"] = new DefocusBlur(20),
        ["Rescaling 4"] = new Rescaling(4),
        ["LowLight"] = new LowLight(),
        ["AdaptiveThreshold"] = new AdaptiveThreshold(),
        ["BitDepthReduction"] = new BitDepthReduction(5),
    };

    private readonly SeededRandom _random = new(1);
    private ImageTensor? _image;

    /// <summary>Names of the degradations.</summary>
    public static IEnumerable<string> Names => _degradations.Keys;

    /// <summary>What is applied.</summary>
    [ParamsSource(nameof(Names))]
    public string Degradation { get; set; } = "";

    /// <summary>Makes the picture.</summary>
    [GlobalSetup]
    public void Setup() => _image = SyntheticPicture.Create(1000);

    /// <summary>Frees the picture.</summary>
    [GlobalCleanup]
    public void Cleanup() => _image?.Dispose();

    /// <summary>One application, in place.</summary>
    [Benchmark]
    public void Apply() => _degradations[Degradation].Apply(_image!, _random);
}
