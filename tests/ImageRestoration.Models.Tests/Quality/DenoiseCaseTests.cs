using System.Numerics.Tensors;
using ImageRestoration.Imaging;
using ImageRestoration.Quality;
using ImageRestoration.Quality.Tasks;

namespace ImageRestoration.Models.Tests.Quality;

public sealed class DenoiseCaseTests
{
    [Fact]
    public void Degrade_SameSeedSigmaAndName_GivesTheSameNoise()
    {
        using ImageTensor image = TestImages.CreateWaves();
        using ImageTensor first = new DenoiseCase(25, 0).Degrade(image, "a.png");
        var again = new DenoiseCase(25, 0);
        using ImageTensor other = again.Degrade(image, "b.png");
        using ImageTensor second = again.Degrade(image, "a.png");

        Assert.Equal(first.Span, second.Span);
    }

    [Theory]
    [InlineData(25, 0, "b.png")]
    [InlineData(25, 1, "a.png")]
    public void Degrade_OtherNameOrSeed_GivesUnrelatedNoise(double sigma, long seed, string name)
    {
        using ImageTensor black = TestImages.CreateConstant(0, height: 64, width: 64);
        using ImageTensor first = new DenoiseCase(25, 0).Degrade(black, "a.png");
        using ImageTensor second = new DenoiseCase(sigma, seed).Degrade(black, name);

        Assert.InRange(TensorPrimitives.CosineSimilarity<float>(first.Span, second.Span), -0.05f, 0.05f);
    }

    [Fact]
    public void Degrade_OtherSigma_IsNotTheSameNoiseScaled()
    {
        using ImageTensor black = TestImages.CreateConstant(0, height: 64, width: 64);
        using ImageTensor weak = new DenoiseCase(15, 0).Degrade(black, "a.png");
        using ImageTensor strong = new DenoiseCase(50, 0).Degrade(black, "a.png");

        Assert.InRange(TensorPrimitives.CosineSimilarity<float>(weak.Span, strong.Span), -0.05f, 0.05f);
    }

    [Fact]
    public void Degrade_Black_AddsUnclippedNoiseOfThatSigmaAndLeavesTheOriginal()
    {
        using ImageTensor black = TestImages.CreateConstant(0, height: 128, width: 128);
        using ImageTensor noisy = new DenoiseCase(25, 0).Degrade(black, "a.png");

        // 49,152 values: the standard error of a standard deviation is 0.3 %.
        double deviation = Math.Sqrt(TensorPrimitives.SumOfSquares<float>(noisy.Span) / noisy.Span.Length);
        Assert.InRange(deviation * 255, 24.6, 25.4);
        Assert.InRange(TensorPrimitives.Min<float>(noisy.Span), -1f, -0.2f);
        Assert.False(black.Span.ContainsAnyExcept(0f));
    }

    [Fact]
    public void Degrade_PublishedProtocol_StaysAsItIs()
    {
        // Scores are compared between versions, so a change of these numbers is a change of the protocol.
        using ImageTensor black = TestImages.CreateConstant(0);
        using ImageTensor noisy = new DenoiseCase(25, 0).Degrade(black, "101085.png");

        Assert.Equal([-0.0326333866f, -0.113985822f, -0.0198943336f, -0.193451315f], noisy.Span[..4].ToArray());
    }

    [Fact]
    public void CreateCases_SeveralSigmas_KeepTheirOrder()
    {
        IReadOnlyList<EvaluationCase> cases = EvaluationTask.Find("denoise").CreateCases(CreateOptions(50, 15));

        Assert.Equal([50.0, 15.0], cases.Select(c => c.Sigma));
    }

    [Fact]
    public void CreateCases_NoSigma_SaysHowToGiveOne()
    {
        var e = Assert.Throws<QualityException>(() => EvaluationTask.Find("denoise").CreateCases(CreateOptions()));

        Assert.Contains("--sigma 15,25,50", e.Message);
    }

    [Fact]
    public void Find_UnknownTask_ListsTheKnownOnes()
    {
        var e = Assert.Throws<QualityException>(() => EvaluationTask.Find("sharpen"));

        Assert.Contains("denoise", e.Message);
    }

    private static EvaluationOptions CreateOptions(params double[] sigmas)
        => new() { Task = "denoise", Images = ".", Restorers = ["none"], Backend = "onnx", Sigmas = sigmas };
}
