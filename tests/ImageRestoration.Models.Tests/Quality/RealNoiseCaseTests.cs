using ImageRestoration.ImageSharp;
using ImageRestoration.Imaging;
using ImageRestoration.Metrics;
using ImageRestoration.Quality;
using ImageRestoration.Quality.Suite;
using ImageRestoration.Quality.Tasks;

namespace ImageRestoration.Models.Tests.Quality;

public sealed class RealNoiseCaseTests : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("image-restoration-");

    public void Dispose() => _folder.Delete(recursive: true);

    [Theory]
    [InlineData("clipped:25", "clipped, sigma 25")]
    [InlineData("jpeg:25:95:420", "sigma 25, quality 95 4:2:0")]
    [InlineData("file:10:75:444", "sigma 10, file of quality 75 4:4:4")]
    [InlineData("mosaic:25", "before demosaicking, sigma 25")]
    public async Task CreateInput_Kind_IsAsFilesAre(string kind, string name)
    {
        EvaluationCase evaluationCase = RealNoiseCase.Create(kind, seed: 0);
        using ImageTensor image = TestImages.CreateWaves();
        using EvaluationInput first = await CreateAsync(evaluationCase, image), again = await CreateAsync(evaluationCase, image);
        Assert.Equal(name, evaluationCase.Name);
        Assert.Equal(first.Degraded.Span, again.Degraded.Span);
        Assert.All(first.Degraded.Span.ToArray(), value => Assert.Equal(MathF.Round(value * 255), value * 255, 1e-3f));
        Assert.InRange(Psnr.Compute(image, first.Degraded), 15, 36);
    }

    [Theory]
    [InlineData("toned:rgb:25", "grey as RGB, sigma 25", 1, 1, 0.001)]
    [InlineData("toned:sepia:10", "sepia, sigma 10", 0.86, 0.66, 1)]
    [InlineData("toned:rgb:25:75:444", "grey as RGB, sigma 25, quality 75 4:4:4", 1, 1, 0.001)]
    [InlineData("toned:sepia:25:95:420", "sepia, sigma 25, quality 95 4:2:0", 0.86, 0.66, 30)]
    public async Task CreateInput_Toned_HasOneNoiseInAllChannels(string kind, string name, double green, double blue, double rounding)
    {
        EvaluationCase toned = RealNoiseCase.Create(kind, seed: 0);
        using ImageTensor image = TestImages.CreateWaves(channels: 1);
        using ImageTensor original = toned.CreateOriginal(image)!;
        using EvaluationInput first = await CreateAsync(toned, original), again = await CreateAsync(toned, original);
        Assert.Equal(name, toned.Name);
        Assert.Equal(first.Degraded.Span, again.Degraded.Span);
        Assert.Equal(3, first.Degraded.Channels);
        for (int i = 0; i < image.Span.Length; i++)
        {
            Assert.Equal(image.Span[i] * blue, original.Plane(0, 2)[i], 1e-5f);
            Assert.InRange(first.Degraded.Plane(0, 1)[i] - (green * first.Degraded.Plane(0, 0)[i]), -rounding / 255, rounding / 255);
        }

        Assert.InRange(Psnr.Compute(original, first.Degraded), 15, 36);
    }

    [Theory]
    [InlineData("444")]
    [InlineData("420")]
    public async Task CreateInput_FileAndSimulation_AreAlike(string subsampling)
    {
        using ImageTensor image = TestImages.CreateWaves();
        using EvaluationInput simulated = await CreateAsync(RealNoiseCase.Create($"jpeg:10:75:{subsampling}", 0), image);
        using EvaluationInput file = await CreateAsync(RealNoiseCase.Create($"file:10:75:{subsampling}", 0), image);

        // The same noise; encoders differ by their rounding alone, which is far below it.
        Assert.InRange(Psnr.Compute(simulated.Degraded, file.Degraded), 34, double.PositiveInfinity);
    }

    [Theory]
    [InlineData("jpeg:25:95")]
    [InlineData("jpeg:25:0:420")]
    [InlineData("jpeg:x:95:420")]
    [InlineData("blur:3")]
    [InlineData("toned:green:25")]
    [InlineData("toned:sepia:25:95")]
    public void Create_Unknown_SaysWhatThereIs(string kind)
        => Assert.Contains("mosaic:SIGMA", Assert.Throws<QualityException>(() => RealNoiseCase.Create(kind, 0)).Message, StringComparison.Ordinal);

    [Fact]
    public async Task Pairs_Folder_ComparesTheNoisyWithTheMean()
    {
        using ImageTensor clean = TestImages.CreateWaves(), noisy = clean.Clone();
        noisy.Span.Fill(0.2f);
        await ImageFile.SaveAsync(clean, Path.Combine(_folder.FullName, "a_mean.png"));
        await ImageFile.SaveAsync(noisy, Path.Combine(_folder.FullName, "a_real.png"));
        var options = new EvaluationOptions { Task = "real", Images = _folder.FullName, Restorers = ["none"], Backend = "onnx", Kinds = ["pairs"] };

        EvaluationTask task = EvaluationTask.Find("real");
        string file = Assert.Single(task.ListPictures(options));
        using EvaluationInput input = await Assert.Single(task.CreateCases(options)).CreateInputAsync(clean, new PictureFile(file, 0), CancellationToken.None);
        Assert.Equal("a_mean.png", Path.GetFileName(file));
        Assert.All(input.Degraded.Span.ToArray(), value => Assert.Equal(0.2f, value, 1e-6f));

        File.Delete(Path.Combine(_folder.FullName, "a_real.png"));
        var e = await Assert.ThrowsAsync<QualityException>(() => task.CreateCases(options)[0].CreateInputAsync(clean, new PictureFile(file, 0), CancellationToken.None));
        Assert.Contains("a_real.png", e.Message, StringComparison.Ordinal);
        Assert.Throws<QualityException>(() => task.ListPictures(options with { Kinds = ["pairs", "clipped:25"] }));
    }

    [Fact]
    public void RealEntries_Rows_BelongToOneTableEach()
    {
        Assert.All(SuiteProtocol.RealEntries.SelectMany(entry => entry.Options.Kinds.Select(kind => (entry, kind))), pair =>
        {
            var row = new EvaluationRow("real", pair.entry.Options.Images, RealNoiseCase.Create(pair.kind, 0).Name, null, "none", "onnx", 1, 20, 0.5, null, 20, 1, 1);
            Assert.Equal([pair.entry], SuiteProtocol.All.Where(entry => entry.Holds(row)));
        });
        SuiteModel color = SuiteModel.Load("denoise-color"), deblock = SuiteModel.Load("deblock-color-fast");
        Assert.All(SuiteProtocol.RealEntries, entry => Assert.True(color.Fits(entry) && !deblock.Fits(entry)));
    }

    private static Task<EvaluationInput> CreateAsync(EvaluationCase evaluationCase, ImageTensor image)
        => evaluationCase.CreateInputAsync(image, new PictureFile("a.png", 0), CancellationToken.None);
}
