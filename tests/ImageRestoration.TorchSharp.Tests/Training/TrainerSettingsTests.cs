using System.Collections.Immutable;
using System.Globalization;
using System.Reflection;
using ImageRestoration.Data;
using ImageRestoration.Degradation;
using ImageRestoration.Networks;
using ImageRestoration.Numerics;
using ImageRestoration.Restoration;
using ImageRestoration.Tests.Conformance;
using ImageRestoration.TorchSharp;

namespace ImageRestoration.Tests.TorchSharp;

/// <summary>What a checkpoint notes of its run, and which runs may go on from it.</summary>
public sealed class TrainerSettingsTests : IDisposable
{
    /// <summary>Where the run is computed, and what is written or told on the way.</summary>
    private static readonly string[] _withoutInfluence =
    [
        nameof(TrainerOptions.Device),
        nameof(TrainerOptions.Threads),
        nameof(TrainerOptions.CheckpointPath),
        nameof(TrainerOptions.CheckpointInterval),
        nameof(TrainerOptions.BestModelPath), nameof(TrainerOptions.OnValidated),
    ];

    private readonly string _folder = Directory.CreateTempSubdirectory("trainer-settings").FullName;

    public static TheoryData<string> Options => [.. typeof(TrainerOptions).GetProperties().Select(p => p.Name)];

    private static IDescribed[] Described =>
    [
        new AdamOptions(), new AdamWOptions(), new MuonOptions(), new SgdOptions(),
        new ConstantSchedule(), new CosineSchedule(), new OneCycleSchedule(), new PlateauSchedule(), new StepSchedule(),
    ];

    private static Dictionary<string, Func<object>> OneLiners => new Func<object>[]
    {
        () => new BinaryCrossEntropyLoss(),
        () => new CharbonnierLoss(),
        () => new EdgeLoss(),
        () => new FocalFrequencyLoss(),
        () => new L1Loss(),
        () => new MeanSquaredErrorLoss(),
        () => new MsSsimLoss(),
        () => new PsnrLoss(),
        () => new SsimLoss(),
        () => new TotalVariationLoss(),
        () => new WeightedSumLoss(new LossTerm(new L1Loss())),
        () => new PerceptualLoss(Features(), Weights(1)),
        () => new TextureLoss(Features(), Weights(1)),
        () => new RestorationObjective(),
        () => new Neighbor2NeighborObjective(),
        () => new VariationalObjective(),
        () => new AdversarialObjective(Critic(4)),
    }.ToDictionary(create => create().GetType().Name, StringComparer.Ordinal);

    public static TheoryData<string> OneLinerNames => [.. OneLiners.Keys];

    [Fact]
    public void Examples_OfOptimisersSchedulesLossesAndObjectives_AreAll()
    {
        Type[] bases = [typeof(OptimizerOptions), typeof(LearningRateSchedule), typeof(Loss), typeof(TrainingObjective)];
        IEnumerable<string> known = typeof(Trainer)
            .Assembly.GetTypes()
            .Where(t => !t.IsAbstract && Array.Exists(bases, t.IsSubclassOf))
            .Select(t => t.Name);
        Assert.Equal(
            known.Order(StringComparer.Ordinal),
            Described.Select(d => d.GetType().Name).Concat(OneLiners.Keys).Order(StringComparer.Ordinal));
    }

    [Fact]
    public void Describe_EveryOptionOfOptimisersAndSchedules_Differs()
    {
        foreach (Type type in Described.Select(d => d.GetType()))
        {
            string expected = SettingList.Line(Create(type));
            Assert.All(type.GetProperties().Where(p => p.CanWrite), property =>
            {
                IDescribed other = Create(type);
                property.SetValue(other, OtherValue.Of(property.PropertyType, property.GetValue(other)));
                Assert.Contains($"{property.Name} = ", expected, StringComparison.Ordinal);
                Assert.NotEqual(expected, SettingList.Line(other));
            });
        }

        static IDescribed Create(Type type) => (IDescribed)Activator.CreateInstance(type)!;
    }

