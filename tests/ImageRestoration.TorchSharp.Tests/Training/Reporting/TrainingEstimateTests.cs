using ImageRestoration.Data;
using ImageRestoration.Degradation;
using ImageRestoration.Networks;
using ImageRestoration.Networks.Architectures;
using ImageRestoration.TorchSharp;

namespace ImageRestoration.Tests.TorchSharp;

public sealed class TrainingEstimateTests
{
    [Fact]
    public void Create_SmallNetwork_CountsByHand()
    {
        Network network = SmallRun.Model().Network;
        TrainingEstimate estimate = TrainingEstimate.Create(network, SmallRun.Sampler(), SmallRun.Options with { Epochs = 8, GradientAccumulation = 2 });

        // 3 to 6 and 6 to 3 channels, 3×3; 4 patches of 16×16 in each of two batches.
        const int Weights = (3 * 6 * 9) + 6 + (6 * 3 * 9) + 3;
        const int Values = 4 * 16 * 16 * (3 + 6 + 6 + 3 + 3);
        Assert.Equal(Weights, estimate.Parameters);
        Assert.Equal(5 * 4 * Weights, estimate.StateBytes);
        Assert.Equal(4 * Values, estimate.ActivationBytes);
        Assert.Equal(3.0 * 8 * 16 * 16 * 2 * 3 * 6 * 9, estimate.MacsPerStep, 1e-6);
        Assert.Equal((5, 8, 16), (estimate.Steps, estimate.PatchesPerStep, estimate.PatchSize));
        Assert.Equal(8, estimate.Epochs);
        Assert.Null(estimate.Measurement);
    }

    [Fact]
    public void Create_BFloat16_HalvesWhatConvolutionsMake()
    {
        TrainingEstimate estimate = TrainingEstimate.Create(SmallRun.Model().Network, SmallRun.Sampler(), SmallRun.Options with { Precision = ComputePrecision.BFloat16 });

        // Input and sum stay float32; the input is copied for the first convolution.
        Assert.Equal(4 * 16 * 16 * ((4 * (3 + 3)) + (2 * (3 + 6 + 6 + 3))), estimate.ActivationBytes);
    }

    [Fact]
    public void Create_Optimisers_CountTheirMoments()
    {
        Network network = SmallRun.Model().Network;
        long Bytes(OptimizerOptions optimizer) => TrainingEstimate.Create(network, SmallRun.Sampler(), SmallRun.Options with { Optimizer = optimizer }).StateBytes / (4 * network.ParameterCount);
        Assert.Equal([3, 4, 5], [Bytes(new SgdOptions()), Bytes(new SgdOptions { Momentum = 0.9 }), Bytes(new AdamOptions())]);
    }

    [Fact]
    public async Task MeasureAsync_SeveralPatchSizes_ChangesNothingAndCountsEach()
    {
        string checkpoint = Path.Combine(Path.GetTempPath(), $"{Guid.NewGuid():N}.checkpoint");
        var options = new UNetOptions { Channels = [8, 12, 16] };
        Network network = Network.Compose("small", UNet.CreateEncoder(options), UNet.CreateDecoder(options));
        Model model = new(network, NetworkWeights.Initialize(network, new Random(1)), new ModelInfo { Name = "small", Task = RestorationTask.Denoise });
        float[] before = [.. model.Weights["encoder.head.weight"].Values.Span];
        var counting = new CountingDegradation();
        var sampler = new PatchSampler(new SyntheticPictures(5, 3, 48, 56), counting, new PatchSamplerOptions { BatchSize = 2, PatchSizes = [new PatchSize(0, 16), new PatchSize(900, 32), new PatchSize(5_000, 48)] });
        TrainingEstimate estimate = await TrainingEstimate.MeasureAsync(
            model,
            sampler,
            new TrainerOptions { Steps = 1_000, LearningRate = 1e6, Threads = 1, CheckpointPath = checkpoint, Validation = SmallRun.Validation(), EarlyStoppingPatience = 1, Schedule = new PlateauSchedule() },
            steps: 3);

        TrainingMeasurement measurement = estimate.Measurement!;
        Assert.Equal([16, 32], counting.Sizes.Order());
        Assert.Equal(2_000 / measurement.Duration.TotalSeconds, measurement.PatchesPerSecond, 1e-6 * measurement.PatchesPerSecond);
        Assert.Equal(measurement.Duration.TotalSeconds, estimate.Epochs * measurement.TimePerEpoch.TotalSeconds, 1e-3 * measurement.Duration.TotalSeconds);
        Assert.InRange(measurement.DataWaitShare, 0, 1);
        Assert.True(measurement.PeakMemoryBytes > estimate.StateBytes);
        Assert.Equal(before, model.Weights["encoder.head.weight"].Values.ToArray());
        Assert.False(File.Exists(checkpoint));
    }

    private sealed class CountingDegradation : IDegradation
    {
        public HashSet<int> Sizes { get; } = [];

        public void Apply(Imaging.ImageTensor image, Random random)
        {
            lock (Sizes)
            {
                Sizes.Add(image.Width);
            }
        }
    }
}
