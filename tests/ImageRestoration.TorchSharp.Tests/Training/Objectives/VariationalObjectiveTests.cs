using ImageRestoration.Data;
using ImageRestoration.Degradation;
using ImageRestoration.Networks;
using ImageRestoration.Networks.Architectures;
using ImageRestoration.Numerics;
using ImageRestoration.Restoration;
using ImageRestoration.TorchSharp;
using TorchSharp;
using static TorchSharp.torch;

namespace ImageRestoration.Tests.TorchSharp;

public sealed class VariationalObjectiveTests : IDisposable
{
    private const int Classes = 3;
    private readonly string _folder = Directory.CreateTempSubdirectory("variational-tests").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public void Divergence_OfGivenDistributions_IsTheClosedForm()
    {
        using DisposeScope scope = NewDisposeScope();

        // Two pictures, two channels of two pixels. KL(N(m, s²) ‖ N(0, 1)) = (m² + s² − 1 − ln s²) / 2.
        Tensor mean = TorchTensors.ToTorch([0, 0, 1, -2, 0, 0, 0.5f, 0], [2, 2, 1, 2], CPU);
        Tensor logVariance = TorchTensors.ToTorch([0, 0, 0, 0, MathF.Log(4), 0, 0, MathF.Log(0.25f)], [2, 2, 1, 2], CPU);
        double first = (4 - 1 - Math.Log(4)) / 2, second = 0.5 + 2 + 0.125 + ((0.25 - 1 - Math.Log(0.25)) / 2);

        Tensor divergence = VariationalObjective.Divergence(mean, logVariance);

        Assert.Equal([2L], divergence.shape);
        Assert.Equal(first / 2, divergence[0].item<float>(), 1e-6);
        Assert.Equal(second / 2, divergence[1].item<float>(), 1e-6);
    }

    [Fact]
    public void Divergence_Float64_GradientEqualsDifferences()
    {
        const double h = 1e-5;
        using DisposeScope scope = NewDisposeScope();
        Tensor mean = Random(1), logVariance = Random(2);
        Tensor meanLeaf = mean.clone().requires_grad_(), varianceLeaf = logVariance.clone().requires_grad_();
        VariationalObjective.Divergence(meanLeaf, varianceLeaf).sum().backward();
        for (int i = 0; i < 12; i++)
        {
            (long n, long c, long x) = (i / 6, i / 2 % 3, i % 2);
            double ofMean = (At(h, 0) - At(-h, 0)) / (2 * h), ofVariance = (At(0, h) - At(0, -h)) / (2 * h);
            Assert.Equal(ofMean, meanLeaf.grad![n, c, 0, x].item<double>(), 1e-8);
            Assert.Equal(ofVariance, varianceLeaf.grad![n, c, 0, x].item<double>(), 1e-8);

            double At(double meanStep, double varianceStep)
                => VariationalObjective.Divergence(mean + Step(i, meanStep), logVariance + Step(i, varianceStep)).sum().item<double>();
        }
    }

    [Fact]
    public void Charged_FreeBits_ChannelsBelowThemCostThemAndHaveNoGradient()
    {
        using DisposeScope scope = NewDisposeScope();
        Tensor divergence = TorchTensors.ToTorch([0.1f, 0.5f, 2], [3], CPU).requires_grad_();

        Tensor charged = new VariationalObjective { FreeBits = 0.25 }.Charged(divergence);
        charged.sum().backward();

        Assert.Equal([0.25f, 0.5f, 2], Enumerable.Range(0, 3).Select(i => charged[i].item<float>()));
        Assert.Equal([0, 1f, 1], Enumerable.Range(0, 3).Select(i => divergence.grad![i].item<float>()));
    }