    [Theory]
    [MemberData(nameof(OneLinerNames))]
    public void Description_EverySettingOfLossesAndObjectives_Differs(string name)
    {
        Func<object> create = OneLiners[name];
        string expected = create().ToString()!;
        Assert.Equal(expected, create().ToString());
        Assert.All(create().GetType().GetProperties().Where(p => p.CanWrite), property =>
        {
            object other = create();
            property.SetValue(other, property.Name switch
            {
                nameof(FeatureLoss.OutputWeights) => ImmutableArray.Create(0.25),
                nameof(FeatureLoss.Mean) or nameof(FeatureLoss.StandardDeviation) => ImmutableArray.Create(0.25, 0.5, 0.75),
                nameof(AdversarialObjective.Optimizer) => new AdamOptions { Beta1 = 0.25 },
                _ => OtherValue.Of(property.PropertyType, property.GetValue(other)),
            });
            Assert.NotEqual(expected, other.ToString());
        });
    }

    [Fact]
    public void Description_OtherNetworksAndWeightsWithin_Differ()
    {
        Assert.NotEqual(new PerceptualLoss(Features(), Weights(1)).Description, new PerceptualLoss(Features(), Weights(2)).Description);
        Assert.NotEqual(new AdversarialObjective(Critic(4)).Description, new AdversarialObjective(Critic(6)).Description);

        // As many parameters, otherwise connected.
        Assert.NotEqual(new AdversarialObjective(Critic(4)).Description, new AdversarialObjective(Critic(4, slope: 0.1f)).Description);
        LossTerm[] terms =
        [
            new(new L1Loss(), 2),
            new(new SsimLoss()),
            new(new L1Loss()) { FinalWeight = 2, ToStep = 5 },
            new(new L1Loss()) { FinalWeight = 2, ToStep = 9 },
            new(new L1Loss()) { FinalWeight = 2, FromStep = 1, ToStep = 9 },
        ];
        Assert.Distinct(terms.Select(term => new WeightedSumLoss(term).Description));
    }

    [Theory]
    [MemberData(nameof(Options))]
    public void Resume_OneOptionDiffers_IsRefusedWhereItChangesTheRun(string option)
    {
        // With everything that scores and losses decide, so that every option counts.
        TrainerOptions options = SmallRun.Options with
        {
            Validation = SmallRun.Validation(),
            Schedule = new PlateauSchedule(),
            EarlyStoppingPatience = 9,
            ConvergenceTolerance = 0.01,
            LossScale = 1024,
        };
        PropertyInfo property = typeof(TrainerOptions).GetProperty(option)!;
        TrainerOptions other = options with { };
        property.SetValue(other, option switch
        {
            nameof(TrainerOptions.Loss) => new L1Loss(),
            nameof(TrainerOptions.Objective) => new Neighbor2NeighborObjective(),
            nameof(TrainerOptions.Optimizer) => new AdamOptions(),
            nameof(TrainerOptions.Schedule) => new PlateauSchedule { Factor = 0.25 },
            nameof(TrainerOptions.Validation) => SmallRun.Validation(2),
            nameof(TrainerOptions.OnValidated) => (Action<ValidationReport>)(_ => { }),
            nameof(TrainerOptions.Device) => "cpu:0",
            nameof(TrainerOptions.Epochs) => 3.0,
            nameof(TrainerOptions.Precision) => ComputePrecision.BFloat16,
            _ => OtherValue.Of(property.PropertyType, property.GetValue(options)),
        });
        string path = Checkpoint(() => SmallRun.Create(options));
        using Trainer trainer = SmallRun.Create(other);
        Exception? refusal = Record.Exception(() => trainer.Resume(path));
        if (_withoutInfluence.Contains(option))
        {
            Assert.Null(refusal);
        }
        else
        {
            string name = option == nameof(TrainerOptions.Epochs) ? nameof(TrainerOptions.Steps) : option;
            Assert.Contains($" {name}", Assert.IsType<TrainingException>(refusal).Message, StringComparison.Ordinal);
        }
    }

    [Fact]
    public void Resume_OptionsThatNothingGoesBy_AreNoMatter()
    {
        string path = Checkpoint(() => SmallRun.Create(SmallRun.Options));
        using Trainer trainer = SmallRun.Create(
            SmallRun.Options with { Validation = SmallRun.Validation(), ValidationInterval = 3, ConvergenceWindow = 7 });
        trainer.Resume(path);
        Assert.Equal(0, trainer.Step);
    }

