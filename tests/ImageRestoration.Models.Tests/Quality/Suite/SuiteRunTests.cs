using ImageRestoration.ImageSharp;
using ImageRestoration.Imaging;
using ImageRestoration.Networks;
using ImageRestoration.Quality;
using ImageRestoration.Quality.Suite;

namespace ImageRestoration.Models.Tests.Quality.Suite;

public sealed class SuiteRunTests : IDisposable
{
    // Three sigmas, by 'none', two classical methods and the model.
    private const int Cases = 3, Baselines = 3, AllRows = Cases * (Baselines + 1);

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("image-restoration-");

    public SuiteRunTests()
    {
        Directory.CreateDirectory(Path.Combine(_folder.FullName, "Set12"));
        using ImageTensor image = TestImages.CreateWaves(channels: 1, height: 24, width: 24);
        foreach (string name in new[] { "a.png", "b.png" })
        {
            ImageFile.SaveAsync(image, Path.Combine(_folder.FullName, "Set12", name)).GetAwaiter().GetResult();
        }

        TestModels.CreateUNet("tiny", imageChannels: 1).Save(ModelPath);
    }

    private string ModelPath => Path.Combine(_folder.FullName, "model.safetensors");

    private string Json => Path.Combine(_folder.FullName, "rows.json");

    public void Dispose() => _folder.Delete(recursive: true);

    [Fact]
    public async Task Run_Table_WritesRowsOfBaselinesAndModel()
    {
        await RunAsync(CreateOptions());

        IReadOnlyList<EvaluationRow> rows = EvaluationReport.ReadJson<EvaluationRow>(Json);
        Assert.Equal(AllRows, rows.Count);
        Assert.Equal(AllRows, rows.Select(row => row.Key).Distinct().Count());
        Assert.All(rows, row => Assert.Equal((2, null, 1), (row.Count, row.Limit, row.Threads)));
        Assert.All(rows, row => Assert.Equal(row.Restorer == "tiny", row.Model is not null));
        ModelFacts facts = rows[^1].Model!;
        Model model = Model.Load(ModelPath);
        Assert.Equal(model.Network.ParameterCount, facts.Parameters);
        Assert.Equal(model.Network.MacsPerPixel, facts.MacsPerPixel, 1.0);
        Assert.Equal(new FileInfo(ModelPath).Length, facts.FileBytes);
    }

    [Fact]
    public async Task Run_Again_ComputesWhatIsMissingAlone()
    {
        await RunAsync(CreateOptions());
        IReadOnlyList<EvaluationRow> rows = EvaluationReport.ReadJson<EvaluationRow>(Json);
        EvaluationReport.WriteJson(Json, rows.Skip(1).ToArray());

        string resumed = await RunAsync(CreateOptions()), nothing = await RunAsync(CreateOptions()), all = await RunAsync(CreateOptions() with { Again = true });

        Assert.StartsWith("denoise-gray\tsigma 15\tnone\t", Assert.Single(Lines(resumed)));
        Assert.Empty(nothing);
        Assert.Equal(AllRows, Lines(all).Length);
        Assert.Equal(AllRows, EvaluationReport.ReadJson<EvaluationRow>(Json).Count);
    }

    [Fact]
    public async Task Run_OtherWeights_ComputesTheModelsRowsAgain()
    {
        await RunAsync(CreateOptions());
        Model model = Model.Load(ModelPath);
        var weights = new NetworkWeights(model.Weights.Names.Select(name => KeyValuePair.Create(name, new WeightTensor(model.Weights[name].Shape, [.. model.Weights[name].Values.ToArray().Select(v => v / 2)]))));
        model.WithWeights(weights).Save(ModelPath);

        string[] lines = Lines(await RunAsync(CreateOptions()));

        Assert.Equal(Cases, lines.Length);
        Assert.All(lines, line => Assert.Contains("\ttiny\t", line));
        Assert.Equal(AllRows, EvaluationReport.ReadJson<EvaluationRow>(Json).Count);
    }

    [Fact]
    public async Task Run_OtherLimit_ComputesRowsAgain()
    {
        await RunAsync(CreateOptions() with { Limit = 1 });

        string[] lines = Lines(await RunAsync(CreateOptions()));

        Assert.Equal(AllRows, lines.Length);
        Assert.All(EvaluationReport.ReadJson<EvaluationRow>(Json), row => Assert.Null(row.Limit));
    }

