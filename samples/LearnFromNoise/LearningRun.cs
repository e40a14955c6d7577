using System.Collections.Immutable;
using System.Globalization;
using ImageRestoration;
using ImageRestoration.Classical.Denoising;
using ImageRestoration.Data;
using ImageRestoration.Degradation;
using ImageRestoration.ImageSharp;
using ImageRestoration.Imaging;
using ImageRestoration.Metrics;
using ImageRestoration.Networks;
using ImageRestoration.Networks.Architectures;
using ImageRestoration.Numerics;
using ImageRestoration.Photos;
using ImageRestoration.Restoration;
using ImageRestoration.TorchSharp;
using Spectre.Console;

namespace LearnFromNoise;

/// <summary>From a folder of noisy photographs to a model that removes their noise.</summary>
internal static class LearningRun
{
    // Photographs that are scored: enough for a mean, few enough to take a minute.
    private const int ScoredPictures = 8;

    /// <summary>Halved three times, and once more by the choice of neighbours.</summary>
    private static readonly ImmutableArray<int> _channels = [16, 32, 48, 96];

    public static async Task RunAsync(LearningSettings settings, IAnsiConsole console, CancellationToken cancellationToken)
    {
        ImmutableArray<string> files = ImageFolderSource.ListFiles(settings.Folder);
        ImmutableArray<string> noisy = settings.SimulatedSigma is { } sigma ? await AddNoiseAsync(files, settings, sigma, cancellationToken) : files;

        // 1. The photographs as they are: nothing is added to them, and there is nothing that they should become.
        ImageFolderSource pictures = await ImageFolderSource.LoadAsync(noisy, new ImageSharpCodec(), new ImageFolderOptions { MinimumSize = settings.PatchSize }, cancellationToken);
        foreach (string skipped in pictures.Skipped)
        {
            console.MarkupLineInterpolated($"[yellow]skipped[/] {skipped}");
        }

        var sampler = new PatchSampler(pictures, degradation: null, new PatchSamplerOptions { BatchSize = settings.BatchSize, PatchSizes = [new PatchSize(0, settings.PatchSize)] });

        // 2. Training: the only difference to a denoiser that learns from clean pictures is the objective.
        using var trainer = new Trainer(CreateModel(pictures.Count, settings), sampler, new TrainerOptions
        {
            Steps = settings.Steps,
            Objective = new Neighbor2NeighborObjective(),
            Loss = new MeanSquaredErrorLoss(),
            Threads = settings.Threads,
            CheckpointPath = settings.Checkpoint,
        });
        if (settings.Resume)
        {
            trainer.Resume(settings.Checkpoint);
        }

        Model model = await TrainAsync(trainer, settings.Steps, console, cancellationToken);
        model.Save(settings.Output, WeightPrecision.Float16);
        console.MarkupLineInterpolated($"[green]model written to[/] {settings.Output}");

        // 3. The gain.
        using var restorer = new TorchRestorer(model, new TorchOptions { Threads = settings.Threads });
        if (settings.SimulatedSigma is { } added)
        {
            await ScoreAsync(files, noisy, restorer, added, console, cancellationToken);
        }
        else
        {
            await EstimateAsync(noisy, restorer, console, cancellationToken);
        }

        if (settings.RestoredFolder is { } folder)
        {
            using var photos = new PhotoRestorer(restorer, new ImageSharpCodec(), leaveOpen: true);
            await photos.RestoreAllAsync(noisy, folder, cancellationToken: cancellationToken);
            console.MarkupLineInterpolated($"[green]photographs written to[/] {folder}");
        }
    }

    private static Model CreateModel(int pictures, LearningSettings settings)
    {
        var options = new UNetOptions { Channels = _channels };
        Network encoder = UNet.CreateEncoder(options), decoder = UNet.CreateDecoder(options);
        NetworkWeights weights = NetworkWeights.Initialize(Network.Compose("learnt-from-noise", encoder, decoder), new SeededRandom(0));
        return new Model(encoder, decoder, weights, new ModelInfo
        {
            Name = "learnt-from-noise",
            Task = RestorationTask.Denoise,
            Description = "Removes the noise of the photographs that it was trained on, without having seen a clean one.",
            Provenance = ImmutableSortedDictionary<string, string>.Empty
                .Add("data", string.Create(CultureInfo.InvariantCulture, $"{pictures} noisy photographs"))
                .Add("recipe", string.Create(CultureInfo.InvariantCulture, $"Neighbor2Neighbor, {settings.Steps} steps, batch {settings.BatchSize}, patches {settings.PatchSize}")),
        });
    }

