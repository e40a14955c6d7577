using ImageRestoration.Classical.Inpainting;
using ImageRestoration.Imaging;
using ImageRestoration.Masking;
using ImageRestoration.Metrics;
using ImageRestoration.Restoration;

namespace ImageRestoration.Tests.Classical.Inpainting;

public sealed class PatchMatchRestorerTests
{
    [Fact]
    public async Task RestoreAsync_PeriodicTexture_IsContinued()
    {
        // Smooth methods cannot do this: the gap is wider than a period.
        using ImageTensor image = InpaintingTestData.Picture(96, 112, Texture);
        Mask mask = InpaintingTestData.Rectangle(96, 112, 30, 40, 30, 34);

        double patches = await ScoreAsync(new PatchMatchRestorer(channels: 1), image, mask);
        double smooth = await ScoreAsync(new BiharmonicRestorer(1), image, mask);

        Assert.True(patches > 30, $"PSNR of the missing part is {patches:F1} dB and not above 30.");
        Assert.True(smooth < 20, $"PSNR of the smooth inpainting is {smooth:F1} dB and not below 20.");
    }

    [Fact]
    public async Task RestoreAsync_ScatteredPoints_ComesCloserThanTheNearestPixel()
    {
        // No patch is known in full here.
        using ImageTensor image = InpaintingTestData.Picture(64, 80, (x, y) => 0.5f + (0.4f * MathF.Sin(x / 7f) * MathF.Cos(y / 9f)));
        Mask mask = InpaintingTestData.Points(64, 80, 0.8, seed: 3);

        double patches = await ScoreAsync(new PatchMatchRestorer(channels: 1), image, mask);
        double nearest = await ScoreAsync(new NearestRestorer(1), image, mask);

        Assert.True(patches > nearest + 3, $"PSNR of the missing part is {patches:F1} dB and not 3 above {nearest:F1}.");
    }

    [Fact]
    public async Task RestoreAsync_Seeds_DecideTheResult()
    {
        using ImageTensor image = InpaintingTestData.Picture(70, 64, (x, y) => Texture(x, y) * (0.5f + (x * y % 7 / 14f)));
        Mask mask = InpaintingTestData.Rectangle(70, 64, 20, 20, 25, 25);

        float[] first = await RunAsync(5), again = await RunAsync(5), other = await RunAsync(6);

        Assert.Equal(first, again);
        Assert.NotEqual(first, other);

        async Task<float[]> RunAsync(long seed)
        {
            using var restorer = new PatchMatchRestorer(new PatchMatchOptions { Seed = seed, Iterations = 3 }, 1);
            using RestorationResult result = await restorer.RestoreAsync(new RestorationRequest(image, mask));
            return result.Image.Span.ToArray();
        }
    }

    [Theory]
    [InlineData(3)]
    [InlineData(15)]
    [InlineData(31)]
    public async Task RestoreAsync_AnyPatchSize_FillsInTheRangeOfTheKnownPixels(int size)
    {
        using ImageTensor image = InpaintingTestData.Picture(50, 41, (x, y) => 0.4f + (Texture(x, y) / 5));
        Mask mask = InpaintingTestData.Rectangle(50, 41, 10, 30, 12, 11);
        using var restorer = new PatchMatchRestorer(new PatchMatchOptions { PatchSize = size, Iterations = 2 }, 1);

        using RestorationResult result = await restorer.RestoreAsync(new RestorationRequest(image, mask));

        Assert.All(result.Image.Span.ToArray(), value => Assert.InRange(value, 0.39f, 0.61f));
    }

    [Fact]
    public void Distance_OfPatches_IsTheSumOfSquares()
    {
        foreach (int channels in new[] { 1, 2, 3, 5 })
        {
            foreach (int half in new[] { 0, 1, 3, 5 })
            {
                var level = new PatchLevel(14, 15, channels);
                var random = new Random(1);
                for (int i = 0; i < 14 * 15 * channels; i++)
                {
                    level.Values[i] = random.NextSingle();
                }

                var field = new PatchField(level, half, PatchRoles.ForVoting(level, half), seed: 0, new ParallelOptions());
                (int target, int source) = ((half * 15) + half, ((13 - half) * 15) + 14 - half);
                double expected = 0;
                for (int y = -half; y <= half; y++)
                {
                    for (int i = -half * channels; i < (half + 1) * channels; i++)
                    {
                        double difference = level.Values[(((target + (y * 15)) * channels) + i)] - level.Values[((source + (y * 15)) * channels) + i];
                        expected += difference * difference;
                    }
                }

                Assert.Equal(expected, field.Distance(target, source, float.PositiveInfinity), 1e-3);
                Assert.True(field.Distance(target, source, (float)expected / 2) >= expected / 2);
            }
        }
    }

    [Fact]
    public void Create_OptionsOutOfRange_AreReportedTogether()
    {
        string message = Assert.Throws<ArgumentException>(() => new PatchMatchRestorer(new PatchMatchOptions { PatchSize = 8, Iterations = 0 }, 3)).Message;

        Assert.Contains("PatchSize is 8", message, StringComparison.Ordinal);
        Assert.Contains("Iterations is 0", message, StringComparison.Ordinal);
    }

    private static float Texture(int x, int y) => ((x / 4) + (y / 6)) % 2 == 0 ? 0.9f : (x % 8) / 16f;

    private static async Task<double> ScoreAsync(InpaintingRestorer restorer, ImageTensor image, Mask mask)
    {
        using (restorer)
        {
            using RestorationResult result = await restorer.RestoreAsync(new RestorationRequest(image, mask));
            return Psnr.Compute(image, result.Image, mask);
        }
    }
}