    [Fact]
    public void Resume_AnotherDegradationScaleOrPictureSet_NamesEachDifference()
    {
        string path = Checkpoint(() => Create(new GaussianNoise(0, 12.5)));
        using (Trainer same = Create(new GaussianNoise(0, 12.5)))
        {
            same.Resume(path);
        }

        AssertRefused(Create(new GaussianNoise(0, 25)), "Degradation.MaximumSigma: '12.5' in the checkpoint, '25' in this run");
        AssertRefused(Create(new SpeckleNoise(0.1)), "Degradation: 'GaussianNoise' in the checkpoint, 'SpeckleNoise' in this run");
        AssertRefused(Create(new BitDepthReduction(4)), "Degradation.MaximumSigma: '12.5' in the checkpoint, not there in this run");
        AssertRefused(Create(null), "Degradation: 'GaussianNoise' in the checkpoint, 'none' in this run");
        AssertRefused(Create(new GaussianNoise(0, 12.5), scale: 0.5), "MinimumScale: '1' in the checkpoint, '0.5' in this run");
        AssertRefused(
            Create(new GaussianNoise(0, 12.5), new SyntheticPictures(4, 3, 48, 56)), "Pictures: '5' in the checkpoint, '4' in this run");
        AssertRefused(Create(new GaussianNoise(0, 12.5), new SyntheticPictures(5, 3, 48, 60)), "Pictures.Content: ");
        AssertRefused(
            Create(new GaussianNoise(0, 25), scale: 0.5), "MaximumSigma: ", "MinimumScale: ", "start a new run", "checkpoint's values");

        void AssertRefused(Trainer trainer, params string[] reasons)
        {
            using (trainer)
            {
                string message = Assert.Throws<TrainingException>(() => trainer.Resume(path)).Message;
                Assert.All(reasons, reason => Assert.Contains(reason, message, StringComparison.Ordinal));
            }
        }
    }

    [Theory]
    [InlineData("", true)]
    [InlineData("activation", false)]
    [InlineData("initial weights", true)]
    public void Resume_AnotherNetwork_IsRefused(string change, bool accepted)
    {
        string path = Checkpoint(() => new Trainer(Model(0.1f, 1), SmallRun.Sampler(), SmallRun.Options));
        using var trainer = new Trainer(
            Model(change == "activation" ? 0.2f : 0.1f, change == "initial weights" ? 2u : 1), SmallRun.Sampler(), SmallRun.Options);
        Exception? refusal = Record.Exception(() => trainer.Resume(path));
        Assert.Equal(accepted, refusal is null);
        Assert.True(accepted || refusal is TrainingException e && e.Message.Contains("Network: 'leaky of", StringComparison.Ordinal));

        static Model Model(float slope, ulong seed)
        {
            var builder = new NetworkBuilder("leaky");
            builder.Output("image", builder.Input("image", 3).Conv2d(4, 3, padding: 1).LeakyReLU(slope).Conv2d(3, 3, padding: 1));
            Network network = builder.Build();
            return new Model(
                network,
                NetworkWeights.Initialize(network, new SeededRandom(seed)),
                new ModelInfo { Name = "leaky", Task = RestorationTask.Denoise });
        }
    }

    /// <summary>A checkpoint of one culture belongs to the same run in every other, with the losses of that run.</summary>
    [Fact]
    public async Task Resume_InAnotherCulture_GoesOnAsInTheFirst()
    {
        foreach (CultureInfo culture in Cultures.All)
        {
            await AssertGoesOnAsync(culture, CultureInfo.InvariantCulture);
            await AssertGoesOnAsync(CultureInfo.InvariantCulture, culture);
        }
    }

