using ImageRestoration.Imaging;
using ImageRestoration.Quality;
using ImageRestoration.Quality.Restorers;
using ImageRestoration.Restoration;

namespace ImageRestoration.Models.Tests.Quality;

public sealed class ClassicalMethodsTests
{
    [Theory]
    [InlineData("nearest", true)]
    [InlineData("linear", true)]
    [InlineData("biharmonic", true)]
    [InlineData("telea", true)]
    [InlineData("telea:5", true)]
    [InlineData("patchmatch:7", true)]
    [InlineData("harmonic+texture", true)]
    [InlineData("telea:5+texture", true)]
    [InlineData("non-local-means", false)]
    [InlineData("non-local-means:auto", false)]
    [InlineData("non-local-means:25:0.8:5:6", false)]
    [InlineData("total-variation:25", false)]
    [InlineData("total-variation-weight:0.1", false)]
    [InlineData("clahe", false)]
    [InlineData("clahe:2:4:4", false)]
    [InlineData("gamma:auto", false)]
    [InlineData("gamma:0.5", false)]
    public async Task Create_MethodWithParameters_TakesGreyAndRgb(string text, bool takesMask)
    {
        using IRestorer restorer = RestorerFactory.Create(text, "onnx", threads: null);
        foreach (int channels in new[] { 1, 3 })
        {
            using ImageTensor image = TestImages.CreateWaves(channels, 24, 32);
            var mask = new ImageRestoration.Masking.Mask(24, 32);
            mask.Row(10).Fill(1);
            using RestorationResult result = await restorer.RestoreAsync(new RestorationRequest(image, takesMask ? mask : null));
            Assert.Equal(image.Shape, result.Image.Shape);
        }

        Assert.Equal(takesMask, restorer.Info.TakesMask);
    }

    [Theory]
    [InlineData("telea:far")]
    [InlineData("telea:0")]
    [InlineData("telea:5:6")]
    [InlineData("nearest:1")]
    [InlineData("total-variation-weight")]
    [InlineData("non-local-means:-1")]
    public void Create_WrongParameters_SaysWhichMethodsThereAre(string text)
    {
        var e = Assert.Throws<QualityException>(() => RestorerFactory.Create(text, "onnx", threads: null));

        Assert.Contains($"'{text}'", e.Message);
        Assert.Contains("telea[:RADIUS]", e.Message);
    }

    [Theory]
    [InlineData("gamma+texture")]
    [InlineData("denoise-color-fast+texture")]
    public void Create_TextureForWhatTakesNoMask_IsRefused(string text)
    {
        var e = Assert.Throws<QualityException>(() => RestorerFactory.Create(text, "onnx", threads: null));

        Assert.Contains("Give one that inpaints", e.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Create_TextureForAModel_IsNamedAfterIt()
    {
        using IRestorer restorer = RestorerFactory.Create("inpaint-color-fast+texture", "onnx", threads: 1);

        Assert.Equal("inpaint-color-fast+texture", restorer.Info.Name);
    }

    [Fact]
    public async Task Create_Radius_ReachesTheMethod()
    {
        using ImageTensor image = TestImages.CreateWaves(height: 24, width: 32);
        var mask = new ImageRestoration.Masking.Mask(24, 32);
        mask.Values[..(24 * 32 / 2)].Fill(1);
        using IRestorer near = RestorerFactory.Create("telea:1", "onnx", threads: null), far = RestorerFactory.Create("telea:9", "onnx", threads: null);
        using RestorationResult first = await near.RestoreAsync(new RestorationRequest(image, mask));
        using RestorationResult second = await far.RestoreAsync(new RestorationRequest(image, mask));

        Assert.False(first.Image.Span.SequenceEqual(second.Image.Span));
    }
}
