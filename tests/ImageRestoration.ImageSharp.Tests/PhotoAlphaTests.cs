using ImageRestoration.ImageSharp;
using ImageRestoration.Imaging;
using ImageRestoration.Photos;
using SixLabors.ImageSharp;
using SixLabors.ImageSharp.PixelFormats;

namespace ImageRestoration.Tests;

public sealed class PhotoAlphaTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData("rgba8", "png", 3)]
    [InlineData("rgba8", "webp", 1)]
    [InlineData("rgba8", "tif", 3)]
    [InlineData("rgba16", "png", 1)]
    [InlineData("rgba16", "tiff", 3)]
    [InlineData("greyAlpha8", "png", 3)]
    [InlineData("greyAlpha8", "webp", 3)]
    [InlineData("greyAlpha16", "png", 1)]
    [InlineData("greyAlpha16", "tiff", 3)]
    public async Task Restore_Preserve_KeepsAlphaAndHiddenColors(string kind, string extension, int channels)
    {
        using Image image = RandomImages.Create(kind, 23, 17, 5);
        await image.SaveAsync(_folder["in.png"]);
        using var photos = new PhotoRestorer(new FakeRestorer(channels, (value, _) => 1 - value), new ImageSharpCodec());
        await photos.RestoreAsync(_folder["in.png"], _folder["out." + extension]);

        Rgba64[] before = RandomImages.Pixels(image);
        Rgba64[] after = RandomImages.Pixels(_folder["out." + extension]);
        Assert.Equal(before.Length, after.Length);
        for (int i = 0; i < before.Length; i++)
        {
            Rgba64 p = before[i];
            Assert.Equal(p.A == 0 ? p : new Rgba64((ushort)(65535 - p.R), (ushort)(65535 - p.G), (ushort)(65535 - p.B), p.A), after[i]);
        }
    }

    [Theory]
    [InlineData("rgba8", 3)]
    [InlineData("rgba16", 1)]
    [InlineData("greyAlpha16", 3)]
    public async Task Restore_Restore_RestoresAlphaAsAPlane(string kind, int channels)
    {
        using Image image = RandomImages.Create(kind, 23, 17, 5);
        await image.SaveAsync(_folder["in.png"]);
        var restorer = new FakeRestorer(channels, (value, _) => 1 - value);
        using var photos = new PhotoRestorer(restorer, new ImageSharpCodec()) { Alpha = AlphaHandling.Restore };
        await photos.RestoreAsync(_folder["in.png"], _folder["out.png"]);

        Assert.All(RandomImages.Pixels(image).Zip(RandomImages.Pixels(_folder["out.png"])), pair => Assert.Equal(
            new Rgba64((ushort)(65535 - pair.First.R), (ushort)(65535 - pair.First.G), (ushort)(65535 - pair.First.B), (ushort)(65535 - pair.First.A)), pair.Second));
        Assert.All(restorer.Requests, shape => Assert.Equal(ImageShape.Single(channels, 17, 23), shape));
    }

    [Fact]
    public async Task Restore_Discard_MakesAnOpaquePicture()
    {
        using Image image = RandomImages.Create("rgba8", 23, 17, 5);
        await image.SaveAsync(_folder["in.png"]);
        using var photos = new PhotoRestorer(new FakeRestorer(3, (value, _) => 1 - value), new ImageSharpCodec()) { Alpha = AlphaHandling.Discard };
        await photos.RestoreAsync(_folder["in.png"], _folder["out.png"]);
        await photos.RestoreAsync(_folder["in.png"], _folder["out.jpg"]);

        using Image written = await Image.LoadAsync(_folder["out.png"]);
        Assert.IsType<Image<Rgb24>>(written);
        Assert.All(RandomImages.Pixels(image).Zip(RandomImages.Pixels(written)), pair => Assert.Equal(65535 - pair.First.R, pair.Second.R));
        Assert.True(File.Exists(_folder["out.jpg"]));
    }

    [Fact]
    public async Task Restore_TransparencyToJpeg_IsRefusedBeforeTheWork()
    {
        using Image image = RandomImages.Create("rgba8", 23, 17, 5);
        await image.SaveAsync(_folder["in.png"]);
        var restorer = new FakeRestorer(3, (value, _) => value);
        using var photos = new PhotoRestorer(restorer, new ImageSharpCodec());
        ImageFileException exception = await Assert.ThrowsAsync<ImageFileException>(() => photos.RestoreAsync(_folder["in.png"], _folder["out.jpg"]));

        Assert.Contains("AlphaHandling.Discard", exception.Message, StringComparison.Ordinal);
        Assert.Empty(restorer.Requests);
        Assert.Equal(["in.png"], _folder.Files);
    }

    [Fact]
    public async Task Load_DiscardAlpha_TakesTheColors()
    {
        using Image image = RandomImages.Create("rgba8", 5, 4, 5);
        await image.SaveAsync(_folder["in.png"]);
        using ImageTensor colors = await ImageFile.LoadAsync(_folder["in.png"], new ImageLoadOptions { DiscardAlpha = true });
        using ImageTensor both = image.ToImageTensor(out ImageTensor? alpha);

        Assert.NotNull(alpha);
        TestPictures.AssertSame(both, colors);
        alpha.Dispose();
    }
}
