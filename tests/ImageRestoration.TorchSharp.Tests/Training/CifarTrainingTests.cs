using ImageRestoration.Data;
using ImageRestoration.Imaging;
using ImageRestoration.Networks;
using ImageRestoration.Networks.Architectures;
using ImageRestoration.Numerics;
using ImageRestoration.Restoration;
using ImageRestoration.TorchSharp;

namespace ImageRestoration.Tests.TorchSharp;

/// <summary>The textbooks' autoencoder as docs/training.md trains it, on files of CIFAR-10's form with pictures made here.</summary>
public sealed class CifarTrainingTests : IDisposable
{
    private const int Side = 32;
    private readonly string _folder = Directory.CreateTempSubdirectory("cifar-training").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public async Task TrainAsync_EpochsOnCifarFiles_ScoreRises()
    {
        for (int batch = 1; batch <= 5; batch++)
        {
            Write($"data_batch_{batch}.bin", first: 24 * batch, count: 24);
        }

        Write("test_batch.bin", first: 0, count: 24);
        CifarSource training = await CifarSource.LoadCifar10Async(_folder), test = await CifarSource.LoadCifar10Async(_folder, CifarSplit.Test);
        Network encoder = ConvAutoencoder.CreateEncoder(filters: 16), decoder = ConvAutoencoder.CreateDecoder(filters: 16);
        NetworkWeights weights = NetworkWeights.Initialize(Network.Compose("autoencoder", encoder, decoder), new SeededRandom(1), new WeightInitialization { Distribution = InitialDistribution.XavierUniform });
        var untrained = new Model(encoder, decoder, weights, new ModelInfo { Name = "autoencoder", Task = RestorationTask.Compress });
        var sampler = new PatchSampler(training, degradation: null, new PatchSamplerOptions { BatchSize = 8, PatchSizes = [new PatchSize(0, Side)], FlipAndRotate = false });
        var scores = new List<double>();
        using var trainer = new Trainer(untrained, sampler, new TrainerOptions
        {
            Epochs = 4,
            Loss = new MeanSquaredErrorLoss(),
            Optimizer = new AdamOptions(),
            LearningRate = 3e-3,
            Schedule = new ConstantSchedule(),
            WarmupSteps = 0,
            EmaDecay = 0,
            Threads = 1,
            Validation = ValidationSet.Create(test, degradation: null, count: 6),
            ValidationInterval = training.Count / 8,
        });
        await trainer.TrainAsync(new Recorder(scores));

        Assert.Equal(4 * 120 / 8, trainer.Step);
        Assert.Equal(4, scores.Count);
        Assert.True(scores[^1] > scores[0] + 1, $"PSNR went from {scores[0]} to {scores[^1]} dB.");
    }

    [Fact]
    public void Create_PairedSource_TakesThePartners()
    {
        var clean = new SyntheticPictures(5, 3, 12, 16);
        ValidationSet set = ValidationSet.Create(new PairedPatchSource(clean, new Shifted(clean)), degradation: null, count: 2);
        Assert.Equal(2, set.Pictures.Count);
        Assert.All(set.Pictures, p => Assert.Equal(p.Clean.Span[7] + 0.25f, p.Degraded.Span[7], 1e-6f));
    }

    private void Write(string name, int first, int count)
    {
        var pictures = new SyntheticPictures(first + count, 3, Side, Side);
        using FileStream file = File.Create(Path.Combine(_folder, name));
        var values = new float[3 * Side * Side];
        for (int i = first; i < first + count; i++)
        {
            pictures.Read(i % 30, 0, 0, Side, Side, values);
            file.WriteByte((byte)(i % 10));
            file.Write([.. values.Select(v => (byte)Math.Clamp(MathF.Round(v * 255), 0, 255))]);
        }
    }

    private sealed class Shifted(IPatchSource source) : IPatchSource
    {
        public int Count => source.Count;

        public int Channels => source.Channels;

        public string NameOf(int index) => source.NameOf(index);

        public (int Height, int Width) SizeOf(int index) => source.SizeOf(index);

        public void Read(int index, int top, int left, int height, int width, Span<float> destination)
        {
            source.Read(index, top, left, height, width, destination);
            foreach (ref float value in destination)
            {
                value += 0.25f;
            }
        }
    }

    private sealed class Recorder(List<double> scores) : IProgress<TrainingProgress>
    {
        public void Report(TrainingProgress value)
        {
            if (value.Validated)
            {
                scores.Add(value.ValidationPsnr!.Value);
            }
        }
    }
}
