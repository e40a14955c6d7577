using System.CommandLine;
using GenerateImages;
using ImageRestoration;
using ImageRestoration.Generation;
using Spectre.Console;

var command = new RootCommand("Trains a variational autoencoder on a folder of pictures, and makes pictures of noise with it.") { Train(), Sample(), Interpolate() };
return await command.Parse(args).InvokeAsync(new InvocationConfiguration { ProcessTerminationTimeout = TimeSpan.FromMinutes(1) });

static Command Train()
{
    var defaults = new TrainSettings { Folder = string.Empty, Output = string.Empty };
    var folder = new Argument<string>("folder") { Description = "Folder with PNG or JPEG pictures, with the binary files of CIFAR-10, or with the IDX files of MNIST or a set like it." };
    var output = new Option<string>("--output", "-o") { Description = "Model file to write; the checkpoint stands beside it.", DefaultValueFactory = _ => "runs/vae.safetensors" };
    var size = new Option<int>("--size") { Description = "Side of the squares that pictures are made into.", DefaultValueFactory = _ => defaults.Size };
    var grey = new Option<bool>("--grey") { Description = "Make the pictures grey." };
    var conditional = new Option<bool>("--conditional") { Description = "Tell the decoder the class: the subfolder that a picture lies in, or what the IDX files say." };
    var mirror = new Option<bool>("--mirror") { Description = "Train on every picture's mirror image too." };
    var channels = new Option<string>("--channels") { Description = "Channels of the levels; each halves the size, and the last is the latent's.", DefaultValueFactory = _ => string.Join(',', defaults.Channels) };
    var latent = new Option<int>("--latent") { Description = "Channels of the latent.", DefaultValueFactory = _ => defaults.LatentChannels };
    var loss = new Option<string>("--loss") { Description = "bce: values as probabilities; mse: values with normally distributed errors of variance β/2.", DefaultValueFactory = _ => "bce" };
    loss.AcceptOnlyFromAmong("bce", "mse");
    var beta = new Option<double>("--beta") { Description = "Weight of the divergence from the prior.", DefaultValueFactory = _ => defaults.Beta };
    var warmup = new Option<long>("--beta-warmup") { Description = "Steps over which β rises from 0.", DefaultValueFactory = _ => defaults.BetaWarmup };
    var freeBits = new Option<double>("--free-bits") { Description = "Nats of divergence that each channel of the latent has free.", DefaultValueFactory = _ => defaults.FreeBits };
    var steps = new Option<long>("--steps") { Description = "Training steps.", DefaultValueFactory = _ => defaults.Steps };
    var batch = new Option<int>("--batch") { Description = "Pictures in a step.", DefaultValueFactory = _ => defaults.BatchSize };
    var learningRate = new Option<double>("--learning-rate") { Description = "Largest learning rate.", DefaultValueFactory = _ => defaults.LearningRate };
    var ema = new Option<double>("--ema") { Description = "Decay of the moving average of the weights, which the model holds.", DefaultValueFactory = _ => defaults.EmaDecay };
    var precision = new Option<string>("--precision") { Description = "Number type of convolutions.", DefaultValueFactory = _ => defaults.Precision };
    precision.AcceptOnlyFromAmong("bf16", "fp32");
    var threads = new Option<int?>("--threads") { Description = "Threads of libtorch; all cores where not given." };
    var seed = new Option<long>("--seed") { Description = "Seed of weights, order and noise.", DefaultValueFactory = _ => defaults.Seed };
    var checkpointInterval = new Option<long>("--checkpoint-interval") { Description = "Steps between checkpoints.", DefaultValueFactory = _ => defaults.CheckpointInterval };
    var resume = new Option<bool>("--resume") { Description = "Continue exactly from the checkpoint." };
    var train = new Command("train", "Trains a model.")
    {
        folder, output, size, grey, conditional, mirror, channels, latent, loss, beta, warmup, freeBits, steps, batch, learningRate, ema, precision, threads, seed, checkpointInterval, resume,
    };
    train.SetAction((parsed, cancellationToken) => RunAsync(
        () => TrainRun.RunAsync(
            new TrainSettings
            {
                Folder = parsed.GetRequiredValue(folder),
                Output = parsed.GetRequiredValue(output),
                Size = parsed.GetValue(size),
                Grey = parsed.GetValue(grey),
                Conditional = parsed.GetValue(conditional),
                Mirror = parsed.GetValue(mirror),
                Channels = TrainSettings.ParseChannels(parsed.GetRequiredValue(channels)),
                LatentChannels = parsed.GetValue(latent),
                IsBinary = parsed.GetValue(loss) == "bce",
                Beta = parsed.GetValue(beta),
                BetaWarmup = parsed.GetValue(warmup),
                FreeBits = parsed.GetValue(freeBits),
                Steps = parsed.GetValue(steps),
                BatchSize = parsed.GetValue(batch),
                LearningRate = parsed.GetValue(learningRate),
                EmaDecay = parsed.GetValue(ema),
                Precision = parsed.GetRequiredValue(precision),
                Threads = parsed.GetValue(threads) ?? Environment.ProcessorCount,
                Seed = parsed.GetValue(seed),
                CheckpointInterval = parsed.GetValue(checkpointInterval),
                Resume = parsed.GetValue(resume),
            },
            cancellationToken),
        "; the checkpoint is written. Continue with --resume."));
    return train;
}