    [Fact]
    public void Resume_CheckpointOfAnEarlierVersion_IsRefusedAndItsWeightsAreRead()
    {
        string path = Checkpoint(() => SmallRun.Create(SmallRun.Options)), old = Path.Combine(_folder, "old.checkpoint");
        SafeTensorsFile file;
        using (FileStream stream = File.OpenRead(path))
        {
            file = SafeTensorsFile.Read(stream);
        }

        Dictionary<string, string> metadata = file.Metadata.Where(m => !m.Key.StartsWith("setting/", StringComparison.Ordinal))
            .ToDictionary();
        metadata["format"] = "image-restoration-checkpoint-1";
        metadata["fingerprint"] = "network=small\nsteps=12";
        using (FileStream stream = File.Create(old))
        {
            new SafeTensorsFile(file.Tensors, metadata).Write(stream);
        }

        using Trainer trainer = SmallRun.Create(SmallRun.Options);
        string message = Assert.Throws<TrainingException>(() => trainer.Resume(old)).Message;
        Assert.Contains("earlier version", message, StringComparison.Ordinal);
        Assert.Contains(nameof(TrainingCheckpoint.ReadWeights), message, StringComparison.Ordinal);
        TrainingCheckpoint.ReadWeights(old).ThrowIfNotFor(SmallRun.Model().Network);
    }

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    private static Trainer Create(IDegradation? degradation, IPatchSource? pictures = null, double scale = 1) => new(
        SmallRun.Model(),
        new PatchSampler(
            pictures ?? new SyntheticPictures(5, 3, 48, 56),
            degradation,
            new PatchSamplerOptions { PatchSizes = [new PatchSize(0, 16)], MinimumScale = scale }),
        SmallRun.Options);

    private static Network Features()
    {
        var builder = new NetworkBuilder("features");
        builder.Output("features", builder.Input("image", 3).Conv2d(4, 3, padding: 1));
        return builder.Build();
    }

    private static NetworkWeights Weights(ulong seed) => NetworkWeights.Initialize(Features(), new SeededRandom(seed));

    private static Network Critic(int channels, float slope = 0.2f)
    {
        var builder = new NetworkBuilder("critic");
        builder.Output(
            "score", builder.Input("image", 3).Conv2d(channels, 4, stride: 2, padding: 1).LeakyReLU(slope).Conv2d(1, 4, padding: 1));
        return builder.Build();
    }

    private async Task AssertGoesOnAsync(CultureInfo first, CultureInfo second)
    {
        string path = Path.Combine(_folder, "culture.checkpoint");
        var seed = new PatchSamplerOptions { BatchSize = 4, PatchSizes = [new PatchSize(0, 16)], Seed = -5 };
        TrainerOptions options = SmallRun.Options with
        {
            Steps = 6,
            CheckpointPath = path,
            LearningRate = 1.5e-4,
            Optimizer = new AdamWOptions { WeightDecay = 0.015 },
            Schedule = new PlateauSchedule { Factor = 0.25 },
            Validation = SmallRun.Validation(),
            ValidationInterval = 2,
            ConvergenceTolerance = 0.001,
            ConvergenceWindow = 2,
            LossScale = 1024,
            Objective = new AdversarialObjective(Critic(4)), Loss = new WeightedSumLoss(new LossTerm(new CharbonnierLoss(), 0.5)),
        };
        var whole = new SmallRun.Recorder();
        await Cultures.In(first, () => Create(options with { CheckpointPath = null })).TrainAsync(whole);
        using (Trainer trainer = Cultures.In(first, () => Create(options)))
        {
            using var cancellation = new CancellationTokenSource();
            var stop = new CancelAt(3, cancellation);
            await Assert.ThrowsAnyAsync<OperationCanceledException>(
                () => Cultures.In(first, () => trainer.TrainAsync(stop, cancellation.Token)));
        }

        using Trainer resumed = Cultures.In(second, () => Create(options));
        Cultures.In(second, () =>
        {
            resumed.Resume(path);
            return true;
        });
        var rest = new SmallRun.Recorder();
        await Cultures.In(second, () => resumed.TrainAsync(rest));
        Assert.Equal(whole.Steps.Skip(3).Select(s => s.Loss), rest.Steps.Select(s => s.Loss));

        Trainer Create(TrainerOptions options) => new(
            SmallRun.Model(), new PatchSampler(new SyntheticPictures(5, 3, 48, 56), new GaussianNoise(0, 12.5), seed), options);
    }

    /// <summary>The path of a checkpoint of a run that has not begun.</summary>
    private string Checkpoint(Func<Trainer> create)
    {
        string path = Path.Combine(_folder, "run.checkpoint");
        using Trainer trainer = create();
        trainer.SaveCheckpoint(path);
        return path;
    }

    private sealed class CancelAt(long step, CancellationTokenSource cancellation) : IProgress<TrainingProgress>
    {
        public void Report(TrainingProgress value)
        {
            if (value.Step == step)
            {
                cancellation.Cancel();
            }
        }
    }
}
