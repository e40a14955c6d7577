using ImageRestoration.ImageSharp;
using ImageRestoration.Imaging;
using SixLabors.ImageSharp;

namespace ImageRestoration.Tests.Training;

public sealed class ImageFolderSourceTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Load_EveryFormatAndDepth_GivesTheFilesValues()
    {
        using ImageTensor shallow = TestPictures.Random(1, 3, 6, 5);
        using ImageTensor deep = TestPictures.Random(2, 3, 6, 5, maximum: 65535);
        await ImageFile.SaveAsync(shallow, _folder["a.png"]);
        await ImageFile.SaveAsync(deep, _folder["b.png"], new ImageSaveOptions { BitsPerChannel = 16 });
        await ImageFile.SaveAsync(deep, _folder["c.tiff"], new ImageSaveOptions { BitsPerChannel = 16 });
        await ImageFile.SaveAsync(shallow, _folder["d.webp"]);
        using Image transparent = RandomImages.Create("rgba8", 5, 6, 3);
        await transparent.SaveAsync(_folder["e.png"]);
        await File.WriteAllTextAsync(_folder["f.png"], "no picture");
        ImageFolderSource source = await ImageFolderSource.LoadAsync(ImageFolderSource.ListFiles(_folder.FullPath));

        Assert.Equal(["a.png", "b.png", "c.tiff", "d.webp", "e.png"], Enumerable.Range(0, source.Count).Select(i => Path.GetFileName(source.NameOf(i))));
        Assert.Contains("f.png", Assert.Single(source.Skipped), StringComparison.Ordinal);
        using ImageTensor colors = transparent.ToImageTensor(out ImageTensor? alpha);
        alpha?.Dispose();
        ImageTensor[] expected = [shallow, deep, deep, shallow, colors];
        float[] patch = new float[3 * 4 * 3];
        for (int i = 0; i < expected.Length; i++)
        {
            Assert.Equal((6, 5), source.SizeOf(i));
            source.Read(i, top: 1, left: 2, height: 4, width: 3, patch);
            for (int j = 0; j < patch.Length; j++)
            {
                Assert.Equal(expected[i].Row(0, j / 12, 1 + (j % 12 / 3))[2 + (j % 3)], patch[j]);
            }
        }
    }

    [Fact]
    public async Task Load_GreyChannels_RefusesColorAlone()
    {
        using ImageTensor grey = TestPictures.Random(1, 1, 6, 5);
        using ImageTensor color = TestPictures.Random(1, 3, 6, 5);
        await ImageFile.SaveAsync(grey, _folder["grey.jpg"]);
        await ImageFile.SaveAsync(color, _folder["color.png"]);
        ImageFolderSource source = await ImageFolderSource.LoadAsync(ImageFolderSource.ListFiles(_folder.FullPath), new ImageFolderOptions { Channels = 1 });

        Assert.Equal(1, source.Count);
        Assert.Contains("in colour", Assert.Single(source.Skipped), StringComparison.Ordinal);
    }
}
