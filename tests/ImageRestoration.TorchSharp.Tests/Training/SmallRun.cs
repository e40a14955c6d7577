using ImageRestoration.Data;
using ImageRestoration.Degradation;
using ImageRestoration.Imaging;
using ImageRestoration.Networks;
using ImageRestoration.Numerics;
using ImageRestoration.Restoration;
using ImageRestoration.TorchSharp;

namespace ImageRestoration.Tests.TorchSharp;

/// <summary>A run of a few thousand parameters on synthetic pictures, for tests of what is around the arithmetic.</summary>
internal static class SmallRun
{
    public const int Pictures = 5, BatchSize = 4;

    public static TrainerOptions Options { get; } = new() { Steps = 12, WarmupSteps = 0, Precision = ComputePrecision.Float32, Threads = 1 };

    public static Trainer Create(TrainerOptions options) => new(Model(), Sampler(), options);

    public static PatchSampler Sampler()
        => new(new SyntheticPictures(Pictures, 3, 48, 56), new GaussianNoise(25), new PatchSamplerOptions { BatchSize = BatchSize, PatchSizes = [new PatchSize(0, 16)], Seed = 5 });

    public static Model Model()
    {
        var builder = new NetworkBuilder("small");
        NetworkValue image = builder.Input("image", 3);
        builder.Output("image", image + image.Conv2d(6, 3, padding: 1).ReLU().Conv2d(3, 3, padding: 1));
        Network network = builder.Build();
        return new Model(network, NetworkWeights.Initialize(network, new SeededRandom(1)), new ModelInfo { Name = "small", Task = RestorationTask.Denoise });
    }

    public static ValidationSet Validation(int count = 1) => new([.. Enumerable.Range(0, count).Select(i =>
    {
        ImageTensor clean = ImageTensor.Create(ImageShape.Single(3, 20 + i, 24));
        new SyntheticPictures(9, 3, 64, 64).Read(i, 3, 5, 20 + i, 24, clean.Span);
        ImageTensor degraded = clean.Clone();
        new GaussianNoise(25).Apply(degraded, new SeededRandom((ulong)i));
        return new ValidationImage(degraded, clean);
    })]);

    /// <summary>Keeps what is reported, on the training thread itself.</summary>
    public sealed class Recorder : IProgress<TrainingProgress>
    {
        public List<TrainingProgress> Steps { get; } = [];

        public void Report(TrainingProgress value) => Steps.Add(value);
    }
}
