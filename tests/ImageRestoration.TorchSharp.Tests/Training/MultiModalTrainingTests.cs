using ImageRestoration.Data;
using ImageRestoration.Degradation;
using ImageRestoration.Imaging;
using ImageRestoration.Networks;
using ImageRestoration.Networks.Architectures;
using ImageRestoration.Numerics;
using ImageRestoration.Restoration;
using ImageRestoration.TorchSharp;

namespace ImageRestoration.Tests.TorchSharp;

public sealed class MultiModalTrainingTests
{
    [Fact]
    public async Task TrainAsync_StackOfColorAndDepth_LowersTheLossAndRestoresFourChannels()
    {
        var stack = new AlignedStackSource(new SyntheticPictures(4, 3, 40, 40), new SyntheticPictures(4, 1, 40, 40));
        var sampler = new PatchSampler(stack, new GaussianNoise(25), new PatchSamplerOptions { BatchSize = 4, PatchSizes = [new PatchSize(0, 24)], Seed = 3, Threads = 2 });
        var network = new UNetOptions { ImageChannels = 4, Channels = [8, 12] };
        Network encoder = UNet.CreateEncoder(network), decoder = UNet.CreateDecoder(network);
        NetworkWeights weights = NetworkWeights.Initialize(Network.Compose("color and depth", encoder, decoder), new SeededRandom(6));
        var model = new Model(encoder, decoder, weights, new ModelInfo { Name = "color and depth", Task = RestorationTask.Denoise });
        using ImageTensor clean = ImageTensor.Create(ImageShape.Single(4, 40, 40));
        stack.Read(2, 0, 0, 40, 40, clean.Span);
        using ImageTensor degraded = clean.Clone();
        new GaussianNoise(25).Apply(degraded, new SeededRandom(8));
        var losses = new List<double>();
        using var trainer = new Trainer(model, sampler, new TrainerOptions
        {
            Steps = 60,
            WarmupSteps = 3,
            LearningRate = 3e-3,
            Threads = 1,
            Validation = new ValidationSet([new ValidationImage(degraded, clean)]),
            ValidationInterval = 30,
        });
        Model trained = await trainer.TrainAsync(new Recorder(losses));

        // Seeds are fixed: mean losses of the first and the last ten steps.
        Assert.True(losses.TakeLast(10).Average() < 0.7 * losses.Take(10).Average(), $"The loss went from {losses.Take(10).Average()} to {losses.TakeLast(10).Average()}.");
        using var restorer = new TorchRestorer(trained);
        using RestorationResult result = await restorer.RestoreAsync(new RestorationRequest(degraded));
        Assert.Equal(clean.Shape, result.Image.Shape);
    }

    private sealed class Recorder(List<double> losses) : IProgress<TrainingProgress>
    {
        public void Report(TrainingProgress value) => losses.Add(value.Loss);
    }
}
