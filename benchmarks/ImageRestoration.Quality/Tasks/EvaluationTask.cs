namespace ImageRestoration.Quality.Tasks;

/// <summary>A task by name, and how its options become cases. A new task is a new entry in <see cref="All"/>.</summary>
/// <param name="Name">Value of <c>--task</c>.</param>
/// <param name="CreateCases">Makes the cases; throws <see cref="QualityException"/> where options do not suit the task.</param>
internal sealed record EvaluationTask(string Name, Func<EvaluationOptions, IReadOnlyList<EvaluationCase>> CreateCases)
{
    public static IReadOnlyList<EvaluationTask> All { get; } = [new("denoise", DenoiseCase.CreateCases)];

    public static EvaluationTask Find(string name)
        => All.FirstOrDefault(task => task.Name == name)
            ?? throw new QualityException($"There is no task '{name}'. Known tasks: {string.Join(", ", All.Select(task => task.Name))}.");
}
