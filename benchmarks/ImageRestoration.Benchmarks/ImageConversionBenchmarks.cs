using BenchmarkDotNet.Attributes;
using ImageRestoration.ImageSharp;
using ImageRestoration.Imaging;
using SixLabors.ImageSharp;

namespace ImageRestoration.Benchmarks;

/// <summary>Between ImageSharp's interleaved 8-bit pixels and the planar float32 values of a tensor.</summary>
[MemoryDiagnoser]
public class ImageConversionBenchmarks
{
    private ImageTensor? _tensor;
    private Image? _image;

    /// <summary>Height and width in pixels.</summary>
    [Params(512)]
    public int Size { get; set; }

    /// <summary>Makes the picture.</summary>
    [GlobalSetup]
    public void Setup()
    {
        _tensor = SyntheticPicture.Create(Size);
        _image = _tensor.ToImage();
    }

    /// <summary>Frees it.</summary>
    [GlobalCleanup]
    public void Cleanup()
    {
        _tensor?.Dispose();
        _image?.Dispose();
    }

    /// <summary>Image to tensor.</summary>
    [Benchmark]
    public void ToImageTensor()
    {
        using ImageTensor tensor = _image!.ToImageTensor();
    }

    /// <summary>Tensor to image.</summary>
    [Benchmark]
    public void ToImage()
    {
        using Image image = _tensor!.ToImage();
    }

    /// <summary>Rounding to what an 8-bit file holds, in place.</summary>
    [Benchmark]
    public void RoundTo8Bit() => Quantization.RoundTo8Bit(_tensor!);
}
