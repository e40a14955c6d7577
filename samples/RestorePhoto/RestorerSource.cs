using ImageRestoration.Models;
using ImageRestoration.Networks;
using ImageRestoration.OnnxRuntime;
using ImageRestoration.Restoration;
using ImageRestoration.TorchSharp;

namespace RestorePhoto;

/// <summary>Opens a restorer from what the user named: a file or a bundled model, on a backend.</summary>
internal static class RestorerSource
{
    public const string Onnx = "onnx";
    public const string Torch = "torch";

    public static IRestorer Open(string model, string backend, int? threads)
    {
        string extension = Path.GetExtension(model);
        var onnx = new OnnxOptions { IntraOpThreads = threads };
        if (string.Equals(extension, ".onnx", StringComparison.OrdinalIgnoreCase))
        {
            return backend == Onnx
                ? OnnxRestorer.Load(model, onnx)
                : throw new ArgumentException($"'{model}' is an ONNX file, which runs with --backend {Onnx} alone. Use that backend, or the model's .safetensors file.");
        }

        Model loaded = string.Equals(extension, ".safetensors", StringComparison.OrdinalIgnoreCase)
            ? Model.Load(model)
            : PretrainedModels.Find(model).Load();
        return backend == Onnx ? new OnnxRestorer(loaded, onnx) : new TorchRestorer(loaded, new TorchOptions { Threads = threads });
    }
}
