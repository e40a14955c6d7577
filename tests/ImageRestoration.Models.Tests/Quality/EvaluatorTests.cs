using System.Text.Json;
using ImageRestoration.ImageSharp;
using ImageRestoration.Imaging;
using ImageRestoration.Networks;
using ImageRestoration.OnnxRuntime;
using ImageRestoration.Quality;
using ImageRestoration.Quality.Restorers;
using ImageRestoration.Restoration;

namespace ImageRestoration.Models.Tests.Quality;

public sealed class EvaluatorTests : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("image-restoration-");

    public void Dispose() => _folder.Delete(recursive: true);

    [Theory]
    [InlineData(15, 24.61)]
    [InlineData(25, 20.17)]
    [InlineData(0, double.PositiveInfinity)]
    public async Task Run_NoRestorer_ScoresTheNoiseItself(double sigma, double expected)
    {
        await SavePicturesAsync("a.png", "b.png");

        EvaluationRow row = await RunAsync(CreateOptions(sigma));

        // 10·log10(255² / sigma²), a little less because of the rounding to 8 bits; 18,432 values scatter by 0.05 dB.
        Assert.InRange(row.Psnr, expected - 0.25, expected + 0.25);
        Assert.InRange(row.Ssim, 0, 1);
        Assert.Equal(("denoise", _folder.Name, sigma, "none", "onnx"), (row.Task, row.Images, row.Sigma, row.Restorer, row.Backend));
        Assert.Equal(2, row.Count);
        Assert.Equal(2 * 48 * 64 / 1e6, row.Megapixels, 9);
    }

    [Fact]
    public async Task Run_SeveralPictures_AveragesTheirScores()
    {
        await SavePicturesAsync("a.png");
        EvaluationRow first = await RunAsync(CreateOptions(25));
        await SavePicturesAsync("b.png");
        EvaluationRow both = await RunAsync(CreateOptions(25));
        EvaluationRow limited = await RunAsync(CreateOptions(25) with { Limit = 1 });
        File.Delete(Path.Combine(_folder.FullName, "a.png"));
        EvaluationRow second = await RunAsync(CreateOptions(25));

        Assert.NotEqual(first.Psnr, second.Psnr);
        Assert.Equal((first.Psnr + second.Psnr) / 2, both.Psnr, 9);
        Assert.Equal((first.Ssim + second.Ssim) / 2, both.Ssim, 9);
        Assert.Equal(first.Psnr, limited.Psnr);
    }

    [Theory]
    [InlineData("onnx")]
    [InlineData("torch")]
    public async Task Run_ModelFile_RestoresAndTakesTheTime(string backend)
    {
        await SavePicturesAsync("a.png");
        string model = SaveModel(imageChannels: 3);

        EvaluationRow row = await RunAsync(CreateOptions(25) with { Restorer = model, Backend = backend, Threads = 1 });

        Assert.True(row.Seconds > 0);
        Assert.True(double.IsFinite(row.Psnr));
        Assert.Equal((model, backend), (row.Restorer, row.Backend));
    }

    [Fact]
    public async Task Run_OnnxAndTorch_ScoreTheSame()
    {
        await SavePicturesAsync("a.png");
        EvaluationOptions options = CreateOptions(25) with { Restorer = SaveModel(imageChannels: 3) };

        EvaluationRow onnx = await RunAsync(options);
        EvaluationRow torch = await RunAsync(options with { Backend = "torch" });

        Assert.Equal(onnx.Psnr, torch.Psnr, 0.01);
        Assert.Equal(onnx.Ssim, torch.Ssim, 0.001);
    }

    [Fact]
    public async Task Run_OnnxFile_ScoresLikeTheModelItWasMadeOf()
    {
        await SavePicturesAsync("a.png");
        string model = SaveModel(imageChannels: 3), exported = Path.ChangeExtension(model, ".onnx");
        OnnxExporter.Export(Model.Load(model), exported);

        EvaluationRow expected = await RunAsync(CreateOptions(25) with { Restorer = model });
        EvaluationRow actual = await RunAsync(CreateOptions(25) with { Restorer = exported });

        Assert.Equal(expected.Psnr, actual.Psnr, 0.01);
        var e = Assert.Throws<QualityException>(() => RestorerFactory.Create(exported, "torch", threads: null));
        Assert.Contains("--backend onnx", e.Message);
    }

    [Fact]
    public async Task Run_GreyModelOnRgbPicture_NamesThePicture()
    {
        await SavePicturesAsync("a.png");

        var e = await Assert.ThrowsAsync<QualityException>(() => RunAsync(CreateOptions(25) with { Restorer = SaveModel(imageChannels: 1) }));

        Assert.Contains("a.png", e.Message);
        Assert.Contains("channel", e.Message);
    }

    [Fact]
    public async Task Run_Cancelled_Stops()
    {
        await SavePicturesAsync("a.png");
        var evaluator = new Evaluator(CreateOptions(25));
        using var restorer = new UnchangedRestorer();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => evaluator.RunAsync(evaluator.Cases[0], restorer, progress: null, new CancellationToken(canceled: true)));
    }

    [Fact]
    public async Task Create_FilesOfOtherKindsAndOrders_TakesPicturesByName()
    {
        await SavePicturesAsync("b.png", "B.PNG", "a.jpg");
        await File.WriteAllTextAsync(Path.Combine(_folder.FullName, "notes.txt"), "no picture");

        Assert.Equal(["B.PNG", "a.jpg", "b.png"], ImageFolder.List(_folder.FullName, limit: null).Select(Path.GetFileName));
        Assert.Equal(_folder.Name, ImageFolder.NameOf(_folder.FullName + Path.DirectorySeparatorChar));
    }

    [Fact]
    public void Create_NoFolderOrNoPictures_SaysSo()
    {
        var none = Assert.Throws<QualityException>(() => new Evaluator(CreateOptions(25) with { Images = Path.Combine(_folder.FullName, "none") }));
        var empty = Assert.Throws<QualityException>(() => new Evaluator(CreateOptions(25)));

        Assert.Contains("There is no folder", none.Message);
        Assert.Contains("has no PNG or JPEG", empty.Message);
    }

    [Fact]
    public void CreateRestorer_UnknownNameOrBackend_ListsTheKnownOnes()
    {
        var name = Assert.Throws<QualityException>(() => RestorerFactory.Create("denoise-colour", "onnx", threads: null));
        var backend = Assert.Throws<QualityException>(() => RestorerFactory.Create("denoise-color", "cuda", threads: null));

        Assert.Contains("denoise-color", name.Message);
        Assert.Contains("onnx, torch", backend.Message);
    }

    [Fact]
    public void Score_RestoredPicture_IsFirstRoundedTo8Bits()
    {
        using ImageTensor original = TestImages.CreateConstant(128 / 255f);
        using ImageTensor close = TestImages.CreateConstant(128.4f / 255f);
        using ImageTensor white = TestImages.CreateConstant(1);
        using ImageTensor beyond = TestImages.CreateConstant(1.3f);

        Assert.Equal(double.PositiveInfinity, Evaluator.Score(original, close).Psnr);
        Assert.Equal(double.PositiveInfinity, Evaluator.Score(white, beyond).Psnr);
    }

    [Fact]
    public void ToJson_Rows_HaveExactlyTheDocumentedKeys()
    {
        EvaluationRow row = new("denoise", "CBSD68", 25, "none", "onnx", 68, 20.5, double.NaN, 10.5, 0);

        using JsonDocument json = JsonDocument.Parse(EvaluationReport.ToJson([row, row with { Sigma = null, Psnr = double.PositiveInfinity }]));

        Assert.Equal(2, json.RootElement.GetArrayLength());
        Assert.All(json.RootElement.EnumerateArray(), element => Assert.Equal(
            ["task", "images", "sigma", "restorer", "backend", "count", "psnr", "ssim", "megapixels", "seconds"],
            element.EnumerateObject().Select(property => property.Name)));
        Assert.Equal(20.5, json.RootElement[0].GetProperty("psnr").GetDouble());
        Assert.Equal(JsonValueKind.Null, json.RootElement[1].GetProperty("sigma").ValueKind);
        Assert.Equal("Infinity", json.RootElement[1].GetProperty("psnr").GetString());
    }

    private static async Task<EvaluationRow> RunAsync(EvaluationOptions options)
    {
        var evaluator = new Evaluator(options);
        using IRestorer restorer = RestorerFactory.Create(options.Restorer, options.Backend, options.Threads);
        return await evaluator.RunAsync(Assert.Single(evaluator.Cases), restorer, progress: null, CancellationToken.None);
    }

    private EvaluationOptions CreateOptions(double sigma)
        => new() { Task = "denoise", Images = _folder.FullName, Restorer = "none", Backend = "onnx", Sigmas = [sigma] };

    private string SaveModel(int imageChannels)
    {
        string path = Path.Combine(_folder.FullName, "model.safetensors");
        TestModels.CreateUNet(imageChannels: imageChannels).Save(path);
        return path;
    }

    private async Task SavePicturesAsync(params string[] names)
    {
        using ImageTensor image = TestImages.CreateWaves();
        foreach (string name in names)
        {
            await ImageFile.SaveAsync(image, Path.Combine(_folder.FullName, name));
        }
    }
}
