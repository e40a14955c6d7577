using System.Collections.Immutable;
using System.Globalization;
using ImageRestoration;
using ImageRestoration.Data;
using ImageRestoration.Degradation;
using ImageRestoration.Networks;
using ImageRestoration.Networks.Architectures;
using ImageRestoration.Numerics;
using ImageRestoration.Restoration;
using ImageRestoration.TorchSharp;
using Spectre.Console;

namespace GenerateImages;

/// <summary>From a folder of pictures to a model file: data, network, trainer, model.</summary>
internal static class TrainRun
{
    public const string ClassesKey = "classes";
    private const long WarmupSteps = 200;

    public static async Task RunAsync(TrainSettings settings, CancellationToken cancellationToken)
    {
        // 1. Data: the network's input is the picture itself. What has 8 bits loses nothing by being reduced to 8.
        TrainingData data = await TrainingData.LoadAsync(settings, cancellationToken);
        ILabelledPatchSource pictures = data.Training;
        if (settings.Conditional && pictures.ClassCount < 2)
        {
            throw new TrainingException($"The pictures of '{settings.Folder}' are of {pictures.ClassCount} class. Sort them into one folder for each class, or train without --conditional.");
        }

        var sampler = new PatchSampler(pictures, new BitDepthReduction(8), new PatchSamplerOptions
        {
            BatchSize = settings.BatchSize,
            PatchSizes = [new PatchSize(0, settings.Size)],
            FlipAndRotate = false,
            Seed = settings.Seed,
        });

        // 2. Network: declared once; the same definition trains here and generates on every backend.
        Model model = CreateModel(settings, data);

        // 3. Trainer.
        using var trainer = new Trainer(model, sampler, new TrainerOptions
        {
            Steps = settings.Steps,
            Objective = new VariationalObjective { Beta = settings.Beta, WarmupSteps = settings.BetaWarmup, FreeBits = settings.FreeBits },
            Loss = settings.IsBinary ? new BinaryCrossEntropyLoss() : new MeanSquaredErrorLoss(),
            LearningRate = settings.LearningRate,
            WarmupSteps = Math.Min(WarmupSteps, settings.Steps / 10),
            EmaDecay = settings.EmaDecay,
            Precision = settings.Precision == "fp32" ? ComputePrecision.Float32 : ComputePrecision.BFloat16,
            Threads = settings.Threads,
            CheckpointPath = settings.Checkpoint,
            CheckpointInterval = settings.CheckpointInterval,
        });
        if (settings.Resume)
        {
            trainer.Resume(settings.Checkpoint);
        }

        AnsiConsole.MarkupLineInterpolated($"{pictures.Count:N0} pictures of {settings.Size}×{settings.Size}, {data.Test.Count:N0} to measure by; {model.Network.ParameterCount:N0} parameters; step {trainer.Step:N0} of {settings.Steps:N0}");
        Model trained = await trainer.TrainAsync(new LogProgress(), cancellationToken);

        // 4. Model: one self-describing file, with what it reaches on pictures that it has not seen.
        Bound bound = await Bound.MeasureAsync(trained, data.Test, settings.Size, cancellationToken);
        AnsiConsole.WriteLine(bound.ToString());
        trained = trained.WithInfo(trained.Info with { Scores = bound.ToScores(settings.IsBinary) });
        trained.Save(settings.Output, WeightPrecision.Float16);
        AnsiConsole.MarkupLineInterpolated($"[green]model written to[/] {settings.Output}");
    }

    private static Model CreateModel(TrainSettings settings, TrainingData data)
    {
        var options = new VariationalAutoencoderOptions
        {
            ImageChannels = data.Training.Channels,
            Channels = settings.Channels,
            LatentChannels = settings.LatentChannels,
            Classes = settings.Conditional ? data.Training.ClassCount : 0,
        };
        Network encoder = VariationalAutoencoder.CreateEncoder(options), decoder = VariationalAutoencoder.CreateDecoder(options);
        string name = Path.GetFileNameWithoutExtension(settings.Output);
        NetworkWeights weights = NetworkWeights.Initialize(Network.Compose(name, encoder, decoder), new SeededRandom((ulong)settings.Seed));
        var provenance = ImmutableSortedDictionary.CreateRange(new Dictionary<string, string>
        {
            ["data"] = string.Create(CultureInfo.InvariantCulture, $"{data.Training.Count} pictures of {settings.Size}×{settings.Size}"),
            ["recipe"] = string.Create(CultureInfo.InvariantCulture, $"{settings.Steps} steps, batch {settings.BatchSize}, {(settings.IsBinary ? "BCE" : "MSE")}, β {settings.Beta} after {settings.BetaWarmup} steps, AdamW {settings.LearningRate} cosine, EMA {settings.EmaDecay}, {settings.Precision}, seed {settings.Seed}"),
            ["trainer"] = "samples/GenerateImages",
        });
        return new Model(encoder, decoder, weights, new ModelInfo
        {
            Name = name,
            Task = RestorationTask.Generate,
            Description = $"Variational autoencoder of pictures of {settings.Size}×{settings.Size}{(settings.Conditional ? " that are of a given class" : string.Empty)}.",
            Provenance = settings.Conditional ? provenance.SetItem(ClassesKey, string.Join(',', data.ClassNames)) : provenance,
        });
    }

    /// <summary>A line now and then: means over the steps since the last.</summary>
    private sealed class LogProgress : IProgress<TrainingProgress>
    {
        private static readonly TimeSpan _interval = TimeSpan.FromSeconds(15);
        private TimeSpan _last;
        private double _reconstruction;
        private double _divergence;
        private int _steps;

        public void Report(TrainingProgress value)
        {
            _reconstruction += value.Terms["reconstruction"];
            _divergence += value.Terms["kl"];
            _steps++;
            if (value.Elapsed - _last < _interval && value.Step != value.Steps)
            {
                return;
            }

            Console.WriteLine(FormattableString.Invariant($"step {value.Step}/{value.Steps} reconstruction {_reconstruction / _steps:0.00000} kl {_divergence / _steps:0.00} nats lr {value.LearningRate:0.0e+0} |g| {value.GradientNorm:0.000} {value.PatchesPerSecond:0} pictures/s wait {value.DataWaitShare:P1} left {value.Remaining:hh\\:mm\\:ss}"));
            (_last, _reconstruction, _divergence, _steps) = (value.Elapsed, 0, 0, 0);
        }
    }
}
