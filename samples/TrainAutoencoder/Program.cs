using System.CommandLine;
using ImageRestoration;
using ImageRestoration.TorchSharp;
using Spectre.Console;
using TrainAutoencoder;

var folder = new Argument<string>("folder") { Description = "Folder with clean PNG or JPEG pictures; subfolders are searched too." };
var output = new Option<string>("--output", "-o") { Description = "Model file to write; the checkpoint stands beside it.", DefaultValueFactory = _ => "runs/denoise-color.safetensors" };
var name = new Option<string>("--name") { Description = "Name of the model.", DefaultValueFactory = _ => "denoise-color" };
var steps = new Option<long>("--steps") { Description = "Training steps.", DefaultValueFactory = _ => 8_000 };
var batch = new Option<int>("--batch") { Description = "Patches in a step.", DefaultValueFactory = _ => 16 };
var patches = new Option<string>("--patches") { Description = "Patch sizes by first step.", DefaultValueFactory = _ => "0:64,5000:96" };
var channels = new Option<string>("--channels") { Description = "Channels of the U-Net's levels.", DefaultValueFactory = _ => "32,64,128,256" };
var sigma = new Option<double>("--sigma") { Description = "Strongest noise to train for, on the [0, 255] scale.", DefaultValueFactory = _ => 55 };
var learningRate = new Option<double>("--learning-rate") { Description = "Largest learning rate.", DefaultValueFactory = _ => 1e-3 };
var precision = new Option<string>("--precision") { Description = "Number type of convolutions.", DefaultValueFactory = _ => "bf16" };
precision.AcceptOnlyFromAmong("bf16", "fp32");
var threads = new Option<int?>("--threads") { Description = "Threads of libtorch; all cores where not given." };
var seed = new Option<long>("--seed") { Description = "Seed of weights, order, crops, flips and noise." };
var validation = new Option<int>("--validation-count") { Description = "Pictures held out to score the model on.", DefaultValueFactory = _ => 8 };
var validationSigma = new Option<double>("--validation-sigma") { Description = "Noise of the held-out pictures.", DefaultValueFactory = _ => 25 };
var grey = new Option<bool>("--grey") { Description = "Train for grey pictures." };
var checkpointInterval = new Option<long>("--checkpoint-interval") { Description = "Steps between checkpoints.", DefaultValueFactory = _ => 250 };
var resume = new Option<bool>("--resume") { Description = "Continue exactly from the checkpoint." };

var command = new RootCommand("Trains a denoiser on a folder of pictures and writes one model file.")
{
    folder, output, name, steps, batch, patches, channels, sigma, learningRate, precision, threads, seed, validation, validationSigma, grey, checkpointInterval, resume,
};
command.SetAction(async (parsed, cancellationToken) =>
{
    try
    {
        await TrainingRun.RunAsync(
            new TrainingSettings
            {
                Folder = parsed.GetRequiredValue(folder),
                Output = parsed.GetRequiredValue(output),
                Name = parsed.GetRequiredValue(name),
                Steps = parsed.GetValue(steps),
                BatchSize = parsed.GetValue(batch),
                PatchSizes = TrainingSettings.ParsePatchSizes(parsed.GetRequiredValue(patches)),
                Channels = TrainingSettings.ParseChannels(parsed.GetRequiredValue(channels)),
                MaximumSigma = parsed.GetValue(sigma),
                LearningRate = parsed.GetValue(learningRate),
                Precision = parsed.GetValue(precision) == "fp32" ? ComputePrecision.Float32 : ComputePrecision.BFloat16,
                Threads = parsed.GetValue(threads) ?? Environment.ProcessorCount,
                Seed = parsed.GetValue(seed),
                ValidationCount = parsed.GetValue(validation),
                ValidationSigma = parsed.GetValue(validationSigma),
                Grey = parsed.GetValue(grey),
                CheckpointInterval = parsed.GetValue(checkpointInterval),
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
