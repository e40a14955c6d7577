using ImageRestoration.Networks;
using ImageRestoration.Numerics;
using ImageRestoration.TorchSharp;

namespace ImageRestoration.Tests.TorchSharp;

public sealed class TrainingCheckpointTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("training-checkpoint").FullName;

    [Theory]
    [InlineData(0.9)]
    [InlineData(0)]
    public async Task ReadWeights_CheckpointOfAFinishedRun_AreTheModels(double emaDecay)
    {
        string path = Path.Combine(_folder, "run.checkpoint");
        Model model = await SmallRun.Create(SmallRun.Options with { EmaDecay = emaDecay, CheckpointPath = path }).TrainAsync();

        NetworkWeights weights = TrainingCheckpoint.ReadWeights(path);

        weights.ThrowIfNotFor(model.Network);
        Assert.All(model.Weights.Names, name => Assert.Equal(model.Weights[name].Values.ToArray(), weights[name].Values.ToArray()));
    }

    [Fact]
    public void ReadWeights_ModelFile_IsNoCheckpoint()
    {
        string path = Path.Combine(_folder, "model.safetensors");
        SmallRun.Model().Save(path);

        var e = Assert.Throws<ModelFormatException>(() => TrainingCheckpoint.ReadWeights(path));

        Assert.Contains(path, e.Message);
    }

    /// <summary>A model within the limits of model files has four times its tensors in a checkpoint: weights, averages and two moments.</summary>
    [Fact]
    public void Resume_CheckpointOfManyTensors_IsRead()
    {
        string path = Path.Combine(_folder, "many.checkpoint");
        using Trainer trainer = Create();
        trainer.SaveCheckpoint(path);
        using Trainer resumed = Create();
        resumed.Resume(path);
        Assert.True(TrainingCheckpoint.ReadWeights(path).Names.Count() * 4 > new ModelLimits().MaximumTensorCount);

        static Trainer Create()
        {
            var builder = new NetworkBuilder("many");
            NetworkValue image = builder.Input("image", 3), value = image.Conv2d(1, 1);
            for (int i = 0; i < 2_050; i++)
            {
                value = value.Conv2d(1, 1);
            }

            builder.Output("image", image + value.Conv2d(3, 1));
            Network network = builder.Build();
            var model = new Model(network, NetworkWeights.Initialize(network, new SeededRandom(1)), new ModelInfo { Name = "many", Task = RestorationTask.Denoise });
            return new Trainer(model, SmallRun.Sampler(), SmallRun.Options);
        }
    }

    [Theory]
    [InlineData(1 << 18, 1L << 37, true)]
    [InlineData((1 << 18) + 1, 1L << 20, false)]
    [InlineData(100, 1L << 38, false)]
    public void ThrowIfBeyondLimits_CheckpointThatCouldNotBeRead_IsRefused(long tensors, long bytes, bool fits)
    {
        Exception? refusal = Record.Exception(() => TrainingState.ThrowIfBeyondLimits(tensors, bytes));
        Assert.Equal(fits, refusal is null);
        Assert.True(fits || refusal is TrainingException e && e.Message.Contains("262144 tensors", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Resume_CheckpointWithoutItsLastTensor_ChangesNothing()
    {
        string whole = Path.Combine(_folder, "whole.checkpoint"), damaged = Path.Combine(_folder, "damaged.checkpoint"), after = Path.Combine(_folder, "after.checkpoint");
        TrainerOptions options = SmallRun.Options with { LossScale = 1024, ConvergenceTolerance = 0.01, ConvergenceWindow = 100 };
        using (Trainer other = SmallRun.Create(options with { CheckpointPath = whole }))
        {
            await other.TrainAsync();
        }

        SafeTensorsFile file;
        using (FileStream stream = File.OpenRead(whole))
        {
            file = SafeTensorsFile.Read(stream);
        }

        string last = file.Tensors.Keys.Where(name => name != "updates").Max(StringComparer.Ordinal)!;
        using (FileStream stream = File.Create(damaged))
        {
            new SafeTensorsFile(file.Tensors.Where(t => t.Key != last).ToDictionary(), file.Metadata).Write(stream);
        }

        using Trainer trainer = SmallRun.Create(options);
        string before = Path.Combine(_folder, "before.checkpoint");
        trainer.SaveCheckpoint(before);
        Assert.Contains(last, Assert.Throws<ModelFormatException>(() => trainer.Resume(damaged)).Message, StringComparison.Ordinal);
        trainer.SaveCheckpoint(after);
        Assert.Equal(File.ReadAllBytes(before), File.ReadAllBytes(after));
    }

    public void Dispose() => Directory.Delete(_folder, recursive: true);
}
