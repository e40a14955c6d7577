using ImageRestoration.Quality.Restorers;
using ImageRestoration.Quality.Tasks;

namespace ImageRestoration.Quality.Suite;

/// <summary>What the suite evaluates. Scores are compared between versions, so everything stands here, even where it is a default.</summary>
internal static class SuiteProtocol
{
    /// <summary>Folder of mask pictures.</summary>
    public const string MaskFolder = "masks_generated";

    /// <summary>The set of <see cref="Entries"/>.</summary>
    public const string Standard = "standard";

    /// <summary>The set of <see cref="RealEntries"/>.</summary>
    public const string Real = "real";

    // OpenCV's h for photographs, whose sigma nobody can tell.
    private const double StrengthForCameras = 5;

    // The backend is the user's choice; it is set when the suite runs.
    private const string AnyBackend = "onnx";

    private static readonly string[] Denoisers = [RestorerFactory.None, "non-local-means", "total-variation"];
    private static readonly string[] Deblockers = [RestorerFactory.None, "total-variation"];
    private static readonly string[] Brighteners = [RestorerFactory.None, "gamma", "clahe", "clahe:8", "auto-exposure"];
    private static readonly string[] Inpainters =
        [RestorerFactory.None, "telea:3", "telea:5", "linear", "harmonic", "biharmonic", $"inpaint-color{RestorerFactory.WithTexture}"];

    private static readonly double[] Sigmas = [15, 25, 50];
    private static readonly int[] Qualities = [10, 20, 40];

    private static readonly string[] TonedKinds =
        [.. new[] { "rgb", "sepia" }.SelectMany(tone => new[] { "25", "25:95:420", "25:75:420" }.Select(file => $"toned:{tone}:{file}"))];

    /// <summary>The tables, in their order on the page.</summary>
    public static IReadOnlyList<SuiteEntry> Entries { get; } =
    [
        new("denoise-color", "Noise in colour", "sigma 25", new() { Task = "denoise", Images = "CBSD68", Restorers = Denoisers, Backend = AnyBackend, Sigmas = Sigmas, Sensors = [new(0.01, 0.0004)] }),
        new("denoise-gray", "Noise in grey", "sigma 25", new() { Task = "denoise", Images = "Set12", Restorers = Denoisers, Backend = AnyBackend, Sigmas = Sigmas }, IsGrey: true),
        new("deblock-color", "JPEG in colour", "quality 10", new() { Task = "deblock", Images = "LIVE1", Restorers = Deblockers, Backend = AnyBackend, Qualities = Qualities }),
        new("deblock-gray", "JPEG in grey", "quality 10", new() { Task = "deblock", Images = "classic5", Restorers = Deblockers, Backend = AnyBackend, Qualities = Qualities }, IsGrey: true),
        new("inpaint", "Missing pixels", "free-form", new()
        {
            Task = "inpaint", Images = "CBSD68", Backend = AnyBackend, Restorers = Inpainters,
            Masks = [MaskFolder, "free-form", "region", "points", "border", "scratch"],
        })
        {
            OpenCv = OpenCvRestorer.Inpainting,
        },
        new("brighten-pairs", "Low light, real pairs", "pairs", new() { Task = "brighten", Images = "lowlight_pairs", Restorers = Brighteners, Backend = AnyBackend }),
        new("brighten-stops", "Low light, simulated", "stops -3", new() { Task = "brighten", Images = "CBSD68", Restorers = Brighteners, Backend = AnyBackend, Stops = [-1, -3, -5] }),
    ];

    /// <summary>The tables of noise as files have it.</summary>
    public static IReadOnlyList<SuiteEntry> RealEntries { get; } =
    [
        CreateReal("real-photographs", "Noise of cameras", "polyu", ["pairs"]),
        CreateReal("real-jpeg", "Noise saved as JPEG", "CBSD68", JpegKinds("jpeg", 25)),
        CreateReal("real-jpeg-weak", "Weak noise saved as JPEG", "CBSD68", JpegKinds("jpeg", 10)),
        CreateReal("real-files", "Noise in JPEG files", "CBSD68", JpegKinds("file", 25)),
        CreateReal("real-files-weak", "Weak noise in JPEG files", "CBSD68", JpegKinds("file", 10)),
        CreateReal("real-mosaic", "Noise before demosaicking", "CBSD68", ["mosaic:25"], ["non-local-means:25"]),
        CreateReal("real-gray", "Grey noise stored as RGB", "Set12", ["clipped:25", "jpeg:25:95:420", "jpeg:25:75:420"]) with { IsGrey = true },
        CreateReal("real-toned", "Grey and sepia pictures stored as RGB", "Set12", TonedKinds) with { IsRouted = true },
    ];

    /// <summary>The tables of both sets.</summary>
    public static IReadOnlyList<SuiteEntry> All { get; } = [.. Entries, .. RealEntries];

    /// <summary>The tables of a set.</summary>
    public static IReadOnlyList<SuiteEntry> Of(string set) => set == Real ? RealEntries : Entries;

    private static string[] JpegKinds(string kind, int sigma)
        => [.. new[] { "420", "444" }.SelectMany(subsampling => new[] { 95, 85, 75 }.Select(quality => $"{kind}:{sigma}:{quality}:{subsampling}"))];

    private static SuiteEntry CreateReal(string name, string title, string images, string[] kinds, params string[] baselines)
    {
        EvaluationCase main = RealNoiseCase.Create(kinds[0], seed: 0);
        var options = new EvaluationOptions
        {
            Task = "real", Images = images, Restorers = [.. Denoisers, .. baselines], Backend = AnyBackend, Kinds = kinds,
        };
        double h = main.Sigma ?? StrengthForCameras;
        return new(name, title, main.Name, options) { OpenCv = [FormattableString.Invariant($"{OpenCvRestorer.NonLocalMeans}{h}")] };
    }
}
