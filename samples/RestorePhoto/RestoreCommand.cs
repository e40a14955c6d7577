using System.CommandLine;
using ImageRestoration;
using ImageRestoration.Models;
using ImageRestoration.Restoration;
using Spectre.Console;

namespace RestorePhoto;

/// <summary>The command line: arguments, options, exit codes.</summary>
internal static class RestoreCommand
{
    public const int Done = 0;
    public const int Failed = 1;
    public const int Cancelled = 130;

    public static RootCommand Create(IAnsiConsole console)
    {
        var inputs = new Argument<string[]>("INPUT") { Description = "Photographs (.png, .jpg, .jpeg) and folders of them.", Arity = ArgumentArity.OneOrMore };
        var output = new Option<string>("--output", "-o") { Description = "Folder for the restored photographs; made if missing.", HelpName = "DIR", Required = true };
        var model = new Option<string>("--model", "-m") { Description = "A .safetensors or .onnx file, or the name of a bundled model.", HelpName = "M", DefaultValueFactory = _ => PretrainedModels.DenoiseColor.Name };
        var backend = new Option<string?>("--backend", "-b") { Description = "What computes: C# itself (managed, the default), ONNX Runtime or libtorch." };
        backend.AcceptOnlyFromAmong(RestorerSource.Managed, RestorerSource.Onnx, RestorerSource.Torch);
        var threads = new Option<int?>("--threads", "-t") { Description = "Threads that compute; the backend's choice where not given.", HelpName = "N" };
        threads.Validators.Add(result =>
        {
            if (result.GetValueOrDefault<int?>() is < 1 or > 1024)
            {
                result.AddError("--threads is 1 to 1024.");
            }
        });
        var recursive = new Option<bool>("--recursive", "-r") { Description = "Search folders within folders; the output has the same folders." };
        var overwrite = new Option<bool>("--overwrite") { Description = "Replace files in the output folder. Photographs given as input are never replaced." };

        var command = new RootCommand("Restores photographs: removes their noise, or does whatever the chosen model does.") { inputs, output, model, backend, threads, recursive, overwrite };
        command.SetAction(async (parsed, cancellationToken) =>
        {
            try
            {
                string folder = Path.GetFullPath(parsed.GetRequiredValue(output));
                IReadOnlyList<PlannedPhoto> plan = OutputPlan.Create(parsed.GetRequiredValue(inputs), folder, parsed.GetValue(recursive), parsed.GetValue(overwrite));
                string chosen = parsed.GetRequiredValue(model);
                using IRestorer restorer = RestorerSource.Open(chosen, parsed.GetValue(backend) ?? RestorerSource.DefaultBackend(chosen), parsed.GetValue(threads));
                return await new RestoreRun(console, restorer, folder).RunAsync(plan, cancellationToken) ? Done : Failed;
            }
            catch (OperationCanceledException)
            {
                console.MarkupLine("[yellow]stopped[/]; the photographs finished before are kept.");
                return Cancelled;
            }
            catch (Exception exception) when (exception is ImageRestorationException or IOException or ArgumentException or UnauthorizedAccessException)
            {
                console.MarkupLineInterpolated($"[red]error[/] {exception.Message}");
                return Failed;
            }
        });
        return command;
    }
}
