using BenchmarkDotNet.Attributes;
using ImageRestoration.Imaging;
using ImageRestoration.Restoration;

namespace ImageRestoration.Benchmarks;

/// <summary>A whole restoration of one RGB picture on every backend, float32. Weights are random: time does not depend on them.</summary>
[MemoryDiagnoser]
[WarmupCount(2)]
[IterationCount(7)]
[MedianColumn]
public class RestorerBenchmarks
{
    private IRestorer? _restorer;
    private ImageTensor? _image;
    private RestorationRequest? _request;

    /// <summary>The architecture.</summary>
    [Params("unet", "dncnn")]
    public string Architecture { get; set; } = "unet";

    /// <summary>Height and width in pixels.</summary>
    [Params(256, 512)]
    public int Size { get; set; }

    /// <summary>Threads that compute.</summary>
    [Params(1, 2)]
    public int Threads { get; set; }

    /// <summary>Prepares the managed engine.</summary>
    [GlobalSetup(Target = nameof(Managed))]
    public void SetupManaged() => Setup("managed");

    /// <summary>Prepares ONNX Runtime.</summary>
    [GlobalSetup(Target = nameof(Onnx))]
    public void SetupOnnx() => Setup("onnx");

    /// <summary>Prepares libtorch.</summary>
    [GlobalSetup(Target = nameof(Torch))]
    public void SetupTorch() => Setup("torch");

    /// <summary>Frees restorer and picture.</summary>
    [GlobalCleanup]
    public void Cleanup()
    {
        _restorer?.Dispose();
        _image?.Dispose();
    }

    /// <summary>ONNX Runtime on the CPU, all graph optimisations, its threads spinning.</summary>
    [Benchmark(Baseline = true)]
    public Task Onnx() => RestoreAsync();

    /// <summary>C# alone.</summary>
    [Benchmark]
    public Task Managed() => RestoreAsync();

    /// <summary>libtorch on the CPU.</summary>
    [Benchmark]
    public Task Torch() => RestoreAsync();

    private void Setup(string backend)
    {
        _restorer = BenchmarkRestorers.Create(backend, Architecture, Threads);
        _image = SyntheticPicture.Create(Size);
        _request = new RestorationRequest(_image);
    }

    private async Task RestoreAsync()
    {
        using RestorationResult result = await _restorer!.RestoreAsync(_request!);
    }
}
