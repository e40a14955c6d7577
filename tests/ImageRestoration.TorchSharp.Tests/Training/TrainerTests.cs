using ImageRestoration.Data;
using ImageRestoration.Degradation;
using ImageRestoration.Imaging;
using ImageRestoration.Masking;
using ImageRestoration.Networks;
using ImageRestoration.Networks.Architectures;
using ImageRestoration.Numerics;
using ImageRestoration.Restoration;
using ImageRestoration.TorchSharp;
using TorchSharp;

namespace ImageRestoration.Tests.TorchSharp;

public sealed class TrainerTests : IDisposable
{
    private const int Steps = 14;
    private readonly string _folder = Directory.CreateTempSubdirectory("trainer-tests").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    public static TheoryData<string> AllRuns() => [.. Runs.Keys];

    /// <summary>Every precision, optimiser and schedule, and what else the sequence of losses depends on. New objects each time: runs share nothing.</summary>
    internal static Dictionary<string, TrainerOptions> Runs => new(StringComparer.Ordinal)
    {
        ["float32"] = Options(ComputePrecision.Float32),
        ["bfloat16"] = Options(ComputePrecision.BFloat16),
        ["scaled loss that overflows at first"] = Options(ComputePrecision.Float32) with { LossScale = Math.ScaleB(1, 126), Loss = new WeightedSumLoss(new LossTerm(new CharbonnierLoss(), 1e4)) },
        ["scaled loss of two networks"] = Options(ComputePrecision.Float32) with { LossScale = 1024, Objective = new AdversarialObjective(Critic()) },
        ["two threads"] = Options(ComputePrecision.Float32) with { Threads = 2 },
        ["SGD"] = Options(ComputePrecision.Float32) with { Optimizer = new SgdOptions(), LearningRate = 0.05 },
        ["SGD with momentum"] = Options(ComputePrecision.Float32) with { Optimizer = new SgdOptions { Momentum = 0.9, WeightDecay = 1e-4 }, LearningRate = 0.01 },
        ["SGD with Nesterov's momentum"] = Options(ComputePrecision.Float32) with { Optimizer = new SgdOptions { Momentum = 0.9, Nesterov = true }, LearningRate = 0.01 },
        ["Adam"] = Options(ComputePrecision.Float32) with { Optimizer = new AdamOptions { WeightDecay = 1e-4 } },
        ["Muon"] = Options(ComputePrecision.Float32) with { Optimizer = new MuonOptions() },
        ["constant"] = Options(ComputePrecision.Float32) with { Schedule = new ConstantSchedule() },
        ["step"] = Options(ComputePrecision.Float32) with { Schedule = new StepSchedule { StepSize = 4 } },
        ["cosine with restarts"] = Options(ComputePrecision.Float32) with { Schedule = new CosineSchedule { Restarts = 2, PeriodFactor = 1.5 } },
        ["one cycle"] = Options(ComputePrecision.Float32) with { Schedule = new OneCycleSchedule(), WarmupSteps = 0 },
        ["plateau"] = Options(ComputePrecision.Float32) with { Schedule = new PlateauSchedule { Patience = 1, MinimumRise = 5 }, Validation = new ValidationSet([ValidationImage()]), ValidationInterval = 2 },
        ["adversarial, hinge"] = Options(ComputePrecision.Float32) with { Objective = new AdversarialObjective(Critic()) { Weight = 0.1, FeatureMatchingWeight = 0.5, FromStep = 5 } },
        ["adversarial, non-saturating"] = Options(ComputePrecision.BFloat16) with { Objective = new AdversarialObjective(Critic()) { AdversarialLoss = AdversarialLoss.NonSaturating, Optimizer = new SgdOptions { Momentum = 0.9 } } },
        ["adversarial, least squares"] = Options(ComputePrecision.Float32) with { Objective = new AdversarialObjective(Critic()) { AdversarialLoss = AdversarialLoss.LeastSquares, LearningRateFactor = 4 }, GradientAccumulation = 2 },
        ["noisy pictures alone"] = Options(ComputePrecision.Float32) with { Objective = new Neighbor2NeighborObjective(), Loss = new MeanSquaredErrorLoss() },
        ["accumulation and several losses"] = Options(ComputePrecision.Float32) with
        {
            GradientAccumulation = 2,
            Loss = new WeightedSumLoss(new LossTerm(new L1Loss()), new LossTerm(new EdgeLoss(), 0.5) { FinalWeight = 0, FromStep = 3, ToStep = 9 }),
        },
    };

