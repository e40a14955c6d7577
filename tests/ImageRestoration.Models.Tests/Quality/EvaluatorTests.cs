using System.Text.Json;
using ImageRestoration.ImageSharp;
using ImageRestoration.Imaging;
using ImageRestoration.Networks;
using ImageRestoration.OnnxRuntime;
using ImageRestoration.Quality;
using ImageRestoration.Quality.Restorers;
using ImageRestoration.Restoration;
using Spectre.Console;

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
        Assert.Equal($"sigma {sigma}", row.Case);
        Assert.Equal(row.Psnr, row.InputPsnr);
        Assert.Null(row.MsSsim);
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

        EvaluationRow row = await RunAsync(CreateOptions(25) with { Restorers = [model], Backend = backend, Threads = 1 });

        Assert.True(row.Seconds > 0);
        Assert.True(double.IsFinite(row.Psnr));
        Assert.Equal((model, backend), (row.Restorer, row.Backend));
    }

    [Fact]
    public async Task Run_OnnxAndTorch_ScoreTheSame()
    {
        await SavePicturesAsync("a.png");
        EvaluationOptions options = CreateOptions(25) with { Restorers = [SaveModel(imageChannels: 3)] };

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

        EvaluationRow expected = await RunAsync(CreateOptions(25) with { Restorers = [model] });
        EvaluationRow actual = await RunAsync(CreateOptions(25) with { Restorers = [exported] });

        Assert.Equal(expected.Psnr, actual.Psnr, 0.01);
        var e = Assert.Throws<QualityException>(() => RestorerFactory.Create(exported, "torch", threads: null));
        Assert.Contains("--backend onnx", e.Message);
    }

    [Fact]
    public async Task Run_ModelForOtherChannels_IsScored()
    {
        await SavePicturesAsync("a.png");

        EvaluationRow row = await RunAsync(CreateOptions(25) with { Restorers = [SaveModel(imageChannels: 1)] });

        Assert.Equal(1, row.Count);
        Assert.True(double.IsFinite(row.Psnr), $"The PSNR is {row.Psnr}.");
        Assert.NotEqual(row.InputPsnr, row.Psnr);
    }

    [Fact]
    public async Task Run_Cancelled_Stops()
    {
        await SavePicturesAsync("a.png");
        var evaluator = new Evaluator(CreateOptions(25));
        using var restorer = new UnchangedRestorer();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => evaluator.RunAsync(evaluator.Cases[0], "none", restorer, progress: null, new CancellationToken(canceled: true)));
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

        Assert.Equal(double.PositiveInfinity, PictureScores.Compute(original, close, scored: null).Psnr);
        Assert.Equal(double.PositiveInfinity, PictureScores.Compute(white, beyond, scored: null).Psnr);
    }

    [Fact]
    public async Task Run_SmallAndLargePictures_HasMultiScaleSimilarityOfLargeOnesOnly()
    {
        using ImageTensor large = TestImages.CreateWaves(height: 161, width: 170);
        await ImageFile.SaveAsync(large, Path.Combine(_folder.FullName, "a.png"));
        EvaluationRow alone = await RunAsync(CreateOptions(25));
        await SavePicturesAsync("b.png");
        EvaluationRow both = await RunAsync(CreateOptions(25));

        Assert.NotNull(alone.MsSsim);
        Assert.InRange(alone.MsSsim.Value, 0.1, 0.999);
        Assert.Null(both.MsSsim);
    }

    [Fact]
    public async Task Run_ClassicalMethod_AdaptsToTheChannelsAndGains()
    {
        using ImageTensor grey = TestImages.CreateWaves(channels: 1);
        await ImageFile.SaveAsync(grey, Path.Combine(_folder.FullName, "a.png"));
        await SavePicturesAsync("b.png");

        EvaluationRow row = await RunAsync(CreateOptions(25) with { Restorers = ["total-variation:25"] });

        Assert.Equal(("total-variation:25", "classical"), (row.Restorer, row.Backend));
        Assert.InRange(row.InputPsnr, 20, 20.5);
        Assert.InRange(row.Psnr - row.InputPsnr, 5, 30);
    }

    [Fact]
    public void CreateTable_Rows_ShowsTheGain()
    {
        EvaluationRow row = new("inpaint", "CBSD68", "free-form", null, "telea:5", "classical", 68, 20.5, 0.7, 0.9, 8.25, 10.5, 2);
        using var writer = new StringWriter();
        IAnsiConsole console = AnsiConsole.Create(new AnsiConsoleSettings { Ansi = AnsiSupport.No, Out = new AnsiConsoleOutput(writer) });
        console.Profile.Width = 200;

        console.Write(EvaluationReport.CreateTable([row, row with { Psnr = double.PositiveInfinity, MsSsim = null }]));

        Assert.Contains("+12.25", writer.ToString());
        Assert.Contains("free-form", writer.ToString());
        Assert.Contains("0.9000", writer.ToString());
    }

    [Fact]
    public void ToJson_Rows_HaveExactlyTheDocumentedKeys()
    {
        EvaluationRow row = new("denoise", "CBSD68", "sigma 25", 25, "none", "onnx", 68, 20.5, double.NaN, null, 20.25, 10.5, 0);

        using JsonDocument json = JsonDocument.Parse(EvaluationReport.ToJson([row, row with { Sigma = null, Psnr = double.PositiveInfinity }]));

        Assert.Equal(2, json.RootElement.GetArrayLength());
        Assert.All(json.RootElement.EnumerateArray(), element => Assert.Equal(
            ["task", "images", "case", "sigma", "restorer", "backend", "count", "psnr", "ssim", "ms_ssim", "input_psnr", "megapixels", "seconds"],
            element.EnumerateObject().Select(property => property.Name)));
        Assert.Equal(20.5, json.RootElement[0].GetProperty("psnr").GetDouble());
        Assert.Equal("sigma 25", json.RootElement[0].GetProperty("case").GetString());
        Assert.Equal(20.25, json.RootElement[0].GetProperty("input_psnr").GetDouble());
        Assert.Equal(JsonValueKind.Null, json.RootElement[0].GetProperty("ms_ssim").ValueKind);
        Assert.Equal(JsonValueKind.Null, json.RootElement[1].GetProperty("sigma").ValueKind);
        Assert.Equal("Infinity", json.RootElement[1].GetProperty("psnr").GetString());
    }

    private static async Task<EvaluationRow> RunAsync(EvaluationOptions options)
    {
        var evaluator = new Evaluator(options);
        using IRestorer restorer = RestorerFactory.Create(options.Restorers[0], options.Backend, options.Threads);
        return await evaluator.RunAsync(Assert.Single(evaluator.Cases), options.Restorers[0], restorer, progress: null, CancellationToken.None);
    }

    private EvaluationOptions CreateOptions(double sigma)
        => new() { Task = "denoise", Images = _folder.FullName, Restorers = ["none"], Backend = "onnx", Sigmas = [sigma] };

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
