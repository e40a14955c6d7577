using ImageRestoration.ImageSharp;
using ImageRestoration.Imaging;
using ImageRestoration.Photos;

namespace ImageRestoration.Tests.Batches;

public sealed class PhotoPlanTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();
    private readonly PhotoRestorer _photos = new(new FakeRestorer(1, (value, _) => 1 - value), new ImageSharpCodec());

    public void Dispose()
    {
        _photos.Dispose();
        _folder.Dispose();
    }

    [Fact]
    public async Task RestoreAll_FilesOfOneName_AreNumbered()
    {
        string[] inputs = [await PhotoAsync("a/x.png"), await PhotoAsync("b/x.png"), await PhotoAsync("c/x.png"), await PhotoAsync("c/x-2.png")];
        IReadOnlyList<PhotoOutcome> outcomes = await _photos.RestoreAllAsync(inputs, _folder["out"]);

        Assert.Equal(["x.png", "x-2.png", "x-3.png", "x-2-2.png"], Names(outcomes));
        Assert.All(outcomes, outcome => Assert.NotNull(outcome.Result));
    }

    [Fact]
    public async Task RestoreFolder_Folders_AreKept()
    {
        await PhotoAsync("in/b.WEBP");
        await PhotoAsync("in/a.png");
        await PhotoAsync("in/deep/c.tif");
        await PhotoAsync("in/out/result-of-an-earlier-run.png");
        await File.WriteAllTextAsync(_folder["in/notes.txt"], "no photograph");
        IReadOnlyList<PhotoOutcome> flat = await _photos.RestoreFolderAsync(_folder["in"], _folder["in/out"], new PhotoBatchOptions { Recursive = false, Existing = ExistingOutput.Replace });
        IReadOnlyList<PhotoOutcome> deep = await _photos.RestoreAllAsync([_folder["in"], _folder["in/a.png"]], _folder["in/out"], new PhotoBatchOptions { Existing = ExistingOutput.Replace });

        Assert.Equal(["a.png", "b.WEBP"], Names(flat, "in/out"));
        Assert.Equal(["a.png", "b.WEBP", Path.Combine("deep", "c.tif")], Names(deep, "in/out"));
        Assert.All(deep, outcome => Assert.True(File.Exists(outcome.Output)));
    }

    [Fact]
    public async Task RestoreFolder_IntoItself_ReplacesNoPhotograph()
    {
        string path = await PhotoAsync("in/a.png");
        byte[] before = await File.ReadAllBytesAsync(path);
        PhotoOutcome outcome = Assert.Single(await _photos.RestoreFolderAsync(_folder["in"], _folder["in"], new PhotoBatchOptions { Existing = ExistingOutput.Replace }));

        Assert.Contains("is not replaced", outcome.Error!.Message, StringComparison.Ordinal);
        Assert.Equal(before, await File.ReadAllBytesAsync(path));
    }

    [SkippableFact]
    public async Task RestoreAll_OutputThatIsAnInputBehindALink_IsRefused()
    {
        Skip.If(OperatingSystem.IsWindows(), "Making links takes a privilege on Windows.");
        string[] inputs = [await PhotoAsync("a/x.png"), await PhotoAsync("b/deep/x.png")];
        Directory.CreateSymbolicLink(_folder["link"], _folder["b"]);
        IReadOnlyList<PhotoOutcome> outcomes = await _photos.RestoreAllAsync(inputs, Path.Combine(_folder["link"], "deep"), new PhotoBatchOptions { Existing = ExistingOutput.Replace });

        Assert.Contains("is not replaced", outcomes[0].Error!.Message, StringComparison.Ordinal);
        Assert.NotNull(outcomes[1].Result);
    }

    [Fact]
    public async Task RestoreAll_ExistingOutput_IsRefusedSkippedOrReplaced()
    {
        string input = await PhotoAsync("a.png");
        string existing = await PhotoAsync("out/a.png", seed: 9);
        byte[] before = await File.ReadAllBytesAsync(existing);
        PhotoOutcome refused = Assert.Single(await _photos.RestoreAllAsync([input], _folder["out"]));
        PhotoOutcome skipped = Assert.Single(await _photos.RestoreAllAsync([input], _folder["out"], new PhotoBatchOptions { Existing = ExistingOutput.Skip }));
        Assert.Contains("exists", refused.Error!.Message, StringComparison.Ordinal);
        Assert.True(skipped.IsSkipped);
        Assert.Equal(before, await File.ReadAllBytesAsync(existing));

        PhotoOutcome replaced = Assert.Single(await _photos.RestoreAllAsync([input], _folder["out"], new PhotoBatchOptions { Existing = ExistingOutput.Replace }));
        Assert.NotNull(replaced.Result);
        Assert.NotEqual(before, await File.ReadAllBytesAsync(existing));
    }

    [Fact]
    public async Task RestoreAll_NothingToDo_IsRefused()
    {
        Directory.CreateDirectory(_folder["empty"]);
        string file = await PhotoAsync("a.png");

        await Assert.ThrowsAsync<ImageFileException>(() => _photos.RestoreFolderAsync(_folder["empty"], _folder["out"]));
        await Assert.ThrowsAsync<ImageFileException>(() => _photos.RestoreFolderAsync(_folder["none"], _folder["out"]));
        await Assert.ThrowsAsync<ImageFileException>(() => _photos.RestoreAllAsync([file], file));
    }

    private IEnumerable<string> Names(IEnumerable<PhotoOutcome> outcomes, string output = "out") => outcomes.Select(outcome => Path.GetRelativePath(_folder[output], outcome.Output));

    private async Task<string> PhotoAsync(string name, int seed = 1)
    {
        using ImageTensor image = TestPictures.Random(seed, 1, 3, 4);
        await ImageFile.SaveAsync(image, _folder[name]);
        return _folder[name];
    }
}