    [Fact]
    public void Runs_OfAllOptimisersAndSchedules_AreListed()
    {
        Type[] known = typeof(Trainer).Assembly.GetTypes();
        Assert.Empty(known.Where(t => t.IsSubclassOf(typeof(OptimizerOptions))).Except(Runs.Values.Select(r => r.Optimizer.GetType())));
        Assert.Empty(known.Where(t => t.IsSubclassOf(typeof(LearningRateSchedule))).Except(Runs.Values.Select(r => r.Schedule.GetType())));
    }

    /// <summary>Killed twice, at steps and between checkpoints that are drawn for each run; nothing but the checkpoint outlives a kill.</summary>
    [Theory]
    [MemberData(nameof(AllRuns))]
    public async Task TrainAsync_KilledAtRandomStepsAndResumed_RepeatsEveryLossBitByBit(string run)
    {
        string path = Path.Combine(_folder, "run.checkpoint");
        SeededRandom random = SeededRandom.ForSample(1, Runs.Keys.ToList().IndexOf(run), 0);
        int interval = random.Next(1, 4), firstKill = random.Next(interval, Steps - 2), secondKill = random.Next(firstKill + 1, Steps);
        var whole = new LossRecorder();
        Model expected;
        using (Trainer trainer = CreateTrainer(Runs[run]))
        {
            expected = await trainer.TrainAsync(whole);
        }

        Assert.Equal(Steps, whole.Losses.Count);
        (LossRecorder first, _) = await TrainAsync(from: 0, killedAt: firstKill);
        (LossRecorder second, _) = await TrainAsync(from: firstKill / interval * interval, killedAt: secondKill);
        (LossRecorder last, Model? model) = await TrainAsync(from: secondKill / interval * interval, killedAt: null);
        foreach (KeyValuePair<long, double> loss in first.Losses.Concat(second.Losses).Concat(last.Losses))
        {
            Assert.True(BitConverter.DoubleToInt64Bits(whole.Losses[loss.Key]) == BitConverter.DoubleToInt64Bits(loss.Value), $"Checkpoints every {interval} steps, kills at {firstKill} and {secondKill}: the loss of step {loss.Key} is {loss.Value:R} and was {whole.Losses[loss.Key]:R}.");
        }

        Assert.All(expected.Weights.Names, name => Assert.Equal(expected.Weights[name].Values.ToArray(), model!.Weights[name].Values.ToArray()));

        async Task<(LossRecorder Losses, Model? Model)> TrainAsync(int from, int? killedAt)
        {
            var recorder = new LossRecorder(step => _ = step == killedAt ? throw new KillException() : step);
            using Trainer trainer = CreateTrainer(Runs[run] with { CheckpointPath = path, CheckpointInterval = interval });
            if (from > 0)
            {
                trainer.Resume(path);
            }

            Assert.Equal(from, trainer.Step);
            Task<Model> training = trainer.TrainAsync(recorder);
            if (killedAt is null)
            {
                return (recorder, await training);
            }

            await Assert.ThrowsAsync<KillException>(() => training);
            Assert.Equal(killedAt - from, recorder.Losses.Count);
            return (recorder, null);
        }
    }

