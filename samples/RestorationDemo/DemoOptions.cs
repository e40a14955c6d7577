using System.CommandLine;
using System.CommandLine.Parsing;

namespace RestorationDemo;

/// <summary>What the user may choose.</summary>
internal sealed record DemoOptions(string Output)
{
    /// <summary>Seed of everything random.</summary>
    public long Seed { get; init; } = 1;

    /// <summary>Standard deviation of the noise on the scale [0, 255].</summary>
    public double Sigma { get; init; } = 25;

    /// <summary>Quality of the JPEG compression.</summary>
    public int Quality { get; init; } = 10;

    /// <summary>Exposure of the dark pictures, in stops.</summary>
    public double Stops { get; init; } = -3;

    /// <summary>Names of the tasks to show; all that have a model where empty.</summary>
    public IReadOnlyList<string> Tasks { get; init; } = [];

    /// <summary>Whether the faster models are shown.</summary>
    public bool IsFast { get; init; }

    /// <summary>A bundled model's name or a file, whose task alone is shown.</summary>
    public string? Model { get; init; }

    public static RootCommand CreateCommand(Func<DemoOptions, CancellationToken, Task> run)
    {
        var output = new Option<string>("--output") { Description = "Folder for the results.", HelpName = "DIR", DefaultValueFactory = _ => FindDefaultOutput() };
        var defaults = new DemoOptions(string.Empty);
        var tasks = new Option<string[]>("--task") { Description = "Only these tasks; all that have a bundled model where not given.", HelpName = "TASK", AllowMultipleArgumentsPerToken = true };
        tasks.AcceptOnlyFromAmong([.. DemoTask.CreateAll(defaults).Select(task => task.Name)]);
        var fast = new Option<bool>("--fast") { Description = "The models that cost a fifth of the time, where there are such." };
        var model = new Option<string?>("--model") { Description = "A bundled model's name or a .safetensors file for RGB pictures: its task alone is shown.", HelpName = "NAME|FILE" };
        var seed = new Option<long>("--seed") { Description = "Seed of noise and masks.", HelpName = "N", DefaultValueFactory = _ => defaults.Seed };
        var sigma = new Option<double>("--sigma") { Description = "denoise: standard deviation of the noise on the scale [0, 255].", HelpName = "S", DefaultValueFactory = _ => defaults.Sigma };
        var quality = new Option<int>("--quality") { Description = "deblock: quality of the JPEG compression, 1 to 100.", HelpName = "Q", DefaultValueFactory = _ => defaults.Quality };
        var stops = new Option<double>("--stops") { Description = "brighten: exposure of the dark pictures in stops, below 0.", HelpName = "E", DefaultValueFactory = _ => defaults.Stops };
        sigma.Validators.Add(result => Check(result, result.GetValueOrDefault<double>() is > 0 and <= 255, "--sigma is a number above 0 and at most 255, for instance 25."));
        quality.Validators.Add(result => Check(result, result.GetValueOrDefault<int>() is >= 1 and <= 100, "--quality is a whole number from 1 to 100, for instance 10."));
        stops.Validators.Add(result => Check(result, result.GetValueOrDefault<double>() is >= -20 and < 0, "--stops is a number from -20 to below 0, for instance -3."));

        var command = new RootCommand("Makes the bundled photographs worse, restores them and writes a report with before and after.") { output, tasks, fast, model, seed, sigma, quality, stops };
        command.Validators.Add(result => Check(
            result,
            result.GetResult(model) is not { Implicit: false } || (result.GetResult(tasks) is not { Implicit: false } && result.GetResult(fast) is not { Implicit: false }),
            "--model names the model; --task and --fast choose bundled ones. Give either."));
        command.SetAction((result, cancellationToken) => run(
            new DemoOptions(result.GetRequiredValue(output))
            {
                Seed = result.GetValue(seed),
                Sigma = result.GetValue(sigma),
                Quality = result.GetValue(quality),
                Stops = result.GetValue(stops),
                Tasks = result.GetValue(tasks) ?? [],
                IsFast = result.GetValue(fast),
                Model = result.GetValue(model),
            },
            cancellationToken));
        return command;
    }

    private static void Check(SymbolResult result, bool isRight, string rule)
    {
        if (!isRight)
        {
            result.AddError(rule);
        }
    }

    /// <summary>artifacts/demo of the repository that the program was built in, or of the current folder.</summary>
    private static string FindDefaultOutput()
    {
        for (DirectoryInfo? folder = new(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            if (File.Exists(Path.Combine(folder.FullName, "ImageRestoration.sln")))
            {
                return Path.Combine(folder.FullName, "artifacts", "demo");
            }
        }

        return Path.GetFullPath(Path.Combine("artifacts", "demo"));
    }
}
