using ImageRestoration.Degradation;
using ImageRestoration.Quality.Tasks;

namespace ImageRestoration.Quality;

/// <summary>What to evaluate.</summary>
internal sealed record EvaluationOptions
{
    /// <summary>Name of the task.</summary>
    public required string Task { get; init; }

    /// <summary>Folder of the true pictures, or of pairs.</summary>
    public required string Images { get; init; }

    /// <summary>Model files, names of bundled models, classical methods, or <c>none</c>; at least one, but for the suite, which adds its models.</summary>
    public required IReadOnlyList<string> Restorers { get; init; }

    /// <summary>What computes models: <c>onnx</c>, <c>torch</c> or <c>managed</c>.</summary>
    public required string Backend { get; init; }

    /// <summary>Denoising: standard deviations of the noise on the scale [0, 255].</summary>
    public IReadOnlyList<double> Sigmas { get; init; } = [];

    /// <summary>Denoising: strengths of a sensor's noise.</summary>
    public IReadOnlyList<SensorStrength> Sensors { get; init; } = [];

    /// <summary>Real noise: its kinds, as <see cref="RealNoiseCase.Usage"/> states them.</summary>
    public IReadOnlyList<string> Kinds { get; init; } = [];

    /// <summary>Deblocking: qualities of the JPEG compression, 1 to 100.</summary>
    public IReadOnlyList<int> Qualities { get; init; } = [];

    /// <summary>Deblocking: resolution of the colour planes; 4:2:0 where null.</summary>
    public ChromaSubsampling? Subsampling { get; init; }

    /// <summary>Inpainting: names of patterns, or folders of mask pictures.</summary>
    public IReadOnlyList<string> Masks { get; init; } = [];

    /// <summary>Brightening: exposures in stops; pairs of pictures where there are none.</summary>
    public IReadOnlyList<double> Stops { get; init; } = [];

    /// <summary>Seed of everything random.</summary>
    public long Seed { get; init; }

    /// <summary>How many pictures to take, in order of their names; all where null.</summary>
    public int? Limit { get; init; }

    /// <summary>Threads of the backend; its own choice where null.</summary>
    public int? Threads { get; init; }

    /// <summary>Whether the scores are written into the model file.</summary>
    public bool Record { get; init; }
}
