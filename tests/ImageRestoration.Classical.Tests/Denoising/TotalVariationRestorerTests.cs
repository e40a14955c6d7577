using ImageRestoration.Classical.Denoising;
using ImageRestoration.Imaging;
using ImageRestoration.Metrics;
using ImageRestoration.Restoration;
using ImageRestoration.Tests.Metrics;

namespace ImageRestoration.Tests.Classical.Denoising;

public sealed class TotalVariationRestorerTests
{
    [Theory]
    [MemberData(nameof(DenoisingReference.TotalVariationRows), MemberType = typeof(DenoisingReference))]
    public void RestoreAsync_GreyPicture_EqualsScikitImage(string source, int height, int width, int strength, double weight, double first, double middle, double last, double deviation)
    {
        (_, ImageTensor picture) = SyntheticImages.Pair(source, 1, height, width, strength);
        var options = new TotalVariationOptions { Weight = weight, Tolerance = 0, Iterations = 100 };
        using ImageTensor result = ClassicalRuns.Run(new TotalVariationRestorer(options, channels: 1), picture);
        Assert.Equal(first, result.Span[0], 1e-5);
        Assert.Equal(middle, result.Row(0, 0, height / 2)[width / 3], 1e-5);
        Assert.Equal(last, result.Span[^1], 1e-5);
        Assert.Equal(deviation, StandardDeviation(result.Span), 1e-5);
    }

    [Fact]
    public void RestoreAsync_EqualChannels_EqualsGreyOfTheSameGradients()
    {
        // Three equal channels have gradients √3 times as long as one: the same as a grey picture with a √3 times smaller weight of that length.
        using ImageTensor noisy = ClassicalRuns.WithNoise(ClassicalRuns.Picture(1, 40, 45), 20);
        using ImageTensor rgb = ImageTensor.Create(ImageShape.Single(3, 40, 45));
        for (int c = 0; c < 3; c++)
        {
            noisy.Span.CopyTo(rgb.Plane(0, c));
        }

        using ImageTensor coupled = ClassicalRuns.Run(new TotalVariationRestorer(new TotalVariationOptions { Weight = 0.1 * Math.Sqrt(3), Tolerance = 0 }), rgb);
        using ImageTensor grey = ClassicalRuns.Run(new TotalVariationRestorer(new TotalVariationOptions { Weight = 0.1, Tolerance = 0 }, channels: 1), noisy);
        for (int i = 0; i < grey.Span.Length; i++)
        {
            Assert.Equal(grey.Span[i], coupled.Plane(0, 1)[i], 1e-5);
        }
    }

    [Fact]
    public void RestoreAsync_NoisyPicture_RemovesMostOfTheNoise()
    {
        using ImageTensor clean = ClassicalRuns.Picture(3, 90, 110);
        using ImageTensor noisy = ClassicalRuns.WithNoise(clean, 25);
        using ImageTensor result = ClassicalRuns.Run(new TotalVariationRestorer(new TotalVariationOptions { Sigma = 25 }), noisy);
        Assert.True(Psnr.Compute(clean, result) > Psnr.Compute(clean, noisy) + 8, $"PSNR {Psnr.Compute(clean, result):F2} dB of a picture with {Psnr.Compute(clean, noisy):F2} dB; the gain must exceed 8 dB.");
    }

    [Fact]
    public void RestoreAsync_MoreIterations_ComeCloserToTheLimit()
    {
        using ImageTensor noisy = ClassicalRuns.WithNoise(ClassicalRuns.Picture(1, 50, 60), 30);
        using ImageTensor limit = Restore(0, 3000);
        using ImageTensor few = Restore(0, 20);
        using ImageTensor more = Restore(0, 200);
        using ImageTensor tolerant = Restore(2e-4, 3000);
        double coarse = Psnr.Compute(limit, few), fine = Psnr.Compute(limit, more), stopped = Psnr.Compute(limit, tolerant);
        Assert.True(fine > coarse + 6, $"{coarse:F1} dB from the limit after 20 steps, {fine:F1} dB after 200.");
        Assert.InRange(stopped, 30, fine + 20);

        ImageTensor Restore(double tolerance, int iterations)
            => ClassicalRuns.Run(new TotalVariationRestorer(new TotalVariationOptions { Weight = 0.1, Tolerance = tolerance, Iterations = iterations }, channels: 1), noisy);
    }

    [Theory]
    [InlineData(1, 1)]
    [InlineData(1, 50)]
    [InlineData(50, 1)]
    public void RestoreAsync_SmallestPictures_AreRestored(int height, int width)
    {
        using ImageTensor noisy = ClassicalRuns.WithNoise(ClassicalRuns.Picture(3, height, width), 20);
        using ImageTensor result = ClassicalRuns.Run(new TotalVariationRestorer(new TotalVariationOptions { Weight = 0.5 }), noisy);
        Assert.True(StandardDeviation(result.Plane(0, 0)) <= StandardDeviation(noisy.Plane(0, 0)));
        Assert.Equal(Mean(noisy.Span), Mean(result.Span), 1e-5);
    }

    [Fact]
    public void RestoreAsync_PictureWithoutNoise_StaysAsItIs()
    {
        using ImageTensor flat = ImageTensor.Create(ImageShape.Single(3, 20, 20));
        flat.Span.Fill(0.3f);
        using ImageTensor result = ClassicalRuns.Run(new TotalVariationRestorer(), flat);
        Assert.Equal(flat.Span.ToArray(), result.Span.ToArray());
    }

    [Fact]
    public void RestoreAsync_ManyRunsAtOnce_GiveTheSame()
    {
        using ImageTensor noisy = ClassicalRuns.WithNoise(ClassicalRuns.Picture(3, 150, 70, batch: 2), 25);
        ClassicalRuns.AssertSameWhenCrowded(new TotalVariationRestorer(new TotalVariationOptions { Iterations = 20 }), noisy);
    }

    [Fact]
    public async Task RestoreAsync_CancelledWhileRunning_Stops()
    {
        using ImageTensor image = ClassicalRuns.WithNoise(ClassicalRuns.Picture(3, 500, 500), 20);
        await ClassicalRuns.AssertCancels(new TotalVariationRestorer(new TotalVariationOptions { Tolerance = 0, Iterations = 100_000 }), image);
    }

    [Fact]
    public void Info_OfARestorer_SaysWhatItIs()
        => Assert.Equal(new RestorerInfo("total-variation", RestorationTask.Denoise, 3, TakesMask: false, "Classical", "cpu"), new TotalVariationRestorer().Info);

    [Fact]
    public void Create_WrongOptions_ReportsAllTogether()
    {
        var options = new TotalVariationOptions { Sigma = 300, Weight = 0, Tolerance = -1, Iterations = 0 };
        ArgumentException error = Assert.Throws<ArgumentException>("options", () => new TotalVariationRestorer(options));
        Assert.All(["Sigma is 300", "Weight is 0", "both given", "Tolerance is -1", "Iterations is 0"], part => Assert.Contains(part, error.Message, StringComparison.Ordinal));
    }

    private static double Mean(ReadOnlySpan<float> values)
    {
        double sum = 0;
        foreach (float value in values)
        {
            sum += value;
        }

        return sum / values.Length;
    }

    private static double StandardDeviation(ReadOnlySpan<float> values)
    {
        double mean = Mean(values), sum = 0;
        foreach (float value in values)
        {
            sum += (value - mean) * (value - mean);
        }

        return Math.Sqrt(sum / values.Length);
    }
}
