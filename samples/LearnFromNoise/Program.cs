using System.CommandLine;
using ImageRestoration;
using LearnFromNoise;
using Spectre.Console;

var folder = new Argument<string>("FOLDER") { Description = "Noisy photographs without compression (.png, .tif, lossless .webp); subfolders are searched too." };
var output = new Option<string>("--output", "-o") { Description = "Model file to write; the checkpoint stands beside it.", HelpName = "FILE", DefaultValueFactory = _ => "runs/learnt-from-noise.safetensors" };
var restored = new Option<string?>("--restored") { Description = "Folder for the photographs without their noise; none are written where not given.", HelpName = "DIR" };
var simulate = new Option<double?>("--simulate") { Description = "FOLDER holds clean photographs: noise of this sigma, on the [0, 255] scale, is added to a copy of each, and the gain is measured.", HelpName = "SIGMA" };
var steps = new Option<long>("--steps") { Description = "Training steps.", HelpName = "N", DefaultValueFactory = _ => 4_000 };
var patch = new Option<int>("--patch") { Description = "Side of the patches; the network sees half of it. A multiple of 16.", HelpName = "N", DefaultValueFactory = _ => 128 };
var threads = new Option<int>("--threads") { Description = "Threads of libtorch.", HelpName = "N", DefaultValueFactory = _ => Environment.ProcessorCount };
var resume = new Option<bool>("--resume") { Description = "Continue exactly from the checkpoint." };

var command = new RootCommand("Learns to denoise from one's own noisy photographs, without any clean picture (Neighbor2Neighbor).") { folder, output, restored, simulate, steps, patch, threads, resume };
command.SetAction(async (parsed, cancellationToken) =>
{
    try
    {
        var settings = new LearningSettings(parsed.GetRequiredValue(folder), parsed.GetRequiredValue(output))
        {
            RestoredFolder = parsed.GetValue(restored),
            SimulatedSigma = parsed.GetValue(simulate),
            Steps = parsed.GetValue(steps),
            PatchSize = parsed.GetValue(patch),
            Threads = parsed.GetValue(threads),
            Resume = parsed.GetValue(resume),
        };
        await LearningRun.RunAsync(settings, AnsiConsole.Console, cancellationToken);
        return 0;
    }
    catch (OperationCanceledException)
    {
        AnsiConsole.MarkupLine("[yellow]stopped[/]; the checkpoint is written. Continue with --resume.");
        return 130;
    }
    catch (Exception e) when (e is ImageRestorationException or IOException or ArgumentException or UnauthorizedAccessException)
    {
        AnsiConsole.MarkupLineInterpolated($"[red]error[/] {e.Message}");
        return 1;
    }
});
return await command.Parse(args).InvokeAsync(new InvocationConfiguration { ProcessTerminationTimeout = TimeSpan.FromMinutes(1) });
