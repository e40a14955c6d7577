using ImageRestoration.Data;
using ImageRestoration.Degradation;
using ImageRestoration.Networks;
using ImageRestoration.Numerics;
using ImageRestoration.Restoration;
using ImageRestoration.TorchSharp;

namespace ImageRestoration.Tests.TorchSharp;

public sealed class ModelTrainingExtensionsTests
{
    [Fact]
    public async Task FineTuneAsync_OtherNoise_ChangesWeightsAndSaysSo()
    {
        var builder = new NetworkBuilder("small");
        NetworkValue image = builder.Input("image", 3);
        builder.Output("image", image + image.Conv2d(8, 3, padding: 1).ReLU().Conv2d(3, 3, padding: 1));
        Network network = builder.Build();
        var info = new ModelInfo { Name = "small", Task = RestorationTask.Denoise };
        var model = new Model(network, NetworkWeights.Initialize(network, new SeededRandom(1)), info with { Scores = info.Scores.Add("PSNR", 30) });
        var options = new FineTuneOptions();
        options = options with
        {
            Patches = options.Patches with { BatchSize = 4, PatchSizes = [new PatchSize(0, 16)] },
            Training = options.Training with { Steps = 20, WarmupSteps = 0, Threads = 1, Precision = ComputePrecision.Float32 },
        };
        var pictures = new SyntheticPictures(4, 3, 32, 32);
        Model once = await model.FineTuneAsync(pictures, new GaussianNoise(25), options);
        Model twice = await once.FineTuneAsync(pictures, new GaussianNoise(25), options);

        Assert.Empty(once.Info.Scores);
        Assert.Contains("20 steps on 4 pictures", once.Info.Provenance["fine-tuning"], StringComparison.Ordinal);
        Assert.Equal(["fine-tuning", "fine-tuning-2"], twice.Info.Provenance.Keys);
        Assert.Equal("small", twice.Info.Name);
        string name = network.Parameters[0].Name;
        Assert.NotEqual(model.Weights[name].Values.ToArray(), once.Weights[name].Values.ToArray());
        Assert.True(Error(once) < Error(model), $"The error went from {Error(model)} to {Error(once)}.");

        double Error(Model of)
        {
            using var trainer = new Trainer(of, new PatchSampler(pictures, new GaussianNoise(25), options.Patches with { Seed = 9 }), options.Training with { Steps = 1, LearningRate = 1e-6 });
            var losses = new List<double>();
            trainer.TrainAsync(new Recorder(losses)).GetAwaiter().GetResult();
            return losses[0];
        }
    }

    private sealed class Recorder(List<double> losses) : IProgress<TrainingProgress>
    {
        public void Report(TrainingProgress value) => losses.Add(value.Loss);
    }
}
