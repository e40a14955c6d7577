using ImageRestoration.Data;
using ImageRestoration.Degradation;
using ImageRestoration.Imaging;
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

    [Theory]
    [InlineData(ComputePrecision.Float32)]
    [InlineData(ComputePrecision.BFloat16)]
    public async Task TrainAsync_KilledAtARandomStepAndResumed_RepeatsEveryLossBitByBit(ComputePrecision precision)
    {
        string path = Path.Combine(_folder, "run.checkpoint"), survivor = Path.Combine(_folder, "survivor.checkpoint");
        TrainerOptions options = Options(precision) with { CheckpointPath = path, CheckpointInterval = 3 };
        var whole = new LossRecorder();
        using (Trainer trainer = CreateTrainer(options))
        {
            await trainer.TrainAsync(whole);
        }

        // The kill: what lies on disk at that moment is all that survives. Later files of the killed run are ignored.
        File.Delete(path);
        int killedAt = new SeededRandom((ulong)precision).Next(4, Steps);
        using (Trainer killed = CreateTrainer(options))
        {
            await killed.TrainAsync(new LossRecorder(step =>
            {
                if (step == killedAt)
                {
                    File.Copy(path, survivor);
                }
            }));
        }

        var resumed = new LossRecorder();
        Model model;
        using (Trainer trainer = CreateTrainer(options))
        {
            trainer.Resume(survivor);
            Assert.Equal(killedAt / 3 * 3, trainer.Step);
            model = await trainer.TrainAsync(resumed);
        }

        Assert.Equal(Steps, whole.Losses.Count);
        Assert.Equal(Steps - (killedAt / 3 * 3), resumed.Losses.Count);
        Assert.All(resumed.Losses, loss => Assert.Equal(BitConverter.DoubleToInt64Bits(whole.Losses[loss.Key]), BitConverter.DoubleToInt64Bits(loss.Value)));
        using Trainer again = CreateTrainer(options);
        again.Resume(path);
        Assert.Equal(again.GetModel().Weights["encoder.head.weight"].Values.ToArray(), model.Weights["encoder.head.weight"].Values.ToArray());
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
        (ImageTensor Degraded, ImageTensor Clean) pair = ValidationPair();
        var progress = new LossRecorder();
        TrainerOptions options = Options(ComputePrecision.BFloat16) with { Steps = 150, WarmupSteps = 10, LearningRate = 3e-3, Validation = new ValidationSet([pair]), ValidationInterval = 50 };
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
        Assert.Contains("learning-rate=", Assert.Throws<TrainingException>(() => other.Resume(path)).Message, StringComparison.Ordinal);
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
        => Assert.Equal(expected, LearningRateSchedule.At(step, new TrainerOptions { Steps = 100, WarmupSteps = 10 }), 1e-9);

    private static TrainerOptions Options(ComputePrecision precision) => new() { Steps = Steps, WarmupSteps = 3, Precision = precision, Threads = 2 };

    private static Trainer CreateTrainer(TrainerOptions options)
        => new(CreateModel(), new PatchSampler(new SyntheticPictures(5, 3, 48, 56), new GaussianNoise(0, 55), new PatchSamplerOptions { BatchSize = 4, PatchSizes = [new PatchSize(0, 16), new PatchSize(8, 24)], Seed = 5 }), options);

    private static Model CreateModel()
    {
        var options = new UNetOptions { Channels = [8, 12, 16] };
        Network encoder = UNet.CreateEncoder(options), decoder = UNet.CreateDecoder(options);
        NetworkWeights weights = NetworkWeights.Initialize(Network.Compose("small", encoder, decoder), new SeededRandom(6));
        return new Model(encoder, decoder, weights, new ModelInfo { Name = "small", Task = RestorationTask.Denoise });
    }

    private static (ImageTensor Degraded, ImageTensor Clean) ValidationPair()
    {
        ImageTensor clean = ImageTensor.Create(ImageShape.Single(3, 40, 40));
        new SyntheticPictures(9, 3, 64, 64).Read(7, 3, 5, 40, 40, clean.Span);
        ImageTensor degraded = clean.Clone();
        new GaussianNoise(25).Apply(degraded, new SeededRandom(8));
        return (degraded, clean);
    }

    /// <summary>Writes NaN, as a broken degradation or file might.</summary>
    private sealed class Poison : IDegradation
    {
        public void Apply(ImageTensor image, Random random) => image.Span[0] = float.NaN;
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
