using ImageRestoration.Networks;
using ImageRestoration.Networks.Architectures;
using ImageRestoration.Numerics;
using ImageRestoration.Quality;
using ImageRestoration.Restoration;

namespace ImageRestoration.Models.Tests.Quality;

public sealed class ScoreRecordTests : IDisposable
{
    private readonly string _path = Path.Combine(Path.GetTempPath(), $"score-record-{Guid.NewGuid():N}.safetensors");

    public void Dispose() => File.Delete(_path);

    [Theory]
    [InlineData(WeightPrecision.Float16)]
    [InlineData(WeightPrecision.Float32)]
    public void Write_Rows_AddsScoresAndKeepsWeightsAndPrecision(WeightPrecision precision)
    {
        Network network = DnCnn.Create(depth: 2, channels: 3);
        new Model(network, NetworkWeights.Initialize(network, new SeededRandom(1)), new ModelInfo { Name = "tiny", Task = RestorationTask.Denoise }).Save(_path, precision);
        float[] before = Model.Load(_path).Weights["conv0.weight"].Values.ToArray();
        byte[] plain = File.ReadAllBytes(_path);

        ScoreRecord.Write(_path, [new EvaluationRow("denoise", "CBSD68", "sigma 25", 25, "tiny", "onnx", 68, 31.23456, 0.9, null, 20.5, 1, 1)]);

        Model after = Model.Load(_path);
        Assert.Equal(31.23456, after.Info.Scores["CBSD68 sigma 25 PSNR"]);
        Assert.Equal(before, after.Weights["conv0.weight"].Values.ToArray());
        Assert.InRange(new FileInfo(_path).Length, plain.Length, plain.Length + 64);
    }

    [Fact]
    public void ThrowIfNoModelFile_NameOfABundledModel_SaysWhatToGive()
        => Assert.Contains(".safetensors", Assert.Throws<QualityException>(() => ScoreRecord.ThrowIfNoModelFile("denoise-color")).Message, StringComparison.Ordinal);
}
