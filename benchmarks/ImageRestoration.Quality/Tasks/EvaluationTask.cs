namespace ImageRestoration.Quality.Tasks;

/// <summary>A task by name, and how its options become cases. A new task is a new entry in <see cref="All"/>.</summary>
/// <param name="Name">Value of <c>--task</c>.</param>
/// <param name="Note">What a reader of the scores has to know.</param>
/// <param name="Options">The options that belong to this task; those of other tasks are refused.</param>
/// <param name="Create">Makes the cases; throws <see cref="QualityException"/> where options do not suit the task.</param>
internal sealed record EvaluationTask(string Name, string Note, IReadOnlyList<string> Options, Func<EvaluationOptions, IReadOnlyList<EvaluationCase>> Create)
{
    public static IReadOnlyList<EvaluationTask> All { get; } =
    [
        new("denoise", "noise not clipped", ["--sigma", "--sensor"], DenoiseCase.CreateCases),
        new("real", "noise as files have it", ["--kind"], RealNoiseCase.CreateCases)
        {
            ListPictures = options => RealNoiseCase.TakesPairs(options) ? RealPairsCase.ListClean(options.Images, options.Limit) : ImageFolder.List(options.Images, options.Limit),
        },
        new("deblock", "JPEG as libjpeg makes it", ["--quality", "--subsampling"], DeblockCase.CreateCases),
        new("inpaint", "scored where pixels are missing, which are 0 in the input", ["--mask"], InpaintCase.CreateCases),
        new("brighten", "in pairs, pixels that the long exposure clips not scored", ["--stops"], BrightenCase.CreateCases)
        {
            ListPictures = options => options.Stops.Count > 0 ? ImageFolder.List(options.Images, options.Limit) : BrightenPairsCase.ListBright(options.Images, options.Limit),
        },
    ];

    /// <summary>Lists the true pictures in the order of their names.</summary>
    public Func<EvaluationOptions, IReadOnlyList<string>> ListPictures { get; private init; } = options => ImageFolder.List(options.Images, options.Limit);

    public static EvaluationTask Find(string name)
        => All.FirstOrDefault(task => task.Name == name)
            ?? throw new QualityException($"There is no task '{name}'. Known tasks: {string.Join(", ", All.Select(task => task.Name))}.");

    /// <summary>Makes the cases, in the order of the options.</summary>
    /// <exception cref="QualityException">The task's own options are missing, or another task's are given.</exception>
    public IReadOnlyList<EvaluationCase> CreateCases(EvaluationOptions options)
    {
        (string Name, bool IsGiven)[] all =
        [
            ("--sigma", options.Sigmas.Count > 0),
            ("--sensor", options.Sensors.Count > 0),
            ("--kind", options.Kinds.Count > 0),
            ("--quality", options.Qualities.Count > 0),
            ("--subsampling", options.Subsampling is not null),
            ("--mask", options.Masks.Count > 0),
            ("--stops", options.Stops.Count > 0),
        ];
        string[] foreign = [.. all.Where(option => option.IsGiven && !Options.Contains(option.Name)).Select(option => option.Name)];
        return foreign.Length == 0
            ? Create(options)
            : throw new QualityException($"Task '{Name}' does not take {string.Join(" and ", foreign)}; it takes {string.Join(" and ", Options)}. Leave the former out.");
    }
}
