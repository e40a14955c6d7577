using BenchmarkDotNet.Attributes;
using ImageRestoration.Imaging;
using ImageRestoration.Networks;
using ImageRestoration.Networks.Architectures;
using ImageRestoration.Numerics;
using ImageRestoration.OnnxRuntime;
using ImageRestoration.Restoration;

namespace ImageRestoration.Benchmarks;

/// <summary>A whole restoration of one RGB picture on one thread, so that results compare as pixels per second and core. Weights are random: time does not depend on them.</summary>
[MemoryDiagnoser]
public class RestorerBenchmarks
{
    private OnnxRestorer? _restorer;
    private ImageTensor? _image;
    private RestorationRequest? _request;

    /// <summary>The architecture.</summary>
    [Params("unet", "dncnn")]
    public string Architecture { get; set; } = "unet";

    /// <summary>Height and width in pixels.</summary>
    [Params(256, 512)]
    public int Size { get; set; }

    /// <summary>Builds model, session and picture.</summary>
    [GlobalSetup]
    public void Setup()
    {
        Network network = Architecture == "unet" ? UNet.Create() : DnCnn.Create();
        var model = new Model(network, NetworkWeights.Initialize(network, new SeededRandom(1)), new ModelInfo { Name = network.Name, Task = RestorationTask.Denoise });
        _restorer = new OnnxRestorer(model, new OnnxOptions { IntraOpThreads = 1 });
        _image = SyntheticPicture.Create(Size);
        _request = new RestorationRequest(_image);
    }

    /// <summary>Frees them.</summary>
    [GlobalCleanup]
    public void Cleanup()
    {
        _restorer?.Dispose();
        _image?.Dispose();
    }

    /// <summary>ONNX Runtime, float32, CPU.</summary>
    [Benchmark]
    public async Task Onnx()
    {
        using RestorationResult result = await _restorer!.RestoreAsync(_request!);
    }
}
