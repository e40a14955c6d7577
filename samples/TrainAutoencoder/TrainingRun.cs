using System.Collections.Immutable;
using System.Globalization;
using ImageRestoration.Data;
using ImageRestoration.ImageSharp;
using ImageRestoration.Imaging;
using ImageRestoration.Networks;
using ImageRestoration.Networks.Architectures;
using ImageRestoration.Numerics;
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
        ImmutableArray<string> heldOut = HoldOut(files, settings.ValidationCount);
        int channels = settings.Grey ? 1 : 3;
        var folder = new ImageFolderOptions { Channels = channels, MinimumSize = settings.PatchSizes.Max(p => p.Size) };
        ImageFolderSource pictures = await ImageFolderSource.LoadAsync([.. files.Except(heldOut, StringComparer.Ordinal)], folder, cancellationToken);
        foreach (string skipped in pictures.Skipped)
        {
            AnsiConsole.MarkupLineInterpolated($"[yellow]skipped[/] {skipped}");
        }

        TrainingTask task = TrainingTask.Create(settings);
        var sampler = new PatchSampler(pictures, task.Degradation, new PatchSamplerOptions
        {
            BatchSize = settings.BatchSize,
            PatchSizes = settings.PatchSizes,
            DetailCandidates = settings.DetailCandidates,
            Masks = task.Masks,
            Seed = settings.Seed,
        });
        ValidationSet? validation = heldOut.IsEmpty ? null : await LoadValidationAsync(heldOut, channels, task, cancellationToken);

        // 2. Network: declared once; the same definition trains here and runs on every backend.
        var options = new UNetOptions { ImageChannels = channels, Channels = settings.Channels, TakesMask = task.Masks is not null };
        Model model = CreateModel(options, settings, task, pictures.Count);

        // 3. Trainer.
        using var trainer = new Trainer(model, sampler, new TrainerOptions
        {
            Steps = settings.Steps,
            Loss = task.Loss,
            LearningRate = settings.LearningRate,
            Precision = settings.ComputePrecision,
            Threads = settings.Threads,
            CheckpointPath = settings.Checkpoint,
            CheckpointInterval = settings.CheckpointInterval,
            Validation = validation,
            ValidationInterval = settings.ValidationInterval,
        });
        if (settings.Resume)
        {
            trainer.Resume(settings.Checkpoint);
        }

        AnsiConsole.MarkupLineInterpolated($"{pictures.Count} pictures, {heldOut.Length} held out; {model.Network.ParameterCount:N0} parameters, {model.Network.MacsPerPixel:N0} MACs per pixel, receptive field {model.Network.ReceptiveField}; step {trainer.Step:N0} of {settings.Steps:N0}");
        Model trained = await LiveProgress.ShowAsync(settings.Steps, progress => trainer.TrainAsync(progress, cancellationToken));

        // 4. Model: one self-describing file.
        trained.Save(settings.Output, WeightPrecision.Float16);
        AnsiConsole.MarkupLineInterpolated($"[green]model written to[/] {settings.Output}");
    }

    private static ImmutableArray<string> HoldOut(ImmutableArray<string> files, int count)
        => count == 0 ? [] : [.. Enumerable.Range(0, Math.Min(count, files.Length / 2)).Select(i => files[(int)((i + 0.5) * files.Length / count)])];

    private static async Task<ValidationSet> LoadValidationAsync(ImmutableArray<string> files, int channels, TrainingTask task, CancellationToken cancellationToken)
    {
        var pairs = new List<ValidationPicture>();
        for (int i = 0; i < files.Length; i++)
        {
            ImageFolderSource picture = await ImageFolderSource.LoadAsync([files[i]], new ImageFolderOptions { Channels = channels }, cancellationToken);
            (int height, int width) = picture.SizeOf(0);

            // A centre crop keeps scoring quick whatever the pictures' size.
            int rows = Math.Min(height, 320), columns = Math.Min(width, 320);
            ImageTensor clean = ImageTensor.CreateUninitialized(ImageShape.Single(channels, rows, columns));
            picture.Read(0, (height - rows) / 2, (width - columns) / 2, rows, columns, clean.Span);
            pairs.Add(task.Degrade(clean, i));
        }

        return new ValidationSet(pairs);
    }

    private static Model CreateModel(UNetOptions options, TrainingSettings settings, TrainingTask task, int pictureCount)
    {
        Network encoder = UNet.CreateEncoder(options), decoder = UNet.CreateDecoder(options);
        Network whole = Network.Compose(settings.Name, encoder, decoder);
        NetworkWeights weights = NetworkWeights.Initialize(whole, new SeededRandom((ulong)settings.Seed));
        var provenance = ImmutableSortedDictionary.CreateRange(new Dictionary<string, string>
        {
            ["data"] = string.Create(CultureInfo.InvariantCulture, $"{pictureCount} pictures"),
            ["degradation"] = task.DegradationText,
            ["recipe"] = string.Create(CultureInfo.InvariantCulture, $"{settings.Steps} steps, batch {settings.BatchSize}, patches {string.Join(" then ", settings.PatchSizes.Select(p => p.Size))}, AdamW {settings.LearningRate} cosine, {task.Loss}, EMA 0.999, {settings.Precision}, seed {settings.Seed}"),
            ["trainer"] = "samples/TrainAutoencoder",
        });
        return new Model(encoder, decoder, weights, new ModelInfo
        {
            Name = settings.Name,
            Task = settings.Task,
            Description = task.Description,
            License = "MIT",
            Provenance = provenance,
        });
    }
}
