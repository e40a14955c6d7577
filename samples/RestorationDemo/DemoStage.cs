using ImageRestoration.Imaging;
using ImageRestoration.Managed;
using ImageRestoration.Masking;
using ImageRestoration.Models;
using ImageRestoration.Networks;
using ImageRestoration.Restoration;

namespace RestorationDemo;

/// <summary>A task and the model that does it.</summary>
internal sealed class DemoStage(DemoTask task, Model model) : IDisposable
{
    private const int WarmUpSize = 128;

    private readonly ManagedRestorer _restorer = new(model);

    public DemoTask Task { get; } = task;

    public Model Model { get; } = model;

    public RestorerInfo Restorer => _restorer.Info;

    /// <summary>Opens the tasks that were asked for, or else all that have a model.</summary>
    /// <exception cref="ArgumentException">There is no model for a task that was asked for, or no task for the model.</exception>
    public static IReadOnlyList<DemoStage> Open(DemoOptions options)
    {
        IReadOnlyList<DemoTask> tasks = DemoTask.CreateAll(options);
        if (options.Model is { } name)
        {
            Model model = File.Exists(name) ? Model.Load(name) : PretrainedModels.Find(name).Load();
            DemoTask task = tasks.FirstOrDefault(task => task.Task == model.Info.Task)
                ?? throw new ArgumentException($"Model '{model.Info.Name}' is for the task {model.Info.Task}; the demo shows {string.Join(", ", tasks.Select(task => task.Name))}. Give a model for one of these.");
            return [new DemoStage(task, model)];
        }

        ModelSize size = options.IsFast ? ModelSize.Fast : ModelSize.Standard;
        return [.. tasks
            .Where(task => options.Tasks.Count > 0 ? options.Tasks.Contains(task.Name) : PretrainedModels.All.Any(model => model.Task == task.Task))
            .Select(task => new DemoStage(task, PretrainedModels.For(task.Task, size).Load()))];
    }

    /// <summary>The first run of a session plans and allocates; the times shown are those of the runs that follow.</summary>
    public async Task WarmUpAsync(CancellationToken cancellationToken)
    {
        using ImageTensor black = ImageTensor.Create(ImageShape.Single(3, WarmUpSize, WarmUpSize));
        using RestorationResult result = await RestoreAsync(black, new Mask(WarmUpSize, WarmUpSize), cancellationToken);
    }

    public Task<RestorationResult> RestoreAsync(ImageTensor image, Mask? mask, CancellationToken cancellationToken)
        => _restorer.RestoreAsync(new RestorationRequest(image, Restorer.TakesMask ? mask : null), cancellationToken: cancellationToken);

    public void Dispose() => _restorer.Dispose();
}
