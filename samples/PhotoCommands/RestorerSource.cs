using System.Runtime.CompilerServices;
using ImageRestoration.Managed;
using ImageRestoration.Models;
using ImageRestoration.Networks;
using ImageRestoration.OnnxRuntime;
using ImageRestoration.Restoration;
using ImageRestoration.Tiling;
using ImageRestoration.TorchSharp;

namespace PhotoCommands;

/// <summary>Opens a restorer from what the user named: a file or a bundled model, on a backend.</summary>
internal static class RestorerSource
{
    /// <summary>C# itself.</summary>
    public const string Managed = "managed";

    /// <summary>ONNX Runtime.</summary>
    public const string Onnx = "onnx";

    /// <summary>libtorch.</summary>
    public const string Torch = "torch";

    private const string OnnxExtension = ".onnx";
    private const string ModelExtension = ".safetensors";

    /// <summary>Whether the user named a file rather than a bundled model or a method.</summary>
    public static bool IsFile(string model) => HasExtension(model, OnnxExtension) || HasExtension(model, ModelExtension);

    /// <summary>What computes where nobody chose: C# itself, or ONNX Runtime for its own files.</summary>
    public static string DefaultBackend(string model) => HasExtension(model, OnnxExtension) ? Onnx : Managed;

    /// <summary>
    /// Opens the restorer; networks that see the whole picture are not cut into tiles. A bundled model for RGB leaves black-and-white
    /// pictures to the one for grey, where there is one.
    /// </summary>
    /// <param name="model">A file or the name of a bundled model.</param>
    /// <param name="backend">What computes.</param>
    /// <param name="threads">Threads that compute; the backend's choice where null.</param>
    /// <param name="tile">Side of the tiles that bound the memory; 0 for whole pictures.</param>
    public static IRestorer Open(string model, string backend, int? threads, int tile)
    {
        if (HasExtension(model, OnnxExtension))
        {
            return backend == Onnx
                ? Tile(LoadOnnx(model, threads), tile)
                : throw new ArgumentException($"'{model}' is an ONNX file, which runs with --backend {Onnx} alone. Use that backend, or the model's .safetensors file.");
        }

        return HasExtension(model, ModelExtension) ? Create(Model.Load(model)) : PretrainedModels.Find(model).CreateRestorer(Create);

        IRestorer Create(Model loaded) => Tile(
            backend switch
            {
                Onnx => CreateOnnx(loaded, threads),
                Torch => CreateTorch(loaded, threads),
                _ => new ManagedRestorer(loaded, new ManagedOptions { Threads = threads }),
            },
            tile);
    }

    private static IRestorer Tile(IRestorer restorer, int tile)
        => tile > 0 && restorer.Info.TileHalo is { IsGlobal: false }
            ? new TiledRestorer(restorer, new TilingOptions { TileSize = tile })
            : restorer;

    private static bool HasExtension(string path, string extension) => string.Equals(Path.GetExtension(path), extension, StringComparison.OrdinalIgnoreCase);

    // A backend's assemblies are loaded when a method that names them is compiled: these are, only when the backend is asked for.
    [MethodImpl(MethodImplOptions.NoInlining)]
    private static OnnxRestorer LoadOnnx(string path, int? threads) => OnnxRestorer.Load(path, new OnnxOptions { IntraOpThreads = threads });

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static OnnxRestorer CreateOnnx(Model model, int? threads) => new(model, new OnnxOptions { IntraOpThreads = threads });

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static TorchRestorer CreateTorch(Model model, int? threads) => new(model, new TorchOptions { Threads = threads });
}
