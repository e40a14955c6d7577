using ImageRestoration.Classical.Inpainting;
using ImageRestoration.Managed;
using ImageRestoration.Models;
using ImageRestoration.Networks;
using ImageRestoration.OnnxRuntime;
using ImageRestoration.Restoration;
using ImageRestoration.TorchSharp;

namespace ImageRestoration.Quality.Restorers;

/// <summary>Makes restorers from what the user gave. A new backend is a new entry in <see cref="Backends"/>.</summary>
internal static class RestorerFactory
{
    /// <summary>Name of the restorer that changes nothing.</summary>
    public const string None = "none";

    /// <summary>Follows the name of a restorer that inpaints, and adds texture to what it fills in.</summary>
    public const string WithTexture = "+texture";

    private const string Onnx = "onnx";
    private const string OnnxExtension = ".onnx";

    /// <summary>The backends by name.</summary>
    public static IReadOnlyDictionary<string, Func<Model, int?, IRestorer>> Backends { get; } = new SortedDictionary<string, Func<Model, int?, IRestorer>>(StringComparer.Ordinal)
    {
        ["managed"] = CreateManaged,
        [Onnx] = CreateOnnx,
        ["torch"] = CreateTorch,
    };

    /// <summary>Makes a restorer; the caller disposes it.</summary>
    /// <param name="restorer">A .safetensors or .onnx file, the name of a bundled model, a classical method (see <see cref="ClassicalMethods.Usage"/>), or <c>none</c>; what inpaints may be followed by <see cref="WithTexture"/>.</param>
    /// <param name="backend">Name of a backend.</param>
    /// <param name="threads">Threads of the backend; its own choice where null.</param>
    public static IRestorer Create(string restorer, string backend, int? threads)
    {
        Func<Model, int?, IRestorer> create = FindBackend(backend);
        if (restorer == None)
        {
            return new UnchangedRestorer();
        }

        if (restorer.EndsWith(WithTexture, StringComparison.Ordinal))
        {
            return AddTexture(Create(restorer[..^WithTexture.Length], backend, threads), threads);
        }

        if (ClassicalMethods.Find(restorer) is { } method)
        {
            return method;
        }

        if (string.Equals(Path.GetExtension(restorer), OnnxExtension, StringComparison.OrdinalIgnoreCase) && File.Exists(restorer))
        {
            return backend == Onnx
                ? OnnxRestorer.Load(restorer, OnnxOptionsFor(threads))
                : throw new QualityException($"'{restorer}' is an ONNX file, which backend '{backend}' cannot run. Use --backend {Onnx}, or give the .safetensors file.");
        }

        return create(LoadModel(restorer), threads);
    }

    /// <summary>Makes a restorer from a model; the caller disposes it.</summary>
    /// <param name="model">The model.</param>
    /// <param name="backend">Name of a backend.</param>
    /// <param name="threads">Threads of the backend; its own choice where null.</param>
    public static IRestorer Create(Model model, string backend, int? threads) => FindBackend(backend)(model, threads);

    /// <summary>Loads a .safetensors file or a bundled model.</summary>
    /// <param name="restorer">File or name.</param>
    public static Model LoadModel(string restorer)
    {
        if (File.Exists(restorer))
        {
            return Model.Load(restorer);
        }

        PretrainedModel model = PretrainedModels.All.FirstOrDefault(m => m.Name == restorer)
            ?? throw new QualityException($"'{restorer}' is neither a model file nor a bundled model nor a classical method. Give the path of a .safetensors or .onnx file, '{None}', one of the models {string.Join(", ", PretrainedModels.All)}, or one of the methods {ClassicalMethods.Usage}.");
        return model.Load();
    }

    private static IRestorer AddTexture(IRestorer structure, int? threads)
    {
        try
        {
            return structure is ClassicalMethod method ? method.With(Decorate) : Decorate(structure);
        }
        catch (ArgumentException e)
        {
            structure.Dispose();
            throw new QualityException($"'{structure.Info.Name}{WithTexture}' cannot be made: {e.Message}", e);
        }

        TextureSynthesisRestorer Decorate(IRestorer inner) => new(inner, new TextureSynthesisOptions { Threads = threads });
    }

    private static Func<Model, int?, IRestorer> FindBackend(string backend)
        => Backends.TryGetValue(backend, out Func<Model, int?, IRestorer>? create)
            ? create
            : throw new QualityException($"There is no backend '{backend}'. Known backends: {string.Join(", ", Backends.Keys)}.");

    private static IRestorer CreateOnnx(Model model, int? threads)
        => new OnnxRestorer(model, OnnxOptionsFor(threads));

    private static OnnxOptions OnnxOptionsFor(int? threads) => new() { IntraOpThreads = threads };

    private static IRestorer CreateManaged(Model model, int? threads)
        => new ManagedRestorer(model, new ManagedOptions { Threads = threads });

    private static IRestorer CreateTorch(Model model, int? threads)
        => new TorchRestorer(model, new TorchOptions { Threads = threads });
}
