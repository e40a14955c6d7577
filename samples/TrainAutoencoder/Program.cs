using System.CommandLine;
using ImageRestoration;
using ImageRestoration.Restoration;
using Spectre.Console;
using TrainAutoencoder;

var folder = new Argument<string>("folder") { Description = "Folder with clean PNG or JPEG pictures; subfolders are searched too." };
var output = new Option<string>("--output", "-o") { Description = "Model file to write. Beside it come the checkpoint and, by their extensions, the model as .onnx, a card (.md), sample pictures (.png), the loss curve (.svg) and the log (.jsonl).", DefaultValueFactory = _ => "runs/denoise-color.safetensors" };
var recipe = new Option<FileInfo?>("--recipe") { Description = "JSON file with settings; options given here go before it.", HelpName = "FILE" };
var name = new Option<string?>("--name") { Description = "Name of the model; denoise-color by default." };
var task = new Option<RestorationTask?>("--task")
{
    Description = "denoise (the default), deblock, brighten, inpaint or vae: a variational autoencoder of small whole pictures.",
    CustomParser = result =>
    {
        string text = result.Tokens[0].Value;
        if (string.Equals(text, "vae", StringComparison.OrdinalIgnoreCase))
        {
            return RestorationTask.Generate;
        }

        if (Enum.TryParse(text, ignoreCase: true, out RestorationTask known) && Enum.IsDefined(known))
        {
            return known;
        }

        result.AddError($"'{text}' is no task. Give denoise, deblock, brighten, inpaint or vae.");
        return null;
    },
};
var from = new Option<string?>("--from") { Description = "Model to start from wherever names and shapes are the same: a .safetensors file, the .checkpoint of a run, or the name of a bundled model; several, with commas between, are averaged.", HelpName = "M" };
var steps = new Option<long?>("--steps") { Description = "Training steps; 8000 by default." };
var epochs = new Option<double?>("--epochs") { Description = "Length of the run in epochs, in place of --steps: in one, every picture is drawn once." };
var batch = new Option<int?>("--batch") { Description = "Patches in a step; 16 by default." };
var patches = new Option<string?>("--patches") { Description = "Patch sizes by first step; 0:64,5000:96 by default, 32 for vae." };
var channels = new Option<string?>("--channels") { Description = "Channels of the network's levels; 32,64,128,256 by default, 16,32,64,128,128,256 for vae." };
var blocks = new Option<string?>("--blocks") { Description = "Residual blocks of each of the U-Net's levels, such as 2,3,3; 1 for all by default." };
var sigma = new Option<double?>("--sigma") { Description = "Strongest noise to denoise, on the [0, 255] scale; 55 by default." };
var loss = new Option<string?>("--loss") { Description = "What is minimised: charbonnier, l1, mse, psnr, bce, ssim, ms-ssim, tv, edge, focal-frequency, texture:MODEL, or a sum such as charbonnier+0.05*edge. The task's own by default." };
var optimizer = new Option<string?>("--optimizer") { Description = "adamw (the default), adam, muon, sgd, momentum[:0.9] or nesterov[:0.9]." };
var weightDecay = new Option<double?>("--weight-decay") { Description = "The optimiser's own by default." };
var schedule = new Option<string?>("--schedule") { Description = "Course of the learning rate: cosine[:restarts] (the default), constant, step[:steps[:factor]], one-cycle or plateau[:validations[:factor]]." };
var warmup = new Option<long?>("--warmup") { Description = "Steps in which the learning rate rises; 200 by default, none for one-cycle." };
var accumulate = new Option<int?>("--accumulate") { Description = "Batches whose gradients make one step; 1 by default." };
var ema = new Option<double?>("--ema") { Description = "Decay of the averaged weights; 0.999 by default." };
var learningRate = new Option<double?>("--learning-rate") { Description = "Largest learning rate; 0.001 by default." };
var precision = new Option<string?>("--precision") { Description = "Number type of convolutions, bf16 (the default), fp32 or, on CUDA devices, fp16." };
precision.AcceptOnlyFromAmong("bf16", "fp32", "fp16");
var device = new Option<string?>("--device") { Description = "Where to train: cpu (the default), cuda or cuda:N." };
var threads = new Option<int?>("--threads") { Description = "Threads of libtorch; all cores where not given." };
var seed = new Option<long?>("--seed") { Description = "Seed of weights, order, crops, flips and degradation; 0 by default." };
var validation = new Option<int?>("--validation-count") { Description = "Pictures held out to score the model on; 8 by default." };
var validationInterval = new Option<long?>("--validation-interval") { Description = "Steps between validations; 1000 by default." };
var earlyStopping = new Option<int?>("--early-stopping") { Description = "Ends the run after so many validations without a better score." };
var converge = new Option<double?>("--converge") { Description = "Ends the run when the mean loss of 2000 steps is not below that of the 2000 before by this share, such as 0.005." };
var grey = new Option<bool>("--grey") { Description = "Train for grey pictures." };
var checkpointInterval = new Option<long?>("--checkpoint-interval") { Description = "Steps between checkpoints; 250 by default." };
var resume = new Option<bool>("--resume") { Description = "Continue exactly from the checkpoint." };
var dryRun = new Option<bool>("--dry-run") { Description = "Run a few steps, tell what memory and time the run will take, and write nothing." };

