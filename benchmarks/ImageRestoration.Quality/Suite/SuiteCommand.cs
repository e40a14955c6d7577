using System.CommandLine;

namespace ImageRestoration.Quality.Suite;

/// <summary>Command line of the suite.</summary>
internal static class SuiteCommand
{
    public static Command Create()
    {
        var data = new Option<DirectoryInfo>("--data") { Description = "Folder that holds the folders CBSD68, Set12, LIVE1, classic5, lowlight_pairs and masks_generated.", HelpName = "DIR", Required = true };
        Option<string[]> models = CommonOptions.Models();
        var tasks = new Option<string[]>("--tasks")
        {
            Description = $"Tasks or tables, separated by commas; all by default. Tables: {string.Join(", ", SuiteProtocol.All.Select(entry => entry.Name))}.",
            HelpName = "NAME,…",
            CustomParser = QualityCommand.ParseNames,
            DefaultValueFactory = _ => [],
        };
        var set = new Option<string>("--set")
        {
            Description = $"Tables: {SuiteProtocol.Standard}, or {SuiteProtocol.Real}: noise as files have it, for which the folder polyu is needed too.",
            DefaultValueFactory = _ => SuiteProtocol.Standard,
        };
        set.AcceptOnlyFromAmong(SuiteProtocol.Standard, SuiteProtocol.Real);
        var limit = new Option<int?>("--limit") { Description = "Takes only the first N pictures of each folder by name.", HelpName = "N" };
        var json = new Option<FileInfo?>("--json") { Description = "File of the rows. It is written after every case; what it holds already is not computed again.", HelpName = "FILE" };
        Option<int?> threads = CommonOptions.Threads();
        Option<string> backend = CommonOptions.Backend();
        var again = new Option<bool>("--again") { Description = "Computes rows again that the file holds." };
        var record = new Option<bool>("--record") { Description = "Writes the PSNR into the model files' own descriptions; the models must be .safetensors files." };
        var openCv = new Option<string?>("--opencv")
        {
            Description = "Compares inpainting and denoising of --set real with OpenCV too, which the given Python runs; "
                + "python3 where none is given.",
            HelpName = "PYTHON",
            Arity = ArgumentArity.ZeroOrOne,
        };
        QualityCommand.RequirePositive(limit);
        var command = new Command("suite", """
            Evaluates models and classical methods on everything that docs/models.md shows, with seed 0, and prints table, case, restorer,
            PSNR, SSIM and seconds of each row. The rows of --json are those of the main command; rows of models also have their parameters,
            MACs per pixel, file size and a fingerprint of the weights: rows of other weights, or over more or fewer pictures, are computed again.
            """)
        {
            data, models, tasks, set, limit, json, threads, backend, again, record, openCv,
        };
        command.SetAction(async (result, cancellationToken) =>
        {
            var run = new SuiteRun(
                new SuiteOptions
                {
                    Data = result.GetRequiredValue(data).FullName,
                    Models = result.GetRequiredValue(models),
                    Tasks = result.GetRequiredValue(tasks),
                    Set = result.GetRequiredValue(set),
                    Limit = result.GetValue(limit),
                    Json = result.GetValue(json)?.FullName,
                    Threads = result.GetValue(threads),
                    Backend = result.GetRequiredValue(backend),
                    Again = result.GetValue(again),
                    Record = result.GetValue(record),
                    OpenCvPython = result.GetResult(openCv) is null ? null : result.GetValue(openCv) ?? "python3",
                },
                result.InvocationConfiguration.Output);
            await run.RunAsync(cancellationToken);
        });
        return command;
    }
}
