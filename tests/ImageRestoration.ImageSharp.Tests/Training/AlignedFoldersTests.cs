using ImageRestoration.Data;
using ImageRestoration.ImageSharp;
using ImageRestoration.Imaging;
using ImageRestoration.Photos;

namespace ImageRestoration.Tests.Training;

public sealed class AlignedFoldersTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Load_PairedFolders_MatchesByPathWithoutExtension()
    {
        await SaveAsync("clean/garden/1.png", seed: 1);
        await SaveAsync("clean/2.tiff", seed: 2);
        await SaveAsync("degraded/garden/1.webp", seed: 11);
        await SaveAsync("degraded/2.png", seed: 12);
        AlignedFolders folders = await LoadAsync("clean", "degraded");
        Assert.Empty(folders.Skipped);
        PairedPatchSource pairs = folders.ToPairs();
        Assert.Equal(["2.tiff", "1.png"], Enumerable.Range(0, pairs.Count).Select(i => Path.GetFileName(pairs.NameOf(i))));
        using ImageTensor clean = TestPictures.Random(1, 3, 16, 12), degraded = TestPictures.Random(11, 3, 16, 12);
        float[] values = new float[3 * 16 * 12];
        pairs.Read(1, 0, 0, 16, 12, values);
        Assert.Equal(clean.Span.ToArray(), values);
        pairs.ReadDegraded(1, 0, 0, 16, 12, values);
        Assert.Equal(degraded.Span.ToArray(), values);
    }

    [Fact]
    public async Task Load_FilesThatCannotBeMatched_AreSkippedWithTheReason()
    {
        foreach (string folder in new[] { "clean", "degraded" })
        {
            await SaveAsync($"{folder}/both.png", seed: 1);
            await SaveAsync($"{folder}/damaged.png", seed: 2);
        }

        await SaveAsync("clean/size.png", seed: 3);
        await SaveAsync("degraded/size.png", seed: 3, width: 13);
        await SaveAsync("clean/alone.png", seed: 4);
        await SaveAsync("degraded/stray.png", seed: 5);
        await SaveAsync("clean/both.tiff", seed: 6);
        await File.WriteAllTextAsync(_folder["degraded/damaged.png"], "no picture");
        AlignedFolders folders = await LoadAsync("clean", "degraded");

        Assert.Equal(1, folders.ToPairs().Count);
        Assert.EndsWith("both.png", folders.Sources[1].NameOf(0), StringComparison.Ordinal);
        (string File, string Reason)[] expected =
        [
            ("clean/both.tiff", "but for its extension"),
            ("clean/alone.png", "there is no 'alone' in"),
            ("degraded/stray.png", "there is no 'stray' in"),
            ("degraded/damaged.png", "is no PNG"),
            ("clean/damaged.png", "was left out"),
            ("clean/size.png", "16×12 and 16×13"),
        ];
        Assert.Equal(expected.Length, folders.Skipped.Length);
        Assert.All(expected, reason => Assert.Contains(folders.Skipped, text => text.StartsWith(_folder[reason.File] + ":", StringComparison.Ordinal) && text.Contains(reason.Reason, StringComparison.Ordinal)));
    }

    [Theory]
    [InlineData(null)]
    [InlineData(0L)]
    public async Task ToStack_ColorWithDeepDepth_HasTheChannelsOfBoth(long? cacheBytes)
    {
        await SaveAsync("color/1.png", seed: 1);
        using ImageTensor depth = TestPictures.Random(2, 1, 16, 12, maximum: 65535);
        Directory.CreateDirectory(_folder["depth"]);
        await ImageFile.SaveAsync(depth, _folder["depth/1.tif"], new ImageSaveOptions { BitsPerChannel = 16 });
        AlignedFolders folders = await AlignedFolders.LoadAsync(
        [
            new AlignedFolder(_folder["color"], new ImageFolderOptions { CacheBytes = cacheBytes }),
            new AlignedFolder(_folder["depth"], new ImageFolderOptions { Channels = 1, CacheBytes = cacheBytes }),
        ], new ImageSharpCodec());
        AlignedStackSource stack = folders.ToStack();
        Assert.Equal(4, stack.Channels);
        float[] values = new float[4 * 16 * 12];
        stack.Read(0, 0, 0, 16, 12, values);
        using ImageTensor color = TestPictures.Random(1, 3, 16, 12);
        Assert.Equal([.. color.Span, .. depth.Span], values);
    }

    [Fact]
    public async Task Load_NothingInCommon_NamesTheFolders()
    {
        await SaveAsync("clean/1.png", seed: 1);
        await SaveAsync("degraded/2.png", seed: 1);
        var error = await Assert.ThrowsAsync<TrainingException>(() => LoadAsync("clean", "degraded"));
        Assert.Contains(_folder["degraded"], error.Message, StringComparison.Ordinal);
    }

    private Task<AlignedFolders> LoadAsync(params string[] folders) => AlignedFolders.LoadAsync([.. folders.Select(name => new AlignedFolder(_folder[name]))], new ImageSharpCodec());

    private async Task SaveAsync(string name, int seed, int width = 12)
    {
        using ImageTensor picture = TestPictures.Random(seed, 3, 16, width);
        Directory.CreateDirectory(Path.GetDirectoryName(_folder[name])!);
        await ImageFile.SaveAsync(picture, _folder[name], new ImageSaveOptions { WebpLossless = true });
    }
}