static Command Sample()
{
    (Argument<string> model, Option<string> output, Option<string?> choice, Option<long> seed, Option<double> temperature, Option<int> scale) = Common("samples.png");
    var count = new Option<int>("--count") { Description = "Pictures; of each class, where there are classes and none is named.", DefaultValueFactory = _ => 10 };
    var columns = new Option<int>("--columns") { Description = "Pictures in a row.", DefaultValueFactory = _ => 10 };
    var sample = new Command("sample", "Makes pictures of noise.") { model, output, count, columns, choice, seed, temperature, scale };
    sample.SetAction((parsed, cancellationToken) => RunAsync(async () =>
    {
        using var run = new GridRun(parsed.GetRequiredValue(model));
        var options = new GenerationOptions { Seed = parsed.GetValue(seed), Temperature = parsed.GetValue(temperature) };
        await run.SampleAsync(parsed.GetValue(count), options, parsed.GetValue(choice), cancellationToken);
        await run.SaveAsync(parsed.GetRequiredValue(output), parsed.GetValue(columns), parsed.GetValue(scale), cancellationToken);
    }));
    return sample;
}

static Command Interpolate()
{
    (Argument<string> model, Option<string> output, Option<string?> choice, Option<long> seed, Option<double> temperature, Option<int> scale) = Common("interpolation.png");
    var rows = new Option<int>("--rows") { Description = "Rows, each from one draw of noise to another.", DefaultValueFactory = _ => 6 };
    var steps = new Option<int>("--steps") { Description = "Pictures in a row, both ends included.", DefaultValueFactory = _ => 10 };
    var from = new Option<string?>("--from") { Description = "Picture file to start from instead of noise." };
    var to = new Option<string?>("--to") { Description = "Picture file to end at." };
    var linear = new Option<bool>("--linear") { Description = "Go along a straight line instead of an arc." };
    var interpolate = new Command("interpolate", "Makes pictures between two others.") { model, output, rows, steps, from, to, choice, seed, temperature, linear, scale };
    interpolate.SetAction((parsed, cancellationToken) => RunAsync(async () =>
    {
        using var run = new GridRun(parsed.GetRequiredValue(model));
        int columns = parsed.GetValue(steps);
        InterpolationPath path = parsed.GetValue(linear) ? InterpolationPath.Linear : InterpolationPath.Spherical;
        if (parsed.GetValue(from) is { } first && parsed.GetValue(to) is { } last)
        {
            await run.InterpolateAsync(first, last, columns, parsed.GetValue(choice), path, cancellationToken);
        }
        else
        {
            var options = new GenerationOptions { Seed = parsed.GetValue(seed), Temperature = parsed.GetValue(temperature) };
            await run.InterpolateAsync(parsed.GetValue(rows), columns, options, parsed.GetValue(choice), path, cancellationToken);
        }

        await run.SaveAsync(parsed.GetRequiredValue(output), columns, parsed.GetValue(scale), cancellationToken);
    }));
    return interpolate;
}

static (Argument<string> Model, Option<string> Output, Option<string?> Class, Option<long> Seed, Option<double> Temperature, Option<int> Scale) Common(string output) =>
(
    new("model") { Description = "Model file that train wrote." },
    new("--output", "-o") { Description = "Picture file to write.", DefaultValueFactory = _ => output },
    new("--class") { Description = "Name or number of the class to make; each in turn where not given." },
    new("--seed") { Description = "Seed of the noise.", DefaultValueFactory = _ => 0 },
    new("--temperature") { Description = "Standard deviation of the noise; less is less varied.", DefaultValueFactory = _ => 1 },
    new("--scale") { Description = "How many times pixels are repeated, to look at small pictures.", DefaultValueFactory = _ => 1 }
);

static async Task<int> RunAsync(Func<Task> work, string whenStopped = ".")
{
    try
    {
        await work();
        return 0;
    }
    catch (OperationCanceledException)
    {
        AnsiConsole.MarkupLineInterpolated($"[yellow]stopped[/]{whenStopped}");
        return 130;
    }
    catch (Exception e) when (e is ImageRestorationException or IOException or ArgumentException or FormatException or UnauthorizedAccessException)
    {
        AnsiConsole.MarkupLineInterpolated($"[red]error[/] {e.Message}");
        return 1;
    }
}
