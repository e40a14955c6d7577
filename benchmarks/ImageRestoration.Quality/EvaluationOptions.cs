namespace ImageRestoration.Quality;

/// <summary>What to evaluate.</summary>
internal sealed record EvaluationOptions
{
    /// <summary>Name of the task.</summary>
    public required string Task { get; init; }

    /// <summary>Folder of the true pictures.</summary>
    public required string Images { get; init; }

    /// <summary>A model file, the name of a bundled model, or <c>none</c>.</summary>
    public required string Restorer { get; init; }

    /// <summary>What computes: <c>onnx</c> or <c>torch</c>.</summary>
    public required string Backend { get; init; }

    /// <summary>Standard deviations of the noise on the scale [0, 255].</summary>
    public IReadOnlyList<double> Sigmas { get; init; } = [];

    /// <summary>Seed of everything random.</summary>
    public long Seed { get; init; }

    /// <summary>How many pictures to take, in order of their names; all where null.</summary>
    public int? Limit { get; init; }

    /// <summary>Threads of the backend; its own choice where null.</summary>
    public int? Threads { get; init; }

    /// <summary>Whether the scores are written into the model file.</summary>
    public bool Record { get; init; }
}
