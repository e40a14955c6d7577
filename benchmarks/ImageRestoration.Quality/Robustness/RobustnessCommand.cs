using System.CommandLine;
using ImageRestoration.Quality.Restorers;
using ImageRestoration.Quality.Suite;
using ImageRestoration.Restoration;

namespace ImageRestoration.Quality.Robustness;

/// <summary>Command line of the robustness checks.</summary>
internal static class RobustnessCommand
{
    private const int Failed = 1;

    public static Command Create()
    {
        Option<string[]> models = CommonOptions.Models();
        var photographs = new Option<DirectoryInfo>("--photographs") { Description = "Folder of clean photographs; the bundled ones by default.", HelpName = "DIR", DefaultValueFactory = _ => new(RepositoryFiles.Find("samples/photos")) };
        var json = new Option<FileInfo?>("--json") { Description = "Writes the rows to this file too, as a JSON array.", HelpName = "FILE" };
        Option<int?> threads = CommonOptions.Threads();
        Option<string> backend = CommonOptions.Backend();
        var command = new Command("robustness", """
            Gives models inputs that they were not made for: clean photographs, tiny pictures, black, white, lines, text, ramps of 16 bits and
            values beyond the range. Fails where a result has another shape, a value that is not finite, one outside of [0, 1], or a known pixel
            that changed. What else it prints is for people to judge: how much of a clean picture changes, and whether ramps stay smooth.
            """)
        {
            models, photographs, json, threads, backend,
        };
        command.SetAction(async (result, cancellationToken) =>
        {
            IReadOnlyList<RobustnessInput> inputs = RobustnessInputs.Create(ImageFolder.List(result.GetRequiredValue(photographs).FullName, limit: null, "--photographs"));
            var rows = new List<RobustnessRow>();
            foreach (SuiteModel model in result.GetRequiredValue(models).Select(SuiteModel.Load))
            {
                using IRestorer restorer = RestorerFactory.Create(model.Model, result.GetRequiredValue(backend), result.GetValue(threads));
                foreach (RobustnessInput input in inputs)
                {
                    if (await RobustnessRun.RunAsync(restorer, input, model.Facts.Fingerprint, cancellationToken) is { } row)
                    {
                        rows.Add(row);
                        result.InvocationConfiguration.Output.WriteLine($"{row.Model}\t{row.Input}\t{RobustnessTable.Describe(row)}");
                    }
                }
            }

            if (result.GetValue(json) is { } file)
            {
                EvaluationReport.WriteJson(file.FullName, rows);
            }

            return rows.TrueForAll(row => row.Failures.Count == 0) ? 0 : Failed;
        });
        return command;
    }
}