    [Fact]
    public async Task TrainAsync_PlateauAndEarlyStopping_FollowTheScores()
    {
        string best = Path.Combine(_folder, "best.safetensors");
        TrainerOptions options = Runs["plateau"] with { BestModelPath = best, EarlyStoppingPatience = 3, Steps = 40, MinimumLearningRate = 0 };
        var rates = new List<double>();
        var scores = new LossRecorder();
        using var trainer = new Trainer(CreateModel(), Sampler(), options);
        await trainer.TrainAsync(new RateRecorder(rates, scores));

        // A rise by 5 dB never comes, so every validation but the first halves the rate, and after three of them without a better score the run ends.
        Assert.Equal([rates[3] / 2, rates[3] / 4], [rates[5], rates[7]]);
        Assert.True(trainer.Step is > 6 and <= 40);
        Assert.True(File.Exists(best));
        Assert.Equal("small", Model.Load(best).Info.Name);
    }

    [Fact]
    public async Task TrainAsync_NetworkThatTakesAMask_LearnsToFillIn()
    {
        var builder = new NetworkBuilder("fill");
        NetworkValue image = builder.Input("image", 3), mask = builder.Input("mask", 1);
        builder.Output("image", image + image.Concat([mask]).Conv2d(16, 5, padding: 2).ReLU().Conv2d(3, 5, padding: 2));
        Network network = builder.Build();
        var model = new Model(network, NetworkWeights.Initialize(network, new SeededRandom(1)), new ModelInfo { Name = "fill", Task = RestorationTask.Inpaint });
        var masks = new PointMaskStrategy(0.3);
        var sampler = new PatchSampler(new SyntheticPictures(5, 3, 48, 56), new BitDepthReduction(8), new PatchSamplerOptions { BatchSize = 4, PatchSizes = [new PatchSize(0, 24)], Masks = masks });
        ValidationImage clean = ValidationImage();
        Mask missing = masks.Create(40, 40, new SeededRandom(1));
        using ImageTensor holed = clean.Clean.Clone();
        MissingPixels.Fill(holed, missing, InitialFill.Zero);
        TrainerOptions options = Options(ComputePrecision.Float32) with
        {
            Steps = 120, LearningRate = 5e-3, WarmupSteps = 5, ValidationInterval = 40,
            Loss = new L1Loss { MissingWeight = 6 },
            Validation = new ValidationSet([new ValidationImage(holed, clean.Clean, missing)]),
        };
        var recorder = new LossRecorder();
        using var trainer = new Trainer(model, sampler, options);
        await trainer.TrainAsync(recorder);
        Assert.True(recorder.Scores[^1] > recorder.Scores[0] + 1, $"PSNR of the missing part went from {recorder.Scores[0]} to {recorder.Scores[^1]} dB.");
    }

    [Fact]
    public async Task TrainAsync_BatchNormalisation_GathersStatisticsAndResumesBitByBit()
    {
        string path = Path.Combine(_folder, "norm.checkpoint"), survivor = Path.Combine(_folder, "norm-survivor.checkpoint");
        TrainerOptions options = Options(ComputePrecision.Float32) with { CheckpointPath = path, CheckpointInterval = 5, Steps = 12, EmaDecay = 0.5 };
        var whole = new LossRecorder(step =>
        {
            if (step == 7)
            {
                File.Copy(path, survivor);
            }
        });
        using (var trainer = new Trainer(Normalised(), Sampler(), options))
        {
            await trainer.TrainAsync(whole);
        }

        var rest = new LossRecorder();
        using var resumed = new Trainer(Normalised(), Sampler(), options);
        resumed.Resume(survivor);
        Model model = await resumed.TrainAsync(rest);

        Assert.Equal(7, rest.Losses.Count);
        Assert.All(rest.Losses, loss => Assert.Equal(whole.Losses[loss.Key], loss.Value));
        Assert.All(model.Weights["norm.running_mean"].Values.ToArray(), value => Assert.NotEqual(0, value));
        Assert.All(model.Weights["norm.running_var"].Values.ToArray(), value => Assert.True(value is > 0 and not 1));
        Assert.Contains(model.Weights["norm.weight"].Values.ToArray(), value => value != 1);

        static Model Normalised()
        {
            var builder = new NetworkBuilder("normalised");
            NetworkValue image = builder.Input("image", 3);
            builder.Output("image", image + image.Conv2d(6, 3, padding: 1).BatchNorm2d(name: "norm").LeakyReLU(0.2f).Conv2d(3, 3, padding: 1));
            Network network = builder.Build();
            return new Model(network, NetworkWeights.Initialize(network, new SeededRandom(1)), new ModelInfo { Name = "normalised", Task = RestorationTask.Denoise });
        }
    }

