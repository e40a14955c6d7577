using System.CommandLine;
using ImageRestoration;
using ImageRestoration.ImageSharp;
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
        var inputs = new Argument<string[]>("INPUT") { Description = "Photographs (.png, .jpg, .jpeg, .webp, .tif, .tiff) and folders of them.", Arity = ArgumentArity.OneOrMore };
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
        var extension = new Option<string?>("--format", "-f") { Description = "Extension of all results, such as .png; each photograph's own where not given.", HelpName = "EXT" };
        extension.AcceptOnlyFromAmong([.. ImageFile.Extensions]);
        var alpha = new Option<AlphaHandling>("--alpha") { Description = "What becomes of transparency: kept as it is (the default), restored as a plane of its own, or dropped." };
        var mask = new Option<string?>("--mask") { Description = "A picture as large as each photograph: only where it is bright, pixels are restored.", HelpName = "FILE" };
        var parallel = new Option<int>("--parallel") { Description = "Photographs that are worked on at once.", HelpName = "N", DefaultValueFactory = _ => 1 };
        parallel.Validators.Add(result =>
        {
            if (result.GetValueOrDefault<int>() is < 1 or > 1024)
            {
                result.AddError("--parallel is 1 to 1024.");
            }
        });
        var tile = new Option<int>("--tile") { Description = "Side of the tiles that photographs are cut into, which bounds the memory; the result is the same. 0 for whole photographs.", HelpName = "N", DefaultValueFactory = _ => 1024 };
        tile.Validators.Add(result =>
        {
            if (result.GetValueOrDefault<int>() is not (0 or (>= 256 and <= 16384)))
            {
                result.AddError("--tile is 0 or 256 to 16384.");
            }
        });
        var overwrite = new Option<bool>("--overwrite") { Description = "Replace files in the output folder. Photographs given as input are never replaced." };

        var command = new RootCommand("Restores photographs: removes their noise, or does whatever the chosen model does.") { inputs, output, model, backend, threads, recursive, extension, alpha, mask, parallel, tile, overwrite };
        command.SetAction(async (parsed, cancellationToken) =>
        {
            try
            {
                string folder = Path.GetFullPath(parsed.GetRequiredValue(output));
                PhotoMask? missing = parsed.GetValue(mask) is { } file ? PhotoMask.FromFile(file) : null;
                var options = new PhotoBatchOptions
                {
                    Recursive = parsed.GetValue(recursive),
                    Existing = parsed.GetValue(overwrite) ? ExistingOutput.Replace : ExistingOutput.Refuse,
                    Extension = parsed.GetValue(extension),
                    MaximumParallelism = parsed.GetValue(parallel),
                    Mask = missing is null ? null : _ => missing,
                };
                string chosen = parsed.GetRequiredValue(model);
                using IRestorer restorer = RestorerSource.Open(chosen, parsed.GetValue(backend) ?? RestorerSource.DefaultBackend(chosen), parsed.GetValue(threads), parsed.GetValue(tile));
                using var photos = new PhotoRestorer(restorer, leaveOpen: true) { Alpha = parsed.GetValue(alpha) };
                return await new RestoreRun(console, photos, restorer.Info, folder).RunAsync(parsed.GetRequiredValue(inputs), options, cancellationToken) ? Done : Failed;
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
