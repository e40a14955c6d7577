using ImageRestoration.Quality.Restorers;

namespace ImageRestoration.Quality.Suite;

/// <summary>What the suite evaluates. Scores are compared between versions, so everything stands here, even where it is a default.</summary>
internal static class SuiteProtocol
{
    /// <summary>Folder of mask pictures.</summary>
    public const string MaskFolder = "masks_generated";

    // The backend is the user's choice; it is set when the suite runs.
    private const string AnyBackend = "onnx";

    private static readonly string[] Denoisers = [RestorerFactory.None, "non-local-means", "total-variation"];
    private static readonly string[] Deblockers = [RestorerFactory.None, "total-variation"];
    private static readonly string[] Brighteners = [RestorerFactory.None, "gamma", "clahe", "clahe:8", "auto-exposure"];
    private static readonly double[] Sigmas = [15, 25, 50];
    private static readonly int[] Qualities = [10, 20, 40];

    /// <summary>The tables, in their order on the page.</summary>
    public static IReadOnlyList<SuiteEntry> Entries { get; } =
    [
        new("denoise-color", "Noise in colour", "sigma 25", new() { Task = "denoise", Images = "CBSD68", Restorers = Denoisers, Backend = AnyBackend, Sigmas = Sigmas, Sensors = [new(0.01, 0.0004)] }),
        new("denoise-gray", "Noise in grey", "sigma 25", new() { Task = "denoise", Images = "Set12", Restorers = Denoisers, Backend = AnyBackend, Sigmas = Sigmas }, IsGrey: true),
        new("deblock-color", "JPEG in colour", "quality 10", new() { Task = "deblock", Images = "LIVE1", Restorers = Deblockers, Backend = AnyBackend, Qualities = Qualities }),
        new("deblock-gray", "JPEG in grey", "quality 10", new() { Task = "deblock", Images = "classic5", Restorers = Deblockers, Backend = AnyBackend, Qualities = Qualities }, IsGrey: true),
        new("complete", "Missing pixels", "free-form", new()
        {
            Task = "complete", Images = "CBSD68", Restorers = [RestorerFactory.None, "telea:3", "telea:5", "linear", "harmonic", "biharmonic"], Backend = AnyBackend,
            Masks = [MaskFolder, "free-form", "region", "points", "border", "scratch"],
        }),
        new("brighten-pairs", "Low light, real pairs", "pairs", new() { Task = "brighten", Images = "lowlight_pairs", Restorers = Brighteners, Backend = AnyBackend }),
        new("brighten-stops", "Low light, simulated", "stops -3", new() { Task = "brighten", Images = "CBSD68", Restorers = Brighteners, Backend = AnyBackend, Stops = [-1, -3, -5] }),
    ];
}
