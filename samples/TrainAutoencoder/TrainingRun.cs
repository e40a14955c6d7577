using System.Collections.Immutable;
using System.Globalization;
using GenerateImages;
using ImageRestoration;
using ImageRestoration.Data;
using ImageRestoration.ImageSharp;
using ImageRestoration.Models;
using ImageRestoration.Networks;
using ImageRestoration.Networks.Architectures;
using ImageRestoration.Numerics;
using ImageRestoration.Photos;
using ImageRestoration.Restoration;
using ImageRestoration.TorchSharp;
using Spectre.Console;

namespace TrainAutoencoder;

/// <summary>From a folder of pictures to a model file: data, network, trainer, model.</summary>
internal static class TrainingRun
{
    public static async Task RunAsync(TrainingSettings settings, CancellationToken cancellationToken)
    {
        // 1. Data: a few pictures spread over the folder are held out to score the model on while it trains.
        ImmutableArray<string> files = ImageFolderSource.ListFiles(settings.Folder);
        ImmutableArray<string> heldOut = HeldOutPictures.Choose(files, settings.ValidationCount);
        int channels = settings.Grey ? 1 : 3;
        TrainingTask task = TrainingTask.Create(settings);
        IPatchSource pictures = await LoadAsync([.. files.Except(heldOut, StringComparer.Ordinal)], settings, channels, cancellationToken);
        var sampler = new PatchSampler(pictures, task.Degradation, new PatchSamplerOptions
        {
            BatchSize = settings.BatchSize,
            PatchSizes = settings.PatchSizes,
            MinimumScale = settings.MinimumScale,
            DetailCandidates = settings.DetailCandidates,
            ImagesByArea = settings.ImagesByArea,
            Masks = task.Masks,
            Fill = task.Fill,
            NormalizesExposure = task.NormalizesExposure,
            NormalizesTarget = task.NormalizesExposure,
            FlipAndRotate = settings.Task != RestorationTask.Generate,
            Seed = settings.Seed,
        });
        ValidationSet? validation = await HeldOutPictures.LoadAsync(heldOut, channels, settings, task, cancellationToken);

        // 2. Network: declared once; the same definition trains here and runs on every backend.
        Model model = CreateModel(settings, task, channels, pictures.Count);

        // 3. Trainer.
        var outputs = new TrainingOutputs(settings, task, pictures.Count, validation);
        TrainerOptions options = CreateOptions(settings, task, validation) with { OnValidated = validation is null ? null : outputs.WriteGrid };
        if (settings.DryRun)
        {
            DryRun.Print(await TrainingEstimate.MeasureAsync(model, sampler, options, cancellationToken: cancellationToken));
            return;
        }

        using var trainer = new Trainer(model, sampler, options);
        if (settings.Resume)
        {
            trainer.Resume(settings.Checkpoint);
        }

        AnsiConsole.MarkupLineInterpolated($"{pictures.Count} pictures, {heldOut.Length} held out; {model.Network.ParameterCount:N0} parameters, {model.Network.MacsPerPixel:N0} MACs per pixel, receptive field {model.Network.ReceptiveField}; step {trainer.Step:N0} of {trainer.Steps:N0}");
        Model trained;
        using (var log = new TrainingLog(settings.Beside(".jsonl"), trainer.Step))
        {
            trained = await LiveProgress.ShowAsync(trainer.Steps, progress => trainer.TrainAsync(new ProgressGroup(log, progress), cancellationToken));
        }

        // 4. Model: one self-describing file, and what tells of it beside.
        outputs.Write(trained, trainer.Step, trainer.StopReason!.Value);
    }

    private static async Task<IPatchSource> LoadAsync(ImmutableArray<string> files, TrainingSettings settings, int channels, CancellationToken cancellationToken)
    {
        int size = settings.PatchSizes.Max(p => p.Size);
        if (settings.Task == RestorationTask.Generate)
        {
            return await SquareSource.LoadAsync(settings.Folder, files, size, settings.Grey, mirror: true, cancellationToken);
        }

        ImageFolderSource pictures = await ImageFolderSource.LoadAsync(files, new ImageSharpCodec(), new ImageFolderOptions { Channels = channels, ConvertToGrey = settings.Grey, MinimumSize = size }, cancellationToken);
        foreach (string skipped in pictures.Skipped)
        {
            AnsiConsole.MarkupLineInterpolated($"[yellow]skipped[/] {skipped}");
        }

        return pictures;
    }

