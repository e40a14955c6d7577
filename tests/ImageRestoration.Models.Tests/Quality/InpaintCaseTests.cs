using ImageRestoration.ImageSharp;
using ImageRestoration.Imaging;
using ImageRestoration.Masking;
using ImageRestoration.Quality;
using ImageRestoration.Quality.Restorers;
using ImageRestoration.Quality.Tasks;
using ImageRestoration.Restoration;

namespace ImageRestoration.Models.Tests.Quality;

public sealed class InpaintCaseTests : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("image-restoration-");

    public void Dispose() => _folder.Delete(recursive: true);

    [Theory]
    [InlineData("free-form", 0.05, 0.35)]
    [InlineData("region", 0.01, 0.6)]
    [InlineData("points", 0.75, 0.85)]
    [InlineData("points:0.3", 0.25, 0.35)]
    [InlineData("border", 0.2, 0.45)]
    [InlineData("scratch", 0.001, 0.4)]
    public async Task CreateInput_Pattern_IsAFunctionOfSeedPatternAndFileName(string pattern, double least, double most)
    {
        Mask mask = await CreateMaskAsync(pattern, 0, "a.png", index: 0);
        Mask again = await CreateMaskAsync(pattern, 0, "a.png", index: 5);
        Mask otherName = await CreateMaskAsync(pattern, 0, "b.png", index: 0);
        Mask otherSeed = await CreateMaskAsync(pattern, 1, "a.png", index: 0);

        Assert.InRange(mask.MissingShare(), least, most);
        Assert.Equal(mask.Values, again.Values);
        Assert.False(mask.Values.SequenceEqual(otherName.Values));
        Assert.False(mask.Values.SequenceEqual(otherSeed.Values));
    }

    [Fact]
    public async Task CreateInput_Points_MissesTheSamePixelsInEveryVersion()
    {
        // Scores are compared between versions, so a change of these pixels is a change of the protocol.
        Mask mask = await CreateMaskAsync("points", 0, "101085.png", index: 0);

        Assert.Equal("1101111011001111", string.Concat(mask.Values[..16].ToArray()));
    }

    [Fact]
    public async Task CreateInput_Pattern_SetsMissingPixelsToZeroAndScoresOnlyThem()
    {
        using ImageTensor image = TestImages.CreateWaves();
        using EvaluationInput input = await InpaintCase.Create("region", 0).CreateInputAsync(image, new PictureFile("a.png", 0), CancellationToken.None);

        Assert.NotNull(input.Missing);
        Assert.Same(input.Missing, input.Scored);
        for (int i = 0; i < input.Missing.Values.Length; i++)
        {
            Assert.Equal(input.Missing.Values[i] == 0 ? image.Span[i] : 0, input.Degraded.Span[i]);
        }
    }

    [Fact]
    public async Task CreateInput_FolderOfMasks_TakesThemInTurnAndTransposesForPortraits()
    {
        await SaveMasksAsync();
        InpaintCase folder = InpaintCase.Create(_folder.FullName, seed: 0);

        Mask first = await CreateMaskAsync(folder, index: 0, height: 20, width: 30);
        Mask third = await CreateMaskAsync(folder, index: 2, height: 20, width: 30);
        Mask second = await CreateMaskAsync(folder, index: 1, height: 20, width: 30);
        Mask portrait = await CreateMaskAsync(folder, index: 0, height: 30, width: 20);

        Assert.Equal(_folder.Name, folder.Name);
        Assert.Equal(first.Values, third.Values);
        Assert.Equal(3 * 30, first.CountMissing());
        Assert.True(first[2, 29] && !first[3, 0]);
        Assert.Equal(5 * 30, second.CountMissing());
        Assert.Equal(first.Values, portrait.Transpose().Values);
    }

    [Theory]
    [InlineData("dots", "free-form, points, region, scratch")]
    [InlineData("points:all", "points:0.5")]
    [InlineData("points:1.5", "points:0.5")]
    public void Create_WrongName_SaysWhatToGive(string name, string remedy)
    {
        var e = Assert.Throws<QualityException>(() => InpaintCase.Create(name, seed: 0));

        Assert.Contains($"'{name}'", e.Message);
        Assert.Contains(remedy, e.Message);
    }

    [Fact]
    public void CreateCases_NoMask_SaysHowToGiveOne()
        => Assert.Contains("--mask", Assert.Throws<QualityException>(() => EvaluationTask.Find("inpaint").CreateCases(CreateOptions())).Message);

    [Fact]
    public async Task Run_Inpainting_ScoresTheMissingPixelsAlone()
    {
        // A picture of one value is completed exactly; left at 0, its missing pixels have the squared error of that value, whatever their number.
        using ImageTensor image = TestImages.CreateConstant(102 / 255f, height: 32, width: 40);
        await ImageFile.SaveAsync(image, Path.Combine(_folder.FullName, "a.png"));
        EvaluationOptions options = CreateOptions() with { Masks = ["region", "points"] };

        EvaluationRow[] none = await RunAsync(options, new UnchangedRestorer());
        EvaluationRow[] nearest = await RunAsync(options, RestorerFactory.Create("nearest", "onnx", threads: null));

        Assert.Equal(["region", "points"], none.Select(row => row.Case));
        Assert.All(none, row => Assert.Equal(10 * Math.Log10(1 / (0.4 * 0.4)), row.Psnr, 4));
        Assert.All(nearest, row => Assert.Equal(double.PositiveInfinity, row.Psnr));
        Assert.All(nearest, row => Assert.Equal(1, row.Ssim, 6));
        Assert.Equal(none.Select(row => row.Psnr), nearest.Select(row => row.InputPsnr));
        Assert.All(nearest, row => Assert.Null(row.Sigma));
    }

    [Fact]
    public async Task Run_MaskWithoutHole_LeavesThePictureOutOfTheMeans()
    {
        DirectoryInfo masks = _folder.CreateSubdirectory("masks");
        using ImageTensor hole = ImageTensor.Create(ImageShape.Single(1, 40, 40)), whole = ImageTensor.Create(ImageShape.Single(1, 40, 40));
        hole.Row(0, 0, 5).Fill(1);
        await ImageFile.SaveAsync(hole, Path.Combine(masks.FullName, "0.png"));
        await ImageFile.SaveAsync(whole, Path.Combine(masks.FullName, "1.png"));
        using ImageTensor image = TestImages.CreateConstant(102 / 255f);
        await ImageFile.SaveAsync(image, Path.Combine(_folder.FullName, "a.png"));
        await ImageFile.SaveAsync(image, Path.Combine(_folder.FullName, "b.png"));

        EvaluationRow row = Assert.Single(await RunAsync(CreateOptions() with { Masks = [masks.FullName] }, new UnchangedRestorer()));
        File.Delete(Path.Combine(masks.FullName, "0.png"));
        var e = await Assert.ThrowsAsync<QualityException>(() => RunAsync(CreateOptions() with { Masks = [masks.FullName] }, new UnchangedRestorer()));

        Assert.Equal(("masks", 1), (row.Case, row.Count));
        Assert.Equal(10 * Math.Log10(1 / (0.4 * 0.4)), row.Psnr, 4);
        Assert.Contains("no pixel missing", e.Message);
    }

    [Fact]
    public async Task Run_RestorerThatTouchesKnownPixels_IsRefused()
    {
        using ImageTensor image = TestImages.CreateWaves();
        await ImageFile.SaveAsync(image, Path.Combine(_folder.FullName, "a.png"));

        var e = await Assert.ThrowsAsync<QualityException>(() => RunAsync(CreateOptions() with { Masks = ["points"] }, new BrighteningRestorer()));

        Assert.Contains("known pixel", e.Message);
    }

    [Fact]
    public async Task Run_InpaintingMethodWithoutMask_NamesPictureAndRemedy()
    {
        using ImageTensor image = TestImages.CreateWaves();
        await ImageFile.SaveAsync(image, Path.Combine(_folder.FullName, "a.png"));

        var e = await Assert.ThrowsAsync<QualityException>(() => RunAsync(CreateOptions() with { Task = "denoise", Sigmas = [25] }, RestorerFactory.Create("telea", "onnx", threads: null)));

        Assert.Contains("a.png", e.Message);
        Assert.Contains("mask", e.Message);
    }

    private static Task<Mask> CreateMaskAsync(string pattern, long seed, string name, int index)
        => CreateMaskAsync(InpaintCase.Create(pattern, seed), index, 96, 128, name);

    private static async Task<Mask> CreateMaskAsync(InpaintCase inpaintCase, int index, int height, int width, string name = "a.png")
    {
        using ImageTensor image = TestImages.CreateConstant(0.5f, channels: 1, height, width);
        using EvaluationInput input = await inpaintCase.CreateInputAsync(image, new PictureFile(name, index), CancellationToken.None);
        return input.Missing!;
    }

    private static async Task<EvaluationRow[]> RunAsync(EvaluationOptions options, IRestorer restorer)
    {
        using (restorer)
        {
            var evaluator = new Evaluator(options);
            var rows = new List<EvaluationRow>();
            foreach (EvaluationCase evaluationCase in evaluator.Cases)
            {
                rows.Add(await evaluator.RunAsync(evaluationCase, "tested", restorer, progress: null, CancellationToken.None));
            }

            return [.. rows];
        }
    }

    /// <summary>Saves two square masks, of 3 and of 5 missing rows.</summary>
    private async Task SaveMasksAsync()
    {
        foreach (int rows in new[] { 3, 5 })
        {
            using ImageTensor picture = ImageTensor.Create(ImageShape.Single(1, 40, 40));
            picture.Span[..(rows * 40)].Fill(1);
            await ImageFile.SaveAsync(picture, Path.Combine(_folder.FullName, $"{rows}.png"));
        }
    }

    private EvaluationOptions CreateOptions() => new() { Task = "inpaint", Images = _folder.FullName, Restorers = ["none"], Backend = "onnx" };

    /// <summary>Changes every pixel, known or not.</summary>
    private sealed class BrighteningRestorer : IRestorer
    {
        public RestorerInfo Info { get; } = new("brightening", RestorationTask.Inpaint, 3, TakesMask: true, "none", "cpu");

        public Task<RestorationResult> RestoreAsync(RestorationRequest request, RestorationOptions? options = null, CancellationToken cancellationToken = default)
        {
            ImageTensor image = request.Image.Clone();
            foreach (ref float value in image.Span)
            {
                value += 0.001f;
            }

            return Task.FromResult(new RestorationResult(image, TimeSpan.Zero));
        }

        public void Dispose()
        {
        }
    }
}