    [Fact]
    public async Task Run_Record_WritesScoresThatDoNotCountAsOtherWeights()
    {
        await RunAsync(CreateOptions() with { Record = true });
        IReadOnlyList<EvaluationRow> rows = EvaluationReport.ReadJson<EvaluationRow>(Json);

        Model model = Model.Load(ModelPath);
        Assert.Equal(["Set12 sigma 15 PSNR", "Set12 sigma 25 PSNR", "Set12 sigma 50 PSNR"], model.Info.Scores.Keys);
        Assert.Equal(rows[^1].Psnr, model.Info.Scores["Set12 sigma 50 PSNR"], 0.001);
        Assert.Empty(await RunAsync(CreateOptions()));
    }

    [Fact]
    public void Create_ContradictoryOrUnknown_SaysWhat()
    {
        var record = Assert.Throws<QualityException>(() => new SuiteRun(CreateOptions() with { Record = true, Limit = 1 }, TextWriter.Null));
        var bundled = Assert.Throws<QualityException>(() => new SuiteRun(CreateOptions() with { Record = true, Models = ["denoise-color"] }, TextWriter.Null));
        var task = Assert.Throws<QualityException>(() => new SuiteRun(CreateOptions() with { Tasks = ["sharpen"] }, TextWriter.Null));
        var twins = Assert.Throws<QualityException>(() => new SuiteRun(CreateOptions() with { Models = [ModelPath, ModelPath] }, TextWriter.Null));

        Assert.Contains("--limit", record.Message);
        Assert.Contains(".safetensors", bundled.Message);
        Assert.Contains("denoise-gray", task.Message);
        Assert.Contains("'tiny'", twins.Message);
    }

    [Fact]
    public void Fits_ModelForGrey_TakesGreyPicturesOfItsTaskAlone()
    {
        SuiteModel grey = SuiteModel.Load(ModelPath), color = SuiteModel.Load("denoise-color");

        Assert.Equal(["denoise-gray"], SuiteProtocol.Entries.Where(grey.Fits).Select(entry => entry.Name));
        Assert.Equal(["denoise-color", "denoise-gray"], SuiteProtocol.Entries.Where(color.Fits).Select(entry => entry.Name));
    }

    [Fact]
    public async Task Run_TonedPictures_AreScoredAsTheModelForGreyRestoresThem()
    {
        string[] tasks = ["real-toned", "real-gray"];
        SuiteOptions options = CreateOptions() with { Models = ["denoise-color-fast"], Tasks = tasks, Set = SuiteProtocol.Real };
        await RunAsync(options with { Models = ["denoise-color-fast", "denoise-gray-fast"] });

        IReadOnlyList<EvaluationRow> rows = EvaluationReport.ReadJson<EvaluationRow>(Json);
        EvaluationRow toned = rows.Single(row => row.Case == "grey as RGB, sigma 25" && row.Restorer == "denoise-color-fast");
        EvaluationRow grey = rows.Single(row => row.Case == "clipped, sigma 25" && row.Restorer == "denoise-gray-fast");
        EvaluationRow planes = rows.Single(row => row.Case == "clipped, sigma 25" && row.Restorer == "denoise-color-fast");
        Assert.Equal(grey.Psnr, toned.Psnr, 0.02);
        Assert.NotEqual(planes.Psnr, toned.Psnr, 0.02);
        Assert.Equal(grey.Model!.Fingerprint, toned.Model!.GreyFingerprint);
        Assert.DoesNotContain(rows, row => row.Case == "grey as RGB, sigma 25" && row.Restorer == "denoise-gray-fast");
        Assert.Empty(await RunAsync(options));
    }

    private static string[] Lines(string output) => output.Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);

    private static async Task<string> RunAsync(SuiteOptions options)
    {
        using var output = new StringWriter();
        await new SuiteRun(options with { Record = false }, output).RunAsync(CancellationToken.None);
        string text = output.ToString();
        if (options.Record)
        {
            await new SuiteRun(options, output).RunAsync(CancellationToken.None);
        }

        return text;
    }

    private SuiteOptions CreateOptions()
        => new() { Data = _folder.FullName, Models = [ModelPath], Tasks = ["denoise-gray"], Json = Json, Threads = 1, Backend = "managed" };
}
