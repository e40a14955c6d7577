using ImageRestoration.ImageSharp;
using ImageRestoration.Imaging;
using ImageRestoration.Metrics;
using ImageRestoration.Photos;

namespace ImageRestoration.Tests.Files;

public sealed class RoundTripTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public static TheoryData<int, int, int> Sizes
    {
        get
        {
            TheoryData<int, int, int> sizes = [];
            (int, int)[] some = [(1, 1), (1, 2), (2, 1), (1, 257), (300, 1), (7, 9), (8, 8), (64, 48)];
            var random = new Random(11);
            foreach ((int height, int width) in some.Concat(Enumerable.Range(0, 6).Select(_ => (random.Next(1, 200), random.Next(1, 200)))))
            {
                sizes.Add(1, height, width);
                sizes.Add(3, height, width);
            }

            return sizes;
        }
    }

    public void Dispose() => _folder.Dispose();

    [Theory]
    [MemberData(nameof(Sizes))]
    public async Task Png_8Bits_IsExact(int channels, int height, int width)
    {
        using ImageTensor image = TestPictures.Random((height * 1000) + width, channels, height, width);
        await ImageFile.SaveAsync(image, _folder["picture.png"]);
        using ImageTensor loaded = await ImageFile.LoadAsync(_folder["picture.png"]);

        TestPictures.AssertSame(image, loaded);
        Assert.Equal(["picture.png"], _folder.Files);
    }

    [Theory]
    [MemberData(nameof(Sizes))]
    public async Task Tiff_8Bits_IsExact(int channels, int height, int width)
    {
        using ImageTensor image = TestPictures.Random((height * 1000) + width, channels, height, width);
        await ImageFile.SaveAsync(image, _folder["picture.tif"]);
        using ImageTensor loaded = await ImageFile.LoadAsync(_folder["picture.tif"]);

        TestPictures.AssertSame(image, loaded);
        Assert.Equal(["picture.tif"], _folder.Files);
    }

    [Theory]
    [MemberData(nameof(Sizes))]
    public async Task Webp_Lossless_IsExact(int channels, int height, int width)
    {
        // A WebP is always in colour: a grey picture comes back with three equal channels.
        using ImageTensor image = TestPictures.Random((height * 1000) + width, channels, height, width);
        await ImageFile.SaveAsync(image, _folder["picture.webp"]);
        using ImageTensor loaded = await ImageFile.LoadAsync(_folder["picture.webp"]);

        Assert.Equal(image.Shape with { Channels = 3 }, loaded.Shape);
        for (int c = 0; c < 3; c++)
        {
            Assert.True(image.Plane(0, Math.Min(c, channels - 1)).SequenceEqual(loaded.Plane(0, c)));
        }
    }

    [Theory]
    [InlineData(1, "png")]
    [InlineData(3, "png")]
    [InlineData(1, "tiff")]
    [InlineData(3, "TIFF")]
    public async Task Save_Every16BitValue_IsExact(int channels, string extension)
    {
        using ImageTensor image = ImageTensor.Create(ImageShape.Single(channels, 256, 256));
        for (int c = 0; c < channels; c++)
        {
            for (int n = 0; n < 65536; n++)
            {
                image.Plane(0, c)[n] = ((n * (1 + (2 * c))) & 65535) / 65535f;
            }
        }

        string path = _folder["picture." + extension];
        await ImageFile.SaveAsync(image, path, new ImageSaveOptions { BitsPerChannel = 16 });
        using ImageTensor loaded = await ImageFile.LoadAsync(path);

        TestPictures.AssertSame(image, loaded);
    }

    [Fact]
    public async Task Webp_Lossy_KeepsPsnrAndIsSmaller()
    {
        using ImageTensor image = TestPictures.Smooth(3, 120, 161);
        await ImageFile.SaveAsync(image, _folder["lossless.webp"]);
        await ImageFile.SaveAsync(image, _folder["good.webp"], new ImageSaveOptions { WebpLossless = false });
        await ImageFile.SaveAsync(image, _folder["poor.webp"], new ImageSaveOptions { WebpLossless = false, WebpQuality = 10 });
        using ImageTensor loaded = await ImageFile.LoadAsync(_folder["good.webp"]);

        double psnr = Psnr.Compute(image, loaded);
        Assert.True(psnr >= 36, $"PSNR is {psnr:F2} dB, expected at least 36 dB.");
        long[] lengths = [.. new[] { "poor.webp", "good.webp", "lossless.webp" }.Select(name => new FileInfo(_folder[name]).Length)];
        Assert.Equal(lengths.Order(), lengths);
    }

    [Theory]
    [InlineData(1, 120, 161, "jpg", 42)]
    [InlineData(3, 120, 161, "JPG", 38)]
    [InlineData(3, 1, 1, "jpeg", 38)]
    [InlineData(1, 1, 1, "jpeg", 38)]
    public async Task Jpeg_StandardQuality_KeepsChannelsAndPsnr(int channels, int height, int width, string extension, double minimumPsnr)
    {
        using ImageTensor image = TestPictures.Smooth(channels, height, width);
        string path = _folder["picture." + extension];
        await ImageFile.SaveAsync(image, path);
        using ImageTensor loaded = await ImageFile.LoadAsync(path);

        Assert.Equal(image.Shape, loaded.Shape);
        double psnr = Psnr.Compute(image, loaded);
        Assert.True(psnr >= minimumPsnr, $"PSNR is {psnr:F2} dB, expected at least {minimumPsnr} dB.");
    }

    [Fact]
    public async Task Jpeg_ColorEdges_AreStoredAtFullResolution()
    {
        // Columns of red and blue: with halved chroma they would turn to purple, some 10 dB.
        using ImageTensor image = ImageTensor.Create(ImageShape.Single(3, 32, 32));
        for (int i = 0; i < 32 * 32; i++)
        {
            image.Plane(0, i % 2 == 0 ? 0 : 2)[i] = 0.8f;
        }

        await ImageFile.SaveAsync(image, _folder["edges.jpg"]);
        using ImageTensor loaded = await ImageFile.LoadAsync(_folder["edges.jpg"]);

        double psnr = Psnr.Compute(image, loaded);
        Assert.True(psnr >= 25, $"PSNR is {psnr:F2} dB, expected at least 25 dB.");
    }

    [Fact]
    public async Task Jpeg_LowerQuality_MakesASmallerFile()
    {
        using ImageTensor image = TestPictures.Random(1, 3, 64, 64);
        await ImageFile.SaveAsync(image, _folder["good.jpg"]);
        await ImageFile.SaveAsync(image, _folder["poor.jpg"], new ImageSaveOptions { JpegQuality = 20 });

        Assert.InRange(new FileInfo(_folder["poor.jpg"]).Length, 1, new FileInfo(_folder["good.jpg"]).Length / 2);
    }

    [Fact]
    public async Task Load_ContentsDecide_NotTheExtension()
    {
        using ImageTensor image = TestPictures.Random(2, 3, 9, 13);
        await ImageFile.SaveAsync(image, _folder["picture.png"]);
        File.Move(_folder["picture.png"], _folder["picture.jpg"]);
        using ImageTensor loaded = await ImageFile.LoadAsync(_folder["picture.jpg"]);

        TestPictures.AssertSame(image, loaded);
    }

    [Fact]
    public async Task Load_PaletteAndOpaqueAlpha_BecomeRgb()
    {
        byte[] palette = new HandmadePng(4, 1, 2, HandmadePng.Palette).Chunk("PLTE", [1, 2, 3, 40, 50, 60, 70, 80, 90, 250, 251, 252]).Pixels([0, 0b00_01_10_11]).End();
        byte[] opaque = new HandmadePng(1, 1, 8, HandmadePng.Rgba).Pixels([0, 9, 8, 7, 255]).End();
        using ImageTensor fromPalette = await ImageFile.LoadAsync(_folder.Write("palette.png", palette));
        using ImageTensor fromOpaque = await ImageFile.LoadAsync(_folder.Write("opaque.png", opaque));

        Assert.Equal([1 / 255f, 40 / 255f, 70 / 255f, 250 / 255f], fromPalette.Plane(0, 0).ToArray());
        Assert.Equal([3 / 255f, 60 / 255f, 90 / 255f, 252 / 255f], fromPalette.Plane(0, 2).ToArray());
        Assert.Equal([9 / 255f, 8 / 255f, 7 / 255f], fromOpaque.Span.ToArray());
    }

    [Fact]
    public async Task Load_InterlacedGrey_IsReadInOrder()
    {
        // 3 × 3: pass 1 holds (0,0), pass 4 (2,0), pass 5 row 2 at columns 0 and 2, pass 6 column 1 of rows 0 and 2, pass 7 row 1.
        byte[] png = new HandmadePng(3, 3, 8, HandmadePng.Grey, interlaced: true)
            .Pixels([0, 10, 0, 12, 0, 30, 32, 0, 11, 0, 31, 0, 20, 21, 22]).End();
        using ImageTensor image = await ImageFile.LoadAsync(_folder.Write("interlaced.png", png));

        Assert.Equal([10, 11, 12, 20, 21, 22, 30, 31, 32], image.Span.ToArray().Select(value => (int)Math.Round(value * 255)));
    }
}
