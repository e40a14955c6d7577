using System.CommandLine;
using ImageRestoration;
using ImageRestoration.ImageSharp;
using ImageRestoration.Photos;
using ImageRestoration.Restoration;
using PhotoCommands;
using Spectre.Console;

namespace RestorePhoto;

/// <summary>The command line and what it does.</summary>
internal static class RestoreCommand
{
    private static readonly Dictionary<string, RestorationTask> _tasks = new(StringComparer.Ordinal)
    {
        ["denoise"] = RestorationTask.Denoise,
        ["deblock"] = RestorationTask.Deblock,
        ["inpaint"] = RestorationTask.Inpaint,
        ["brighten"] = RestorationTask.Brighten,
    };

    public static RootCommand Create(IAnsiConsole console)
    {
        var photographs = new PhotoArguments("A .safetensors or .onnx file, or the name of a bundled model; the bundled one for the task where not given.");
        var task = new Option<string?>("--task") { Description = "What the bundled model is to do: remove noise (denoise, the default) or JPEG artefacts (deblock), fill in what --mask says (inpaint), or brighten.", HelpName = "TASK" };
        task.AcceptOnlyFromAmong([.. _tasks.Keys]);
        var mask = new Option<string?>("--mask") { Description = "A picture as large as each photograph: only where it is bright, pixels are restored.", HelpName = "FILE" };
        var exposure = new Option<double?>("--exposure")
        {
            Description = "Stops that brightened photographs are to be brighter than automatic exposure makes them, -10 to 10; below 0 darker.",
            HelpName = "STOPS",
        };
        exposure.Validators.Add(result =>
        {
            if (result.GetValueOrDefault<double?>() is { } stops && stops is not (>= -10 and <= 10))
            {
                result.AddError("--exposure is a number of stops from -10 to 10.");
            }
        });

        var command = new RootCommand("Restores photographs: removes their noise, or does whatever the chosen task or model does.") { task, mask, exposure };
        var strength = new StrengthOption();
        photographs.AddTo(command);
        strength.AddTo(command);
        photographs.ExcludeModel(command, task);
        command.SetAction((parsed, cancellationToken) => PhotoCommand.RunAsync(console, async () =>
        {
            string folder = photographs.OutputFolder(parsed);
            PhotoMask? missing = parsed.GetValue(mask) is { } file ? PhotoMask.FromFile(file) : null;
            RestorationTask chosen = parsed.GetValue(task) is { } name ? _tasks[name] : RestorationTask.Denoise;
            using IRestorer restorer = strength.Apply(parsed, photographs.Open(parsed, chosen));
            if (restorer.Info.TakesMask && missing is null)
            {
                throw new ArgumentException($"Model '{restorer.Info.Name}' fills in missing pixels and needs to know which: give --mask FILE, a picture that is bright there. samples/InpaintPhoto also takes a colour, transparency or a pattern.");
            }

            using var photos = new PhotoRestorer(restorer, new ImageSharpCodec(), leaveOpen: true) { Alpha = photographs.Alpha(parsed) };
            var run = new PhotoRun(console, photos, restorer.Info, folder) { EstimatesNoise = strength.IsAutomatic(parsed) };
            RestorationOptions? settings = strength.Settings(parsed);
            if (parsed.GetValue(exposure) is { } stops)
            {
                settings = restorer.Info.NormalizesExposure
                    ? (settings ?? RestorationOptions.Default) with { TargetExposure = stops }
                    : throw new ArgumentException($"--exposure is for models that brighten, and '{restorer.Info.Name}' is for something else. Give --task brighten.");
            }

            PhotoBatchOptions batch = photographs.Batch(parsed, missing) with { Restoration = settings };
            IReadOnlyList<PhotoOutcome> outcomes = await run.RunAsync(photographs.Inputs(parsed), batch, cancellationToken);
            return outcomes.All(outcome => outcome.Result is not null);
        }));
        return command;
    }
}
