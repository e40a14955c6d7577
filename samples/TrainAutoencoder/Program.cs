using System.CommandLine;
using ImageRestoration;
using ImageRestoration.Restoration;
using Spectre.Console;
using TrainAutoencoder;

var folder = new Argument<string>("folder") { Description = "Folder with clean PNG or JPEG pictures; subfolders are searched too." };
var output = new Option<string>("--output", "-o") { Description = "Model file to write; the checkpoint stands beside it.", DefaultValueFactory = _ => "runs/denoise-color.safetensors" };
var recipe = new Option<FileInfo?>("--recipe") { Description = "JSON file with settings; options given here go before it.", HelpName = "FILE" };
var name = new Option<string?>("--name") { Description = "Name of the model; denoise-color by default." };
var task = new Option<RestorationTask?>("--task") { Description = "denoise (the default), deblock, brighten or complete." };
var steps = new Option<long?>("--steps") { Description = "Training steps; 8000 by default." };
var batch = new Option<int?>("--batch") { Description = "Patches in a step; 16 by default." };
var patches = new Option<string?>("--patches") { Description = "Patch sizes by first step; 0:64,5000:96 by default." };
var channels = new Option<string?>("--channels") { Description = "Channels of the U-Net's levels; 32,64,128,256 by default." };
var sigma = new Option<double?>("--sigma") { Description = "Strongest noise to denoise, on the [0, 255] scale; 55 by default." };
var learningRate = new Option<double?>("--learning-rate") { Description = "Largest learning rate; 0.001 by default." };
var precision = new Option<string?>("--precision") { Description = "Number type of convolutions, bf16 (the default) or fp32." };
precision.AcceptOnlyFromAmong("bf16", "fp32");
var threads = new Option<int?>("--threads") { Description = "Threads of libtorch; all cores where not given." };
var seed = new Option<long?>("--seed") { Description = "Seed of weights, order, crops, flips and degradation; 0 by default." };
var validation = new Option<int?>("--validation-count") { Description = "Pictures held out to score the model on; 8 by default." };
var grey = new Option<bool>("--grey") { Description = "Train for grey pictures." };
var checkpointInterval = new Option<long?>("--checkpoint-interval") { Description = "Steps between checkpoints; 250 by default." };
var resume = new Option<bool>("--resume") { Description = "Continue exactly from the checkpoint." };

var command = new RootCommand("Trains a U-Net to restore pictures on a folder of good ones, and writes one model file.")
{
    folder, output, recipe, name, task, steps, batch, patches, channels, sigma, learningRate, precision, threads, seed, validation, grey, checkpointInterval, resume,
};
command.SetAction(async (parsed, cancellationToken) =>
{
    try
    {
        TrainingSettings settings = parsed.GetValue(recipe) is { } file ? TrainingSettings.Load(file.FullName) : new TrainingSettings();
        await TrainingRun.RunAsync(
            settings with
            {
                Folder = parsed.GetRequiredValue(folder),
                Output = parsed.GetRequiredValue(output),
                Name = parsed.GetValue(name) ?? settings.Name,
                Task = parsed.GetValue(task) ?? settings.Task,
                Steps = parsed.GetValue(steps) ?? settings.Steps,
                BatchSize = parsed.GetValue(batch) ?? settings.BatchSize,
                Patches = parsed.GetValue(patches) ?? settings.Patches,
                Channels = parsed.GetValue(channels) is { } list ? TrainingSettings.ParseChannels(list) : settings.Channels,
                MaximumSigma = parsed.GetValue(sigma) ?? settings.MaximumSigma,
                LearningRate = parsed.GetValue(learningRate) ?? settings.LearningRate,
                Precision = parsed.GetValue(precision) ?? settings.Precision,
                Threads = parsed.GetValue(threads) ?? Environment.ProcessorCount,
                Seed = parsed.GetValue(seed) ?? settings.Seed,
                ValidationCount = parsed.GetValue(validation) ?? settings.ValidationCount,
                Grey = parsed.GetValue(grey) || settings.Grey,
                CheckpointInterval = parsed.GetValue(checkpointInterval) ?? settings.CheckpointInterval,
                Resume = parsed.GetValue(resume),
            },
            cancellationToken);
        return 0;
    }
    catch (OperationCanceledException)
    {
        AnsiConsole.MarkupLine("[yellow]stopped[/]; the checkpoint is written. Continue with --resume.");
        return 130;
    }
    catch (Exception e) when (e is ImageRestorationException or IOException or ArgumentException or FormatException or UnauthorizedAccessException)
    {
        AnsiConsole.MarkupLineInterpolated($"[red]error[/] {e.Message}");
        return 1;
    }
});
return await command.Parse(args).InvokeAsync(new InvocationConfiguration { ProcessTerminationTimeout = TimeSpan.FromMinutes(1) });
