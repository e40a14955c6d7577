using ImageRestoration.Networks;
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

    public void Dispose() => Directory.Delete(_folder, recursive: true);
}
