using ImageRestoration.Degradation;
using ImageRestoration.Imaging;
using ImageRestoration.Metrics;
using ImageRestoration.Quality;
using ImageRestoration.Quality.Tasks;

namespace ImageRestoration.Models.Tests.Quality;

public sealed class DeblockCaseTests
{
    [Fact]
    public void Degrade_LowerQuality_LosesMoreAndStaysOn8Bits()
    {
        using ImageTensor image = TestImages.CreateWaves();
        using ImageTensor before = image.Clone();
        using ImageTensor ten = new DeblockCase(10).Degrade(image, "a.png");
        using ImageTensor ninety = new DeblockCase(90).Degrade(image, "a.png");
        using ImageTensor rounded = ten.Clone();
        Quantization.RoundTo8Bit(rounded);

        Assert.InRange(Psnr.Compute(image, ten), 15, Psnr.Compute(image, ninety) - 3);
        Assert.Equal(rounded.Span, ten.Span);
        Assert.Equal(before.Span, image.Span);
    }

    [Fact]
    public void Degrade_OtherName_GivesTheSamePicture()
    {
        using ImageTensor image = TestImages.CreateWaves(channels: 1);
        using ImageTensor first = new DeblockCase(20).Degrade(image, "a.png");
        using ImageTensor second = new DeblockCase(20).Degrade(image, "b.png");

        Assert.Equal(first.Span, second.Span);
    }

    [Fact]
    public void CreateCases_Qualities_KeepTheirOrderAndNameTheSubsampling()
    {
        EvaluationOptions options = CreateOptions() with { Qualities = [40, 10] };

        Assert.Equal(["quality 40", "quality 10"], EvaluationTask.Find("deblock").CreateCases(options).Select(c => c.Name));
        Assert.Equal(["quality 40 4:4:4", "quality 10 4:4:4"], EvaluationTask.Find("deblock").CreateCases(options with { Subsampling = ChromaSubsampling.Ratio444 }).Select(c => c.Name));
    }

    [Fact]
    public void Degrade_OtherSubsampling_GivesAnotherPicture()
    {
        using ImageTensor image = TestImages.CreateWaves();
        using ImageTensor coarse = new DeblockCase(90).Degrade(image, "a.png");
        using ImageTensor full = new DeblockCase(90, ChromaSubsampling.Ratio444).Degrade(image, "a.png");

        Assert.True(Psnr.Compute(image, full) > Psnr.Compute(image, coarse));
    }

    [Fact]
    public void CreateCases_NoQuality_SaysHowToGiveOne()
        => Assert.Contains("--quality 10,20,40", Assert.Throws<QualityException>(() => EvaluationTask.Find("deblock").CreateCases(CreateOptions())).Message);

    [Theory]
    [InlineData("denoise", "--quality")]
    [InlineData("deblock", "--mask")]
    [InlineData("inpaint", "--stops")]
    [InlineData("brighten", "--sigma")]
    public void CreateCases_OptionOfAnotherTask_SaysWhich(string task, string option)
    {
        EvaluationOptions options = CreateOptions() with
        {
            Qualities = option == "--quality" ? [10] : [],
            Masks = option == "--mask" ? ["points"] : [],
            Stops = option == "--stops" ? [-1] : [],
            Sigmas = option == "--sigma" ? [25] : [],
        };

        var e = Assert.Throws<QualityException>(() => EvaluationTask.Find(task).CreateCases(options));

        Assert.Contains($"'{task}' does not take {option};", e.Message);
    }

    private static EvaluationOptions CreateOptions() => new() { Task = "deblock", Images = ".", Restorers = ["none"], Backend = "onnx" };
}
