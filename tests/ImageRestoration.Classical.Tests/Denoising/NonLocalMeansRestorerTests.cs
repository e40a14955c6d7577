using ImageRestoration.Classical.Denoising;
using ImageRestoration.Imaging;
using ImageRestoration.Metrics;
using ImageRestoration.Restoration;

namespace ImageRestoration.Tests.Classical.Denoising;

public sealed class NonLocalMeansRestorerTests
{
    [Theory]
    [InlineData(3, 20, 23, 3, 4)]
    [InlineData(1, 9, 12, 5, 2)]
    [InlineData(3, 70, 30, 3, 2)] // two tiles high
    [InlineData(1, 12, 270, 7, 3)] // two tiles wide
    [InlineData(2, 1, 5, 5, 4)] // smaller than the patch
    [InlineData(1, 1, 1, 3, 1)]
    public void RestoreAsync_AnySize_EqualsTheFormula(int channels, int height, int width, int patch, int search)
    {
        using ImageTensor noisy = ClassicalRuns.WithNoise(ClassicalRuns.Picture(channels, height, width), 30);
        var options = new NonLocalMeansOptions { Sigma = 30, Strength = 0.9, PatchSize = patch, SearchRadius = search };
        using ImageTensor result = ClassicalRuns.Run(new NonLocalMeansRestorer(options, channels), noisy);
        for (int c = 0; c < channels; c++)
        {
            for (int y = 0; y < height; y++)
            {
                for (int x = 0; x < width; x++)
                {
                    Assert.Equal(Formula(noisy, c, y, x, options), result.Row(0, c, y)[x], 1e-5);
                }
            }
        }
    }

    [Fact]
    public void RestoreAsync_NoisyPicture_RemovesMostOfTheNoise()
    {
        using ImageTensor clean = ClassicalRuns.Picture(3, 90, 110);
        using ImageTensor noisy = ClassicalRuns.WithNoise(clean, 25);
        using ImageTensor result = ClassicalRuns.Run(new NonLocalMeansRestorer(new NonLocalMeansOptions { Sigma = 25 }), noisy);
        Assert.True(Psnr.Compute(clean, result) > Psnr.Compute(clean, noisy) + 8, $"PSNR {Psnr.Compute(clean, result):F2} dB of a picture with {Psnr.Compute(clean, noisy):F2} dB; the gain must exceed 8 dB.");
    }

    [Fact]
    public void RestoreAsync_SigmaNotGiven_EstimatesItOfEachPicture()
    {
        using ImageTensor clean = ClassicalRuns.Picture(1, 64, 80, batch: 2);
        using ImageTensor noisy = ClassicalRuns.WithNoise(clean, 10);
        using ImageTensor strong = ClassicalRuns.WithNoise(clean, 40, seed: 2);
        strong.Plane(1, 0).CopyTo(noisy.Plane(1, 0));
        using ImageTensor result = ClassicalRuns.Run(new NonLocalMeansRestorer(channels: 1), noisy);
        for (int b = 0; b < 2; b++)
        {
            ImageTensor picture = ImageTensor.Wrap(noisy.Plane(b, 0).ToArray(), ImageShape.Single(1, 64, 80));
            var options = new NonLocalMeansOptions { Sigma = NoiseEstimate.Of(picture).Level };
            using ImageTensor alone = ClassicalRuns.Run(new NonLocalMeansRestorer(options, channels: 1), picture);
            Assert.Equal(alone.Span.ToArray(), result.Plane(b, 0).ToArray());
        }
    }

    [Fact]
    public void RestoreAsync_PictureWithoutNoise_StaysAsItIs()
    {
        using ImageTensor flat = ImageTensor.Create(ImageShape.Single(3, 20, 20));
        flat.Span.Fill(0.3f);
        using ImageTensor result = ClassicalRuns.Run(new NonLocalMeansRestorer(), flat);
        Assert.Equal(flat.Span.ToArray(), result.Span.ToArray());
    }

    [Fact]
    public void RestoreAsync_ManyRunsAtOnce_GiveTheSame()
    {
        using ImageTensor noisy = ClassicalRuns.WithNoise(ClassicalRuns.Picture(3, 150, 300), 25);
        ClassicalRuns.AssertSameWhenCrowded(new NonLocalMeansRestorer(new NonLocalMeansOptions { SearchRadius = 2 }), noisy);
    }

    [Fact]
    public async Task RestoreAsync_CancelledWhileRunning_Stops()
    {
        using ImageTensor image = ClassicalRuns.Picture(3, 1000, 1000);
        await ClassicalRuns.AssertCancels(new NonLocalMeansRestorer(new NonLocalMeansOptions { Sigma = 20, SearchRadius = 40 }), image);
    }

    [Fact]
    public void Info_OfARestorer_SaysWhatItIs()
        => Assert.Equal(new RestorerInfo("non-local-means", RestorationTask.Denoise, 1, TakesMask: false, "Classical", "cpu"), new NonLocalMeansRestorer(channels: 1).Info);

    [Fact]
    public void Create_WrongOptions_ReportsAllTogether()
    {
        var options = new NonLocalMeansOptions { Sigma = -1, Strength = double.NaN, PatchSize = 4, SearchRadius = 0 };
        ArgumentException error = Assert.Throws<ArgumentException>("options", () => new NonLocalMeansRestorer(options));
        Assert.All(["Sigma is -1", "Strength is NaN", "PatchSize is 4", "SearchRadius is 0"], part => Assert.Contains(part, error.Message, StringComparison.Ordinal));
    }

    /// <summary>Weights exp(−max(d² − 2σ², 0) / h²) over the window, d² the mean squared difference of two patches.</summary>
    private static double Formula(ImageTensor image, int channel, int y, int x, NonLocalMeansOptions options)
    {
        double sigma = options.Sigma!.Value / 255, h = options.Strength * sigma;
        int radius = options.PatchSize / 2;
        double sum = 0, weights = 0;
        for (int dy = -options.SearchRadius; dy <= options.SearchRadius; dy++)
        {
            for (int dx = -options.SearchRadius; dx <= options.SearchRadius; dx++)
            {
                double distance = 0;
                for (int c = 0; c < image.Channels; c++)
                {
                    for (int v = -radius; v <= radius; v++)
                    {
                        for (int u = -radius; u <= radius; u++)
                        {
                            double difference = At(c, y + v, x + u) - At(c, y + dy + v, x + dx + u);
                            distance += difference * difference / (image.Channels * options.PatchSize * options.PatchSize);
                        }
                    }
                }

                double weight = Math.Exp(-Math.Max(distance - (2 * sigma * sigma), 0) / (h * h));
                sum += weight * At(channel, y + dy, x + dx);
                weights += weight;
            }
        }

        return sum / weights;

        double At(int c, int row, int column) => image.Row(0, c, Mirror(row, image.Height))[Mirror(column, image.Width)];

        static int Mirror(int position, int extent)
        {
            while (position < 0 || position >= extent)
            {
                position = extent == 1 ? 0 : position < 0 ? -position : (2 * extent) - 2 - position;
            }

            return position;
        }
    }
}