    [Theory]
    [InlineData(0, ComputePrecision.Float32)]
    [InlineData(Classes, ComputePrecision.BFloat16)]
    public async Task TrainAsync_KilledAndResumed_RepeatsEveryLossBitByBit(int classes, ComputePrecision precision)
    {
        string path = Path.Combine(_folder, "run.checkpoint"), survivor = Path.Combine(_folder, "survivor.checkpoint");
        TrainerOptions options = Options(new VariationalObjective { Beta = 2, WarmupSteps = 6, FreeBits = 0.01 }) with
        {
            Steps = 12, Precision = precision, CheckpointPath = path, CheckpointInterval = 4, GradientAccumulation = 2,
        };
        var whole = new Recorder(step =>
        {
            if (step == 6)
            {
                File.Copy(path, survivor);
            }
        });
        Model expected;
        using (Trainer trainer = CreateTrainer(options, classes))
        {
            expected = await trainer.TrainAsync(whole);
        }

        var rest = new Recorder();
        using Trainer resumed = CreateTrainer(options, classes);
        resumed.Resume(survivor);
        Assert.Equal(4, resumed.Step);
        Model model = await resumed.TrainAsync(rest);

        Assert.Equal(8, rest.Losses.Count);
        Assert.Equal(whole.Losses.Skip(4).Select(BitConverter.DoubleToInt64Bits), rest.Losses.Select(BitConverter.DoubleToInt64Bits));
        Assert.All(expected.Network.Parameters, p => Assert.Equal(expected.Weights[p.Name].Values.ToArray(), model.Weights[p.Name].Values.ToArray()));
    }

    [Fact]
    public async Task TrainAsync_RealTask_BoundRisesAndAllParametersLearn()
    {
        var recorder = new Recorder();
        using Trainer trainer = CreateTrainer(Options(new VariationalObjective { Beta = 0.001, WarmupSteps = 20 }) with { Loss = new MeanSquaredErrorLoss(), Steps = 250, LearningRate = 3e-3, EmaDecay = 0 }, Classes);
        Model start = trainer.GetModel(), model = await trainer.TrainAsync(recorder);

        // The loss is the reconstruction plus β times the divergence for each of 8×8×3 values, once the warm-up is over.
        IReadOnlyDictionary<string, double> terms = recorder.Terms[^1];
        Assert.Equal(terms["reconstruction"] + (0.001 * terms["kl"] / 192), recorder.Losses[^1], 1e-6);
        Assert.True(terms["kl"] > 0.1, $"The latent carries {terms["kl"]} nats.");
        double first = recorder.Terms.Take(10).Average(t => t["reconstruction"]), last = recorder.Terms.TakeLast(10).Average(t => t["reconstruction"]);
        Assert.True(last < 0.7 * first, $"The mean squared error went from {first} to {last}; it should fall below 70 %.");
        Assert.All(model.Network.Parameters, p => Assert.NotEqual(start.Weights[p.Name].Values.ToArray(), model.Weights[p.Name].Values.ToArray()));
    }

    [Fact]
    public async Task TrainAsync_ManySteps_KeepsNoTensorsAlive()
    {
        var live = new List<long>();
        using Trainer trainer = CreateTrainer(Options(new VariationalObjective { FreeBits = 0.1 }) with { Steps = 30 }, Classes);
        await trainer.TrainAsync(new Recorder(_ => live.Add(DisposeScopeManager.Statistics.ThreadTotalLiveCount)));

        Assert.Equal(live[10], live[^1]);
    }

    [Fact]
    public void Constructor_ModelsAndDataThatDoNotFit_SayWhy()
    {
        TrainerOptions options = Options(new VariationalObjective());
        Network unet = UNet.Create(new UNetOptions { Channels = [2, 3] });
        var whole = new Model(unet, NetworkWeights.Initialize(unet, new SeededRandom(1)), new ModelInfo { Name = "whole", Task = RestorationTask.Denoise });

        Assert.Contains("'whole' is one network", Message(whole, Sampler(0)), StringComparison.Ordinal);
        Assert.Contains("A variational one makes 'latent' and 'logvar'", Message(Plain(), Sampler(0)), StringComparison.Ordinal);
        Assert.Contains("takes 'label' of 3 channels, and the sampler's pictures have no classes", Message(CreateModel(Classes), Sampler(0)), StringComparison.Ordinal);
        Assert.Contains("have 5 classes", Message(CreateModel(Classes), Sampler(5)), StringComparison.Ordinal);
        Assert.Contains("multiple of 4×4", Message(CreateModel(0), Sampler(0, size: 6)), StringComparison.Ordinal);

        string Message(Model model, PatchSampler sampler) => Assert.Throws<TrainingException>(() => new Trainer(model, sampler, options)).Message;

        static Model Plain()
        {
            Network encoder = ConvAutoencoder.CreateEncoder(), decoder = ConvAutoencoder.CreateDecoder();
            return new Model(encoder, decoder, NetworkWeights.Initialize(Network.Compose("plain", encoder, decoder), new SeededRandom(1)), new ModelInfo { Name = "plain", Task = RestorationTask.Compress });
        }
    }