var command = new RootCommand("Trains a network to restore or to make pictures, on a folder of good ones, and writes one model file.")
{
    folder, output, recipe, name, task, from, steps, epochs, batch, accumulate, patches, channels, blocks, sigma, loss, optimizer, weightDecay, learningRate, schedule, warmup, ema,
    precision, device, threads, seed, validation, validationInterval, earlyStopping, converge, grey, checkpointInterval, resume, dryRun,
};
command.Validators.Add(result =>
{
    if (result.GetValue(steps) is not null && result.GetValue(epochs) is not null)
    {
        result.AddError("--steps and --epochs both say how long the run is. Give one of them.");
    }
});
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
                From = parsed.GetValue(from) ?? settings.From,
                Steps = parsed.GetValue(steps) ?? settings.Steps,
                Epochs = parsed.GetValue(epochs) ?? (parsed.GetValue(steps) is null ? settings.Epochs : null),
                BatchSize = parsed.GetValue(batch) ?? settings.BatchSize,
                Accumulate = parsed.GetValue(accumulate) ?? settings.Accumulate,
                Patches = parsed.GetValue(patches) ?? settings.Patches,
                Channels = parsed.GetValue(channels) is { } list ? TrainingSettings.ParseNumbers(list) : settings.Channels,
                Blocks = parsed.GetValue(blocks) is { } numbers ? TrainingSettings.ParseNumbers(numbers) : settings.Blocks,
                MaximumSigma = parsed.GetValue(sigma) ?? settings.MaximumSigma,
                Loss = parsed.GetValue(loss) ?? settings.Loss,
                Optimizer = parsed.GetValue(optimizer) ?? settings.Optimizer,
                WeightDecay = parsed.GetValue(weightDecay) ?? settings.WeightDecay,
                LearningRate = parsed.GetValue(learningRate) ?? settings.LearningRate,
                Schedule = parsed.GetValue(schedule) ?? settings.Schedule,
                WarmupSteps = parsed.GetValue(warmup) ?? settings.WarmupSteps,
                Ema = parsed.GetValue(ema) ?? settings.Ema,
                Precision = parsed.GetValue(precision) ?? settings.Precision,
                Device = parsed.GetValue(device) ?? settings.Device,
                Threads = parsed.GetValue(threads) ?? Environment.ProcessorCount,
                Seed = parsed.GetValue(seed) ?? settings.Seed,
                ValidationCount = parsed.GetValue(validation) ?? settings.ValidationCount,
                ValidationInterval = parsed.GetValue(validationInterval) ?? settings.ValidationInterval,
                EarlyStopping = parsed.GetValue(earlyStopping) ?? settings.EarlyStopping,
                ConvergenceTolerance = parsed.GetValue(converge) ?? settings.ConvergenceTolerance,
                Grey = parsed.GetValue(grey) || settings.Grey,
                CheckpointInterval = parsed.GetValue(checkpointInterval) ?? settings.CheckpointInterval,
                Resume = parsed.GetValue(resume),
                DryRun = parsed.GetValue(dryRun),
                Command = "dotnet run -c Release --project samples/TrainAutoencoder -- " + string.Join(' ', args.Where(a => a != "--resume").Select(Quote)),
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

static string Quote(string argument) => argument.All(c => char.IsAsciiLetterOrDigit(c) || "-_./:,=+".Contains(c, StringComparison.Ordinal)) ? argument : $"'{argument.Replace("'", "'\\''", StringComparison.Ordinal)}'";
