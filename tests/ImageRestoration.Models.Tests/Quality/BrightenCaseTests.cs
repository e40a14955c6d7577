using System.Numerics.Tensors;
using ImageRestoration.ImageSharp;
using ImageRestoration.Imaging;
using ImageRestoration.Quality;
using ImageRestoration.Quality.Restorers;
using ImageRestoration.Quality.Tasks;

namespace ImageRestoration.Models.Tests.Quality;

public sealed class BrightenCaseTests : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("image-restoration-");

    public void Dispose() => _folder.Delete(recursive: true);

    [Fact]
    public void Degrade_Stops_DarkensByNameAndSeed()
    {
        using ImageTensor image = TestImages.CreateWaves();
        using ImageTensor one = new BrightenCase(-1, 0).Degrade(image, "a.png");
        using ImageTensor again = new BrightenCase(-1, 0).Degrade(image, "a.png");
        using ImageTensor other = new BrightenCase(-1, 0).Degrade(image, "b.png");
        using ImageTensor three = new BrightenCase(-3, 0).Degrade(image, "a.png");

        Assert.Equal(one.Span, again.Span);
        Assert.False(one.Span.SequenceEqual(other.Span));

        // sRGB 0.5 has the linear value 0.214; a half and an eighth of it are 0.361 and 0.178 in sRGB.
        Assert.InRange(TensorPrimitives.Average<float>(one.Span), 0.34f, 0.38f);
        Assert.InRange(TensorPrimitives.Average<float>(three.Span), 0.16f, 0.20f);
    }

    [Fact]
    public void CreateCases_WithAndWithoutStops_AreSyntheticAndPairs()
    {
        EvaluationTask task = EvaluationTask.Find("brighten");

        Assert.Equal(["stops -1", "stops -3.5"], task.CreateCases(CreateOptions() with { Stops = [-1, -3.5] }).Select(c => c.Name));
        Assert.Equal(["pairs", "pairs, 0.75 stops longer", "pairs, exposure matched"], task.CreateCases(CreateOptions()).Select(c => c.Name));
    }

    [Fact]
    public async Task Run_Pairs_ScoresUnclippedPixelsOfTheDarkPictures()
    {
        using ImageTensor dark = TestImages.CreateConstant(51 / 255f);
        using ImageTensor bright = TestImages.CreateConstant(102 / 255f);

        // One channel is clipped in the upper half; there the pictures differ much more.
        bright.Plane(0, 1)[..(bright.Height * bright.Width / 2)].Fill(253 / 255f);
        await SaveAsync(dark, "scene_low.png");
        await SaveAsync(bright, "scene_high.png");
        await SaveAsync(dark, "unrelated.png");

        EvaluationRow row = await RunAsync(CreateOptions());

        Assert.Equal((1, "pairs", null), (row.Count, row.Case, row.Sigma));
        Assert.Equal(10 * Math.Log10(1 / (0.2 * 0.2)), row.Psnr, 4);
        Assert.Equal(row.Psnr, row.InputPsnr);
    }

    [Fact]
    public async Task Run_PairsAndGamma_Gains()
    {
        using ImageTensor dark = TestImages.CreateConstant(20 / 255f);
        using ImageTensor bright = TestImages.CreateConstant(115 / 255f);
        await SaveAsync(dark, "scene_low.png");
        await SaveAsync(bright, "scene_high.jpg");

        EvaluationRow row = await RunAsync(CreateOptions() with { Restorers = ["gamma"] });

        Assert.True(row.Psnr > row.InputPsnr + 10, $"PSNR {row.Psnr}, input {row.InputPsnr}");
    }

    /// <summary>The same scene with a quarter of the light, apart from what is clipped in the bright one, differs by rounding alone once exposures match.</summary>
    [Fact]
    public async Task Run_PairsWithMatchedExposure_ForgivesTheGainAlone()
    {
        using ImageTensor bright = TestImages.CreateWaves();
        using ImageTensor dark = bright.Clone();
        foreach (ref float value in dark.Span)
        {
            double light = value <= 0.04045 ? value / 12.92 : Math.Pow((value + 0.055) / 1.055, 2.4);
            value = (float)((1.055 * Math.Pow(Math.Max(light / 4, 0.0031308), 1 / 2.4)) - 0.055);
        }

        await SaveAsync(dark, "scene_low.png");
        await SaveAsync(bright, "scene_high.png");

        EvaluationRow asIs = await RunAsync(CreateOptions()), matched = await RunAsync(CreateOptions(), caseIndex: 2);

        Assert.Equal("pairs, exposure matched", matched.Case);
        Assert.InRange(asIs.Psnr, 5, 20);
        Assert.InRange(matched.Psnr, 38, 60);
        Assert.Equal(matched.Psnr, matched.InputPsnr);
    }

    [Fact]
    public async Task Create_NoOrHalfAPair_SaysWhatIsMissing()
    {
        using ImageTensor image = TestImages.CreateConstant(0.4f);
        await SaveAsync(image, "scene_low.png");
        var none = Assert.Throws<QualityException>(() => new Evaluator(CreateOptions()));
        await SaveAsync(image, "other_high.png");
        var half = await Assert.ThrowsAsync<QualityException>(() => RunAsync(CreateOptions()));

        Assert.Contains("--stops", none.Message);
        Assert.Contains("other_low.png", half.Message);
    }

    private static async Task<EvaluationRow> RunAsync(EvaluationOptions options, int caseIndex = 0)
    {
        var evaluator = new Evaluator(options);
        using var restorer = RestorerFactory.Create(options.Restorers[0], options.Backend, options.Threads);
        return await evaluator.RunAsync(evaluator.Cases[caseIndex], options.Restorers[0], restorer, progress: null, CancellationToken.None);
    }

    private EvaluationOptions CreateOptions() => new() { Task = "brighten", Images = _folder.FullName, Restorers = ["none"], Backend = "onnx" };

    private Task SaveAsync(ImageTensor image, string name) => ImageFile.SaveAsync(image, Path.Combine(_folder.FullName, name));
}