    /// <summary>Writes noisy copies as 8-bit files, which is what a camera's owner would have.</summary>
    private static async Task<ImmutableArray<string>> AddNoiseAsync(ImmutableArray<string> files, LearningSettings settings, double sigma, CancellationToken cancellationToken)
    {
        Directory.CreateDirectory(settings.NoisyFolder);
        var noise = new GaussianNoise(sigma);
        var copies = ImmutableArray.CreateBuilder<string>(files.Length);
        for (int i = 0; i < files.Length; i++)
        {
            using ImageTensor picture = await LoadAsync(files[i], cancellationToken);
            noise.Apply(picture, SeededRandom.ForSample(0, 0, i));
            copies.Add(Path.Combine(settings.NoisyFolder, string.Create(CultureInfo.InvariantCulture, $"{i:0000}.png")));
            await ImageFile.SaveAsync(picture, copies[i], cancellationToken);
        }

        return copies.MoveToImmutable();
    }

    private static Task<Model> TrainAsync(Trainer trainer, long steps, IAnsiConsole console, CancellationToken cancellationToken)
        => console.Progress().Columns(new TaskDescriptionColumn(), new ProgressBarColumn(), new PercentageColumn(), new RemainingTimeColumn()).StartAsync(context =>
        {
            ProgressTask task = context.AddTask("training", maxValue: steps);
            return trainer.TrainAsync(new Reporter(task), cancellationToken);
        });

    private static async Task ScoreAsync(ImmutableArray<string> clean, ImmutableArray<string> noisy, IRestorer learnt, double sigma, IAnsiConsole console, CancellationToken cancellationToken)
    {
        using var classical = new NonLocalMeansRestorer(new NonLocalMeansOptions { Sigma = sigma });
        var table = new Table().AddColumns("photograph", "noisy", "non-local means", "learnt");
        double[] sums = new double[3];
        int[] scored = [.. Spread(clean.Length)];
        foreach (int i in scored)
        {
            using ImageTensor original = await LoadAsync(clean[i], cancellationToken);
            using ImageTensor input = await LoadAsync(noisy[i], cancellationToken);
            using RestorationResult byMeans = await classical.RestoreAsync(new RestorationRequest(input), cancellationToken: cancellationToken);
            using RestorationResult byNetwork = await learnt.RestoreAsync(new RestorationRequest(input), cancellationToken: cancellationToken);
            double[] scores = [Psnr.Compute(input, original), Psnr.Compute(byMeans.Image, original), Psnr.Compute(byNetwork.Image, original)];
            table.AddRow([Markup.Escape(Path.GetFileName(clean[i])), .. scores.Select(Decibels)]);
            sums = [.. sums.Zip(scores, (sum, score) => sum + score)];
        }

        table.AddRow(["mean", .. sums.Select(sum => Decibels(sum / scored.Length))]);
        console.Write(table);
    }

    /// <summary>Without clean pictures there is no PSNR; what can be estimated is the noise before and after.</summary>
    private static async Task EstimateAsync(ImmutableArray<string> noisy, IRestorer learnt, IAnsiConsole console, CancellationToken cancellationToken)
    {
        var table = new Table().AddColumns("photograph", "estimated sigma before", "after");
        foreach (int i in Spread(noisy.Length))
        {
            using ImageTensor input = await LoadAsync(noisy[i], cancellationToken);
            using RestorationResult result = await learnt.RestoreAsync(new RestorationRequest(input), cancellationToken: cancellationToken);
            table.AddRow(Markup.Escape(Path.GetFileName(noisy[i])), Sigma(input), Sigma(result.Image));
        }

        console.Write(table);

        static string Sigma(ImageTensor image) => NoiseEstimate.Of(image).Level.ToString("0.0", CultureInfo.InvariantCulture);
    }

    /// <summary>Reads a photograph as RGB, grey ones too, as training does.</summary>
    private static async Task<ImageTensor> LoadAsync(string file, CancellationToken cancellationToken)
    {
        ImageFolderSource picture = await ImageFolderSource.LoadAsync([file], new ImageSharpCodec(), cancellationToken: cancellationToken);
        return picture.ReadImage(0);
    }

    private static IEnumerable<int> Spread(int count)
        => Enumerable.Range(0, Math.Min(count, ScoredPictures)).Select(i => (int)((long)i * count / Math.Min(count, ScoredPictures)));

    private static string Decibels(double value) => string.Create(CultureInfo.InvariantCulture, $"{value:0.00} dB");

    private sealed class Reporter(ProgressTask task) : IProgress<TrainingProgress>
    {
        public void Report(TrainingProgress value) => task.Value = value.Step;
    }
}