    [Fact]
    public void Constructor_MaskedNetworkWithoutMasks_SaysWhatToDo()
    {
        var builder = new NetworkBuilder("fill");
        NetworkValue image = builder.Input("image", 3);
        builder.Output("image", image.Concat([builder.Input("mask", 1)]).Conv2d(3, 3, padding: 1));
        Network network = builder.Build();
        var model = new Model(network, NetworkWeights.Initialize(network, new SeededRandom(1)), new ModelInfo { Name = "fill", Task = RestorationTask.Inpaint });
        Assert.Contains(nameof(PatchSamplerOptions.Masks), Assert.Throws<TrainingException>(() => new Trainer(model, Sampler())).Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void Constructor_ExposureOtherThanTheModels_SaysWhatToDo(bool ofModel)
    {
        var builder = new NetworkBuilder("dark");
        builder.Output("image", builder.Input("image", 3).Conv2d(3, 3, padding: 1));
        Network network = builder.Build();
        var model = new Model(network, NetworkWeights.Initialize(network, new SeededRandom(1)), new ModelInfo { Name = "dark", Task = RestorationTask.Brighten, NormalizesExposure = ofModel });
        var sampler = new PatchSampler(new SyntheticPictures(2, 3, 16, 16), null, new PatchSamplerOptions { PatchSizes = [new PatchSize(0, 8)], NormalizesExposure = !ofModel });

        Assert.Contains(nameof(PatchSamplerOptions.NormalizesExposure), Assert.Throws<TrainingException>(() => new Trainer(model, sampler)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task TrainAsync_Cancelled_WritesCheckpointOfThatStepAndResumesExactly()
    {
        string path = Path.Combine(_folder, "cancelled.checkpoint");
        TrainerOptions options = Options(ComputePrecision.Float32) with { CheckpointPath = path };
        var whole = new LossRecorder();
        using (Trainer trainer = CreateTrainer(options with { CheckpointPath = null }))
        {
            await trainer.TrainAsync(whole);
        }

        using var cancellation = new CancellationTokenSource();
        using (Trainer trainer = CreateTrainer(options))
        {
            await Assert.ThrowsAnyAsync<OperationCanceledException>(() => trainer.TrainAsync(new LossRecorder(step => { if (step == 5) { cancellation.Cancel(); } }), cancellation.Token));
        }

        var rest = new LossRecorder();
        using (Trainer trainer = CreateTrainer(options))
        {
            trainer.Resume(path);
            Assert.Equal(5, trainer.Step);
            await trainer.TrainAsync(rest);
        }

        Assert.All(rest.Losses, loss => Assert.Equal(whole.Losses[loss.Key], loss.Value));
        Assert.Equal(Steps - 5, rest.Losses.Count);
    }

    [Fact]
    public async Task TrainAsync_RealTask_LossFallsAndValidationRises()
    {
        ValidationImage picture = ValidationImage();
        var progress = new LossRecorder();
        TrainerOptions options = Options(ComputePrecision.BFloat16) with { Steps = 150, WarmupSteps = 10, LearningRate = 3e-3, Validation = new ValidationSet([picture]), ValidationInterval = 50 };
        using Trainer trainer = CreateTrainer(options);
        await trainer.TrainAsync(progress);
        double first = progress.Losses.Where(l => l.Key <= 20).Average(l => l.Value), last = progress.Losses.Where(l => l.Key > 130).Average(l => l.Value);
        Assert.True(last < 0.6 * first, $"Mean loss went from {first} to {last}; it should fall below 60 %.");
        Assert.Equal(3, progress.Scores.Distinct().Count());
        Assert.True(progress.Scores[^1] > progress.Scores[0] + 1, $"PSNR went from {progress.Scores[0]} to {progress.Scores[^1]} dB.");
    }

    [Fact]
    public async Task TrainAsync_ManySteps_KeepsNoTensorsAlive()
    {
        using Trainer trainer = CreateTrainer(Options(ComputePrecision.BFloat16) with { Steps = 60 });
        var live = new List<long>();
        await trainer.TrainAsync(new LossRecorder(_ => live.Add(DisposeScopeManager.Statistics.ThreadTotalLiveCount)));

        // The first steps create the gradients; from then on the number of live tensors must not move.
        Assert.Equal(live[10], live[^1]);
    }

    [Fact]
    public async Task TrainAsync_LossIsNotANumber_NamesStepAndPictures()
    {
        using var trainer = new Trainer(CreateModel(), new PatchSampler(new SyntheticPictures(3, 3, 40, 40), new Poison(), new PatchSamplerOptions { BatchSize = 2, PatchSizes = [new PatchSize(0, 16)] }), Options(ComputePrecision.Float32));
        var error = await Assert.ThrowsAsync<TrainingException>(() => trainer.TrainAsync());
        Assert.Contains("step 0", error.Message, StringComparison.Ordinal);
        Assert.Contains("picture", error.Message, StringComparison.Ordinal);
        Assert.Contains("learning rate", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task TrainAsync_CheckpointCannotBeWritten_SaysWhatToDo()
    {
        // A file stands where the checkpoint's folder would have to be.
        string blocked = Path.Combine(_folder, "file");
        File.WriteAllText(blocked, string.Empty);
        using Trainer trainer = CreateTrainer(Options(ComputePrecision.Float32) with { CheckpointPath = Path.Combine(blocked, "run.checkpoint"), CheckpointInterval = 2 });
        var error = await Assert.ThrowsAsync<TrainingException>(() => trainer.TrainAsync());
        Assert.Contains("step 2", error.Message, StringComparison.Ordinal);
        Assert.Contains("start again", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Resume_OtherSettings_SaysWhich()
    {
        string path = Path.Combine(_folder, "other.checkpoint");
        using (Trainer trainer = CreateTrainer(Options(ComputePrecision.Float32) with { Steps = 2, CheckpointPath = path }))
        {
            await trainer.TrainAsync();
        }

        using Trainer other = CreateTrainer(Options(ComputePrecision.Float32) with { Steps = 2, LearningRate = 5e-4 });
        Assert.Contains("LearningRate: '0.001' in the checkpoint, '0.0005' in this run", Assert.Throws<TrainingException>(() => other.Resume(path)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Resume_DamagedOrForeignFile_IsModelFormatException()
    {
        string path = Path.Combine(_folder, "damaged.checkpoint");
        using Trainer trainer = CreateTrainer(Options(ComputePrecision.Float32));
        trainer.SaveCheckpoint(path);
        byte[] bytes = File.ReadAllBytes(path);
        File.WriteAllBytes(path, bytes[..(bytes.Length / 2)]);
        Assert.Throws<ModelFormatException>(() => trainer.Resume(path));
        File.WriteAllText(path, "this is no checkpoint at all");
        Assert.Throws<ModelFormatException>(() => trainer.Resume(path));
        CreateModel().Save(path);
        Assert.Throws<ModelFormatException>(() => trainer.Resume(path));
    }

    [Fact]
    public void Constructor_InvalidOptions_ReportsAllErrorsTogether()
    {
        var error = Assert.Throws<ArgumentException>(() => CreateTrainer(new TrainerOptions { Steps = 0, LearningRate = -1, EmaDecay = 1 }));
        Assert.Contains("Steps", error.Message, StringComparison.Ordinal);
        Assert.Contains("LearningRate", error.Message, StringComparison.Ordinal);
        Assert.Contains("EmaDecay", error.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(1, 16, "channel")]
    [InlineData(3, 18, "multiple")]
    public void Constructor_DataThatDoesNotFit_SaysWhatToDo(int channels, int patch, string reason)
    {
        var sampler = new PatchSampler(new SyntheticPictures(2, channels, 40, 40), new GaussianNoise(25), new PatchSamplerOptions { PatchSizes = [new PatchSize(0, patch)] });
        Assert.Contains(reason, Assert.Throws<TrainingException>(() => new Trainer(CreateModel(), sampler)).Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(0, 1e-4)]
    [InlineData(9, 1e-3)]
    [InlineData(10, 1e-3)]
    [InlineData(55, 5.005e-4)]
    [InlineData(100, 1e-6)]
    public void LearningRate_WarmUpThenCosine_IsAsPublished(long step, double expected)
        => Assert.Equal(expected, LearningRateSchedule.At(step, new TrainerOptions { Steps = 100, WarmupSteps = 10 }, []), 1e-9);

    private static TrainerOptions Options(ComputePrecision precision) => new() { Steps = Steps, WarmupSteps = 3, Precision = precision, Threads = 1 };

    internal static Trainer CreateTrainer(TrainerOptions options) => new(CreateModel(), Sampler(), options);

    private static PatchSampler Sampler()
        => new(new SyntheticPictures(5, 3, 48, 56), new GaussianNoise(0, 55), new PatchSamplerOptions { BatchSize = 4, PatchSizes = [new PatchSize(0, 16), new PatchSize(8, 24)], Seed = 5 });

    internal static Model CreateModel()
    {
        var options = new UNetOptions { Channels = [8, 12, 16] };
        Network encoder = UNet.CreateEncoder(options), decoder = UNet.CreateDecoder(options);
        NetworkWeights weights = NetworkWeights.Initialize(Network.Compose("small", encoder, decoder), new SeededRandom(6));
        return new Model(encoder, decoder, weights, new ModelInfo { Name = "small", Task = RestorationTask.Denoise });
    }

    /// <summary>A small critic of patches with one matched feature.</summary>
    private static Network Critic()
    {
        var builder = new NetworkBuilder("critic");
        NetworkValue features = builder.Input("image", 3).Conv2d(6, 4, stride: 2, padding: 1).LeakyReLU(0.2f);
        builder.Output("score", features.Conv2d(1, 4, padding: 1));
        builder.Output("features", features);
        return builder.Build();
    }

    private static ValidationImage ValidationImage()
    {
        ImageTensor clean = ImageTensor.Create(ImageShape.Single(3, 40, 40));
        new SyntheticPictures(9, 3, 64, 64).Read(7, 3, 5, 40, 40, clean.Span);
        ImageTensor degraded = clean.Clone();
        new GaussianNoise(25).Apply(degraded, new SeededRandom(8));
        return new ValidationImage(degraded, clean);
    }

    /// <summary>Ends a run in the middle of its work, without the checkpoint that a cancelled run writes.</summary>
    private sealed class KillException : Exception;

    /// <summary>Writes NaN, as a broken degradation or file might.</summary>
    private sealed class Poison : IDegradation
    {
        public void Apply(ImageTensor image, Random random) => image.Span[0] = float.NaN;
    }

    private sealed class RateRecorder(List<double> rates, IProgress<TrainingProgress> inner) : IProgress<TrainingProgress>
    {
        public void Report(TrainingProgress value)
        {
            rates.Add(value.LearningRate);
            inner.Report(value);
        }
    }

    /// <summary>Called on the training thread itself, unlike <see cref="Progress{T}"/>.</summary>
    private sealed class LossRecorder(Action<long>? onStep = null) : IProgress<TrainingProgress>
    {
        public SortedDictionary<long, double> Losses { get; } = [];

        public List<double> Scores { get; } = [];

        public void Report(TrainingProgress value)
        {
            Losses.Add(value.Step, value.Loss);
            if (value.ValidationPsnr is { } psnr)
            {
                Scores.Add(psnr);
            }

            onStep?.Invoke(value.Step);
        }
    }
}
