using ImageRestoration.Classical.Denoising;
using ImageRestoration.Imaging;
using ImageRestoration.Masking;
using ImageRestoration.Restoration;
using ImageRestoration.Tiling;

namespace ImageRestoration.Tests.Classical.Denoising;

public sealed class AutomaticStrengthRestorerTests
{
    [Fact]
    public async Task RestoreAsync_BatchOfCleanAndNoisyPictures_BlendsEachByItsOwnNoise()
    {
        using ImageTensor images = ClassicalRuns.WithNoise(ClassicalRuns.Picture(3, 96, 128, batch: 2), 10);
        images.Image(0).Span.Fill(0.5f);
        using ImageTensor full = ClassicalRuns.Run(Inside(), images);
        using ImageTensor blended = ClassicalRuns.Run(new AutomaticStrengthRestorer(Inside(), modelError: 5), images);
        Assert.Equal(images.Image(0).Span.ToArray(), blended.Image(0).Span.ToArray());

        float strength = NoiseEstimate.Of(images, 1).StrengthFor(5);
        Assert.InRange(strength, 0.7f, 0.9f);
        AssertBlend(images.Image(1), full.Image(1), strength, blended.Image(1));

        var half = new RestorationOptions { Clamp = false, Strength = 0.5f };
        using var restorer = new AutomaticStrengthRestorer(Inside(), modelError: 5);
        using RestorationResult weaker = await restorer.RestoreAsync(new RestorationRequest(images), half);
        AssertBlend(images.Image(1), full.Image(1), strength / 2, weaker.Image.Image(1));
    }

    [Fact]
    public async Task RestoreAsync_Mask_KeepsKnownPixelsAndTheRange()
    {
        using ImageTensor noisy = ClassicalRuns.WithNoise(ClassicalRuns.Picture(3, 96, 128), 60);
        var mask = new Mask(96, 128);
        mask.Row(50).Fill(1);
        using var restorer = new AutomaticStrengthRestorer(Inside(), modelError: 40);
        using RestorationResult result = await restorer.RestoreAsync(new RestorationRequest(noisy, mask));
        for (int y = 0; y < 96; y++)
        {
            if (y != 50)
            {
                Assert.Equal(noisy.Row(0, 1, y).ToArray(), result.Image.Row(0, 1, y).ToArray());
            }
        }

        Assert.NotEqual(noisy.Row(0, 1, 50).ToArray(), result.Image.Row(0, 1, 50).ToArray());
        Assert.All(result.Image.Row(0, 1, 50).ToArray(), value => Assert.InRange(value, 0f, 1f));
    }

    [Fact]
    public void Info_AnyRestorer_AsksForTilingInside()
    {
        using IRestorer restorer = new RestorerBuilder(Inside()).UseAutomaticStrength().Build();
        Assert.IsType<AutomaticStrengthRestorer>(restorer);
        Assert.Null(restorer.Info.TileHalo);
        Assert.Throws<ArgumentException>(() => new TiledRestorer(restorer));
    }

    [Theory]
    [InlineData(-0.1)]
    [InlineData(double.NaN)]
    [InlineData(double.PositiveInfinity)]
    public void Constructor_WrongModelError_Throws(double error)
    {
        Assert.Throws<ArgumentOutOfRangeException>(() => new AutomaticStrengthRestorer(Inside(), error));
        Assert.Throws<ArgumentOutOfRangeException>(() => new RestorerBuilder(Inside()).UseAutomaticStrength(error));
    }

    [Fact]
    public async Task RestoreAsync_AfterDispose_Throws()
    {
        var restorer = new AutomaticStrengthRestorer(Inside());
        restorer.Dispose();
        using ImageTensor picture = ClassicalRuns.Picture(3, 20, 20);
        await Assert.ThrowsAsync<ObjectDisposedException>(() => restorer.RestoreAsync(new RestorationRequest(picture)));
    }

    private static TotalVariationRestorer Inside() => new(new TotalVariationOptions { Weight = 0.1 });

    private static void AssertBlend(ImageTensor given, ImageTensor full, float strength, ImageTensor blended)
    {
        for (int i = 0; i < given.Span.Length; i++)
        {
            Assert.Equal(given.Span[i] + (strength * (full.Span[i] - given.Span[i])), blended.Span[i], 1e-5f);
        }
    }
}
