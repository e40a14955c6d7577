using ImageRestoration.ImageSharp;
using ImageRestoration.Imaging;
using ImageRestoration.Masking;
using ImageRestoration.Photos;

namespace ImageRestoration.Tests.Batches;

public sealed class PhotoBatchTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData(1)]
    [InlineData(4)]
    public async Task RestoreFolder_OneBadFile_DoesNotStopTheOthers(int parallelism)
    {
        for (int i = 0; i < 6; i++)
        {
            await PhotoAsync($"in/{i}.png");
        }

        byte[] bytes = await File.ReadAllBytesAsync(_folder["in/3.png"]);
        await File.WriteAllBytesAsync(_folder["in/3.png"], bytes.AsMemory(0, bytes.Length / 2));
        List<PhotoProgress> reports = [];
        int running = 0;
        int most = 0;
        var restorer = new FakeRestorer(1, (value, _) => 1 - value)
        {
            OnRestore = () =>
            {
                int now = Interlocked.Increment(ref running);
                most = Math.Max(most, now);
                Thread.Sleep(5);
                Interlocked.Decrement(ref running);
            },
        };
        using var photos = new PhotoRestorer(restorer, new ImageSharpCodec());
        IReadOnlyList<PhotoOutcome> outcomes = await photos.RestoreFolderAsync(
            _folder["in"], _folder["out"], new PhotoBatchOptions { MaximumParallelism = parallelism, Extension = ".tiff" }, new Reports(reports));

        Assert.Equal([true, true, true, false, true, true], outcomes.Select(outcome => outcome.Result is not null));
        Assert.Contains("truncated", outcomes[3].Error!.Message, StringComparison.Ordinal);
        Assert.Equal(["0.tiff", "1.tiff", "2.tiff", "4.tiff", "5.tiff"], Directory.GetFiles(_folder["out"]).Select(Path.GetFileName).Order(StringComparer.Ordinal));
        Assert.Equal([1, 2, 3, 4, 5, 6], reports.Select(report => report.Done));
        Assert.All(reports, report => Assert.Equal(6, report.Total));
        Assert.Equal(outcomes.Select(outcome => outcome.Input), reports.Select(report => report.Last.Input).Order(StringComparer.Ordinal));
        Assert.InRange(most, 1, parallelism);
    }

    [Fact]
    public async Task RestoreFolder_StopOnFailure_ThrowsTheError()
    {
        await PhotoAsync("in/b.png");
        await File.WriteAllTextAsync(_folder["in/a.png"], "no picture");
        using var photos = new PhotoRestorer(new FakeRestorer(1, (value, _) => value), new ImageSharpCodec());
        ImageFileException exception = await Assert.ThrowsAsync<ImageFileException>(
            () => photos.RestoreFolderAsync(_folder["in"], _folder["out"], new PhotoBatchOptions { MaximumParallelism = 1, StopOnFailure = true }));

        Assert.Contains("a.png", exception.Message, StringComparison.Ordinal);
        Assert.False(Directory.Exists(_folder["out"]));
    }

    [Fact]
    public async Task RestoreFolder_Cancelled_KeepsWhatIsFinishedAndNothingElse()
    {
        for (int i = 0; i < 4; i++)
        {
            await PhotoAsync($"in/{i}.png");
        }

        using var source = new CancellationTokenSource();
        int calls = 0;
        var restorer = new FakeRestorer(1, (value, _) => value)
        {
            OnRestore = () =>
            {
                if (++calls == 2)
                {
                    source.Cancel();
                }
            },
        };
        using var photos = new PhotoRestorer(restorer, new ImageSharpCodec());

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => photos.RestoreFolderAsync(_folder["in"], _folder["out"], new PhotoBatchOptions { MaximumParallelism = 1 }, progress: null, source.Token));
        Assert.Equal(["0.png"], Directory.GetFiles(_folder["out"]).Select(Path.GetFileName));
    }

    [Fact]
    public async Task RestoreFolder_Masks_AreTakenFromThePath()
    {
        await PhotoAsync("in/a.png");
        await PhotoAsync("in/b.png");
        var restorer = new FakeRestorer(1, (value, _) => value, takesMask: true);
        using var photos = new PhotoRestorer(restorer, new ImageSharpCodec());
        await photos.RestoreFolderAsync(_folder["in"], _folder["out"], new PhotoBatchOptions
        {
            MaximumParallelism = 1,
            Mask = path =>
            {
                var mask = new Mask(3, 4);
                mask[0, Path.GetFileName(path) == "a.png" ? 0 : 1] = true;
                return PhotoMask.From(mask);
            },
        });

        Assert.Equal([(true, false), (false, true)], restorer.Masks.Select(mask => (mask![0, 0], mask[0, 1])));
    }

    [Fact]
    public async Task RestoreFolder_WrongOptions_AreAllNamed()
    {
        using var photos = new PhotoRestorer(new FakeRestorer(1, (value, _) => value), new ImageSharpCodec());
        ArgumentException exception = await Assert.ThrowsAsync<ArgumentException>(() => photos.RestoreFolderAsync(
            _folder.FullPath, _folder["out"], new PhotoBatchOptions { MaximumParallelism = 0, Existing = (ExistingOutput)9, Extension = "png" }));

        Assert.Contains("MaximumParallelism is 0", exception.Message, StringComparison.Ordinal);
        Assert.Contains("Existing is 9", exception.Message, StringComparison.Ordinal);
        Assert.Contains("Extension is 'png'", exception.Message, StringComparison.Ordinal);
    }

    private async Task PhotoAsync(string name)
    {
        using ImageTensor image = TestPictures.Random(1, 1, 3, 4);
        await ImageFile.SaveAsync(image, _folder[name]);
    }

    private sealed class Reports(List<PhotoProgress> reports) : IProgress<PhotoProgress>
    {
        public void Report(PhotoProgress value) => reports.Add(value);
    }
}