    private static (Network Encoder, Network Decoder) Declare(TrainingSettings settings, TrainingTask task, int channels)
    {
        if (settings.Task == RestorationTask.Generate)
        {
            var generator = new VariationalAutoencoderOptions { ImageChannels = channels, Channels = settings.Channels };
            return (VariationalAutoencoder.CreateEncoder(generator), VariationalAutoencoder.CreateDecoder(generator));
        }

        var network = new UNetOptions { ImageChannels = channels, Channels = settings.Channels, BlocksPerLevel = settings.Blocks, TakesMask = task.Masks is not null };
        return (UNet.CreateEncoder(network), UNet.CreateDecoder(network));
    }

    private static TrainerOptions CreateOptions(TrainingSettings settings, TrainingTask task, ValidationSet? validation)
    {
        LearningRateSchedule schedule = RecipeParser.ParseSchedule(settings.Schedule);
        return new TrainerOptions
        {
            Steps = settings.Steps,
            Epochs = settings.Epochs,
            GradientAccumulation = settings.Accumulate,
            Loss = task.Loss,
            Objective = task.Objective,
            Optimizer = RecipeParser.ParseOptimizer(settings.Optimizer, settings.WeightDecay),
            LearningRate = settings.LearningRate,
            MinimumLearningRate = settings.MinimumLearningRate,
            Schedule = schedule,
            WarmupSteps = settings.WarmupSteps ?? (schedule is OneCycleSchedule ? 0 : 200),
            EmaDecay = settings.Ema,
            Precision = settings.ComputePrecision,
            Device = settings.Device,
            Threads = settings.Threads,
            CheckpointPath = settings.Checkpoint,
            CheckpointInterval = settings.CheckpointInterval,
            Validation = validation,
            ValidationInterval = settings.ValidationInterval,
            EarlyStoppingPatience = settings.EarlyStopping,
            ConvergenceTolerance = settings.ConvergenceTolerance,
            ConvergenceWindow = settings.ConvergenceWindow,
        };
    }

    private static NetworkWeights LoadAverage(string from)
    {
        NetworkWeights[] weights = [.. from.Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries).Select(LoadWeights)];
        return weights.Length == 1 ? weights[0] : NetworkWeights.Average(weights);
    }

    private static NetworkWeights LoadWeights(string from) => Path.GetExtension(from).ToLowerInvariant() switch
    {
        ".safetensors" => Model.Load(from).Weights,
        ".checkpoint" => TrainingCheckpoint.ReadWeights(from),
        _ => PretrainedModels.Find(from).Load().Weights,
    };

    private static Model CreateModel(TrainingSettings settings, TrainingTask task, int channels, int pictureCount)
    {
        (Network encoder, Network decoder) = Declare(settings, task, channels);
        Network whole = Network.Compose(settings.Name, encoder, decoder);
        // Blocks that another network doesn't have begin as nothing, so that the others keep their meaning.
        NetworkWeights weights = NetworkWeights.Initialize(whole, new SeededRandom((ulong)settings.Seed), new WeightInitialization { ZeroResidualBranches = settings.From is not null });
        if (settings.From is { } from)
        {
            WeightTransfer transfer = weights.TransferFrom(LoadAverage(from), fitChannels: true);
            weights = transfer.Weights;
            AnsiConsole.MarkupLineInterpolated($"{transfer.Taken.Length} of {weights.Names.Count} tensors start from {from}");
        }

        string length = settings.Epochs is { } epochs ? $"{epochs} epochs" : $"{settings.Steps} steps";
        string batch = settings.Accumulate == 1 ? $"{settings.BatchSize}" : $"{settings.Accumulate} × {settings.BatchSize}";
        var provenance = ImmutableSortedDictionary.CreateRange(new Dictionary<string, string>
        {
            ["data"] = string.Create(CultureInfo.InvariantCulture, $"{pictureCount} pictures"),
            ["degradation"] = task.DegradationText,
            ["recipe"] = string.Create(CultureInfo.InvariantCulture, $"{length}, batch {batch}, patches {string.Join(" then ", settings.PatchSizes.Select(p => p.Size))}, {settings.Optimizer} {settings.LearningRate} {settings.Schedule}, {task.Loss}, EMA {settings.Ema}, {settings.Precision}, seed {settings.Seed}{(settings.From is { } start ? $", from {string.Join(" and ", start.Split(',').Select(Path.GetFileNameWithoutExtension))}" : string.Empty)}"),
            ["trainer"] = "samples/TrainAutoencoder",
        });
        return new Model(encoder, decoder, weights, new ModelInfo
        {
            Name = settings.Name,
            Task = settings.Task,
            Fill = task.Fill,
            NormalizesExposure = task.NormalizesExposure,
            Description = task.Description,
            License = "MIT",
            Provenance = provenance,
        });
    }
}
