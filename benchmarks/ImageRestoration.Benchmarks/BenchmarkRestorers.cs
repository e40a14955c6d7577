using ImageRestoration.Managed;
using ImageRestoration.Networks;
using ImageRestoration.Networks.Architectures;
using ImageRestoration.Numerics;
using ImageRestoration.OnnxRuntime;
using ImageRestoration.Restoration;
using ImageRestoration.TorchSharp;

namespace ImageRestoration.Benchmarks;

/// <summary>The same network on each backend.</summary>
internal static class BenchmarkRestorers
{
    public static IReadOnlyList<string> Backends { get; } = ["managed", "onnx", "torch"];

    public static IReadOnlyList<string> Architectures { get; } = ["unet", "dncnn"];

    public static IRestorer Create(string backend, string architecture, int threads)
    {
        Network network = architecture == "unet" ? UNet.Create() : DnCnn.Create();
        var model = new Model(network, NetworkWeights.Initialize(network, new SeededRandom(1)), new ModelInfo { Name = network.Name, Task = RestorationTask.Denoise });
        return backend switch
        {
            "managed" => new ManagedRestorer(model, new ManagedOptions { Threads = threads }),
            "onnx" => new OnnxRestorer(model, new OnnxOptions { IntraOpThreads = threads, AllowSpinning = true }),
            "torch" => new TorchRestorer(model, new TorchOptions { Threads = threads }),
            _ => throw new ArgumentException($"There is no backend '{backend}'. Known: {string.Join(", ", Backends)}.", nameof(backend)),
        };
    }
}
