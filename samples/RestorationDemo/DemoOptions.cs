using System.CommandLine;

namespace RestorationDemo;

/// <summary>What the user may choose.</summary>
internal sealed record DemoOptions(string Output, double Sigma, long Seed, string Model)
{
    public static RootCommand CreateCommand(Func<DemoOptions, CancellationToken, Task> run)
    {
        var output = new Option<string>("--output") { Description = "Folder for the results.", HelpName = "DIR", DefaultValueFactory = _ => FindDefaultOutput() };
        var sigma = new Option<double>("--sigma") { Description = "Standard deviation of the noise on the scale [0, 255].", HelpName = "S", DefaultValueFactory = _ => 25 };
        var seed = new Option<long>("--seed") { Description = "Seed of the noise.", HelpName = "N", DefaultValueFactory = _ => 1 };
        var model = new Option<string>("--model") { Description = "A bundled model's name or a .safetensors file for RGB pictures.", HelpName = "NAME|FILE", DefaultValueFactory = _ => "denoise-color" };
        sigma.Validators.Add(result =>
        {
            if (!(result.GetValueOrDefault<double>() is > 0 and <= 255))
            {
                result.AddError("--sigma is a number above 0 and at most 255, for instance 25.");
            }
        });

        var command = new RootCommand("Adds noise to the bundled photographs, restores them and writes a report with before and after.") { output, sigma, seed, model };
        command.SetAction((result, cancellationToken) => run(
            new DemoOptions(result.GetRequiredValue(output), result.GetValue(sigma), result.GetValue(seed), result.GetRequiredValue(model)),
            cancellationToken));
        return command;
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