    [Fact]
    public async Task Validation_OfAModelWithClasses_IsRefusedBeforeTraining()
    {
        using var picture = ImageRestoration.Imaging.ImageTensor.Create(new(1, 3, 8, 8));
        TrainerOptions options = Options(new VariationalObjective()) with { Validation = new ValidationSet([new ValidationImage(picture, picture)]), Steps = 2 };

        Assert.Contains("'label' (3 channels)", Assert.Throws<TensorShapeException>(() => CreateTrainer(options, Classes)).Message, StringComparison.Ordinal);
        var recorder = new Recorder();
        using Trainer trainer = CreateTrainer(options with { ValidationInterval = 1 }, 0);
        await trainer.TrainAsync(recorder); // Without classes the reconstruction of the mean is scored.
        Assert.Equal(2, recorder.Losses.Count);
    }

    [Fact]
    public void Options_OutOfRange_AreRefused()
    {
        Assert.Throws<ArgumentOutOfRangeException>("Beta", () => new VariationalObjective { Beta = -1 });
        Assert.Throws<ArgumentOutOfRangeException>("FreeBits", () => new VariationalObjective { FreeBits = double.NaN });
        Assert.Throws<ArgumentOutOfRangeException>("value", () => new VariationalObjective { WarmupSteps = -1 });
    }

    private static TrainerOptions Options(VariationalObjective objective)
        => new() { Objective = objective, Loss = new BinaryCrossEntropyLoss(), WarmupSteps = 3, Precision = ComputePrecision.Float32, Threads = 1 };

    private static Trainer CreateTrainer(TrainerOptions options, int classes) => new(CreateModel(classes), Sampler(classes), options);

    private static PatchSampler Sampler(int classes, int size = 8)
    {
        IPatchSource pictures = classes == 0 ? new SyntheticPictures(6, 3, 16, 16) : new Labelled(new SyntheticPictures(6, 3, 16, 16), classes);
        return new PatchSampler(pictures, new BitDepthReduction(8), new PatchSamplerOptions { BatchSize = 4, PatchSizes = [new PatchSize(0, size)], Seed = 2 });
    }

    private static Model CreateModel(int classes)
    {
        var options = new VariationalAutoencoderOptions { Channels = [4, 6, 8], LatentChannels = 5, Classes = classes };
        return new Model(
            VariationalAutoencoder.CreateEncoder(options),
            VariationalAutoencoder.CreateDecoder(options),
            NetworkWeights.Initialize(VariationalAutoencoder.Create(options), new SeededRandom(1)),
            new ModelInfo { Name = "vae", Task = RestorationTask.Generate });
    }

    private static Tensor Random(ulong seed)
    {
        var values = new float[12];
        new SeededRandom(seed).NextGaussian(values);
        return TorchTensors.ToTorch(values, [2, 3, 1, 2], CPU).to(ScalarType.Float64);
    }

    /// <summary>A step at one of the twelve values.</summary>
    private static Tensor Step(int index, double step)
    {
        var values = new float[12];
        values[index] = 1;
        return TorchTensors.ToTorch(values, [2, 3, 1, 2], CPU).to(ScalarType.Float64) * step;
    }

    private sealed class Recorder(Action<long>? afterStep = null) : IProgress<TrainingProgress>
    {
        public List<double> Losses { get; } = [];

        public List<IReadOnlyDictionary<string, double>> Terms { get; } = [];

        public void Report(TrainingProgress value)
        {
            Losses.Add(value.Loss);
            Terms.Add(value.Terms);
            afterStep?.Invoke(value.Step);
        }
    }

    private sealed class Labelled(IPatchSource pictures, int classes) : ILabelledPatchSource
    {
        public int ClassCount => classes;

        public int Count => pictures.Count;

        public int Channels => pictures.Channels;

        public int LabelOf(int index) => index % classes;

        public string NameOf(int index) => pictures.NameOf(index);

        public (int Height, int Width) SizeOf(int index) => pictures.SizeOf(index);

        public void Read(int index, int top, int left, int height, int width, Span<float> destination) => pictures.Read(index, top, left, height, width, destination);
    }
}
