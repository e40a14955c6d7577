namespace ImageRestoration.Quality.Suite;

/// <summary>How to run the suite.</summary>
internal sealed record SuiteOptions
{
    /// <summary>Folder of the folders of pictures.</summary>
    public required string Data { get; init; }

    /// <summary>Model files or names of bundled models.</summary>
    public required IReadOnlyList<string> Models { get; init; }

    /// <summary>Names of tasks or of tables; all where there are none.</summary>
    public IReadOnlyList<string> Tasks { get; init; } = [];

    /// <summary>Which tables there are to choose from: <see cref="SuiteProtocol.Standard"/> or <see cref="SuiteProtocol.Real"/>.</summary>
    public string Set { get; init; } = SuiteProtocol.Standard;

    /// <summary>How many pictures of each folder to take; all where null.</summary>
    public int? Limit { get; init; }

    /// <summary>File of the rows, which is written after every case and whose rows are not computed again; none where null.</summary>
    public string? Json { get; init; }

    /// <summary>Threads of the backend; its own choice where null.</summary>
    public int? Threads { get; init; }

    /// <summary>What computes models.</summary>
    public required string Backend { get; init; }

    /// <summary>Whether rows that are there are computed again.</summary>
    public bool Again { get; init; }

    /// <summary>Whether the scores are written into the model files.</summary>
    public bool Record { get; init; }

    /// <summary>A Python with OpenCV, whose methods are baselines too; it is left out where null.</summary>
    public string? OpenCvPython { get; init; }
}
