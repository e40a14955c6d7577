using ImageRestoration.ImageSharp;
using ImageRestoration.Imaging;
using ImageRestoration.Photos;

namespace ImageRestoration.Tests.Files;

public sealed class SaveTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData("picture")]
    [InlineData("picture.")]
    [InlineData("picture.gif")]
    [InlineData("picture.png.txt")]
    public async Task Save_UnknownExtension_IsRefusedBeforeAnythingIsWritten(string name)
    {
        using ImageTensor image = TestPictures.Random(1, 3, 4, 4);
        string path = Path.Combine(_folder["new"], name);
        ImageFileException exception = await Assert.ThrowsAsync<ImageFileException>(() => ImageFile.SaveAsync(image, path));

        Assert.Contains(".png, .jpg, .jpeg", exception.Message, StringComparison.Ordinal);
        Assert.False(Directory.Exists(_folder["new"]));
    }

    [Fact]
    public async Task Save_FolderThatCannotBe_IsRefused()
    {
        using ImageTensor image = TestPictures.Random(1, 3, 4, 4);
        string file = _folder.Write("file", "a file, no folder"u8);
        string path = Path.Combine(file, "picture.png");
        ImageFileException exception = await Assert.ThrowsAsync<ImageFileException>(() => ImageFile.SaveAsync(image, path));

        Assert.Contains(path, exception.Message, StringComparison.Ordinal);
        Assert.Equal(["file"], _folder.Files);
    }

    [Fact]
    public async Task Save_NameOfAFolder_IsRefused()
    {
        using ImageTensor image = TestPictures.Random(1, 3, 4, 4);
        Directory.CreateDirectory(_folder["folder.png"]);
        await Assert.ThrowsAsync<ImageFileException>(() => ImageFile.SaveAsync(image, _folder["folder.png"]));

        Assert.Empty(_folder.Files);
    }

    [SkippableFact]
    public async Task Save_ReadOnlyFolder_IsRefused()
    {
        Skip.If(OperatingSystem.IsWindows() || Environment.IsPrivilegedProcess, "Folders are writable to a privileged user whatever their mode, and Windows has no modes.");
        if (OperatingSystem.IsWindows())
        {
            return;
        }

        using ImageTensor image = TestPictures.Random(1, 3, 4, 4);
        DirectoryInfo locked = Directory.CreateDirectory(_folder["locked"]);
        locked.UnixFileMode = UnixFileMode.UserRead | UnixFileMode.UserExecute;
        try
        {
            await Assert.ThrowsAsync<ImageFileException>(() => ImageFile.SaveAsync(image, Path.Combine(locked.FullName, "picture.png")));
        }
        finally
        {
            locked.UnixFileMode |= UnixFileMode.UserWrite;
        }
    }

    [Fact]
    public async Task Save_NewFolders_AreMade()
    {
        using ImageTensor image = TestPictures.Random(1, 3, 4, 4);
        string path = Path.Combine(_folder["new"], "and newer", "picture.png");
        await ImageFile.SaveAsync(image, path);

        Assert.True(File.Exists(path));
    }

    [Theory]
    [InlineData("picture.png")]
    [InlineData("picture.jpg")]
    [InlineData("picture.webp")]
    [InlineData("picture.tiff")]
    public async Task Save_Cancelled_LeavesWhatWasThere(string name)
    {
        using ImageTensor image = TestPictures.Random(1, 3, 40, 40);
        using var source = new CancellationTokenSource();
        await source.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => ImageFile.SaveAsync(image, _folder[name], source.Token));
        Assert.Empty(_folder.Files);

        string path = _folder.Write(name, "before"u8);
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => ImageFile.SaveAsync(image, path, source.Token));
        Assert.Equal([name], _folder.Files);
        Assert.Equal("before", await File.ReadAllTextAsync(path));
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => ImageFile.LoadAsync(path, source.Token));
    }

    [Fact]
    public async Task Save_UnfitTensor_IsRefusedBeforeAnythingIsWritten()
    {
        using ImageTensor batch = ImageTensor.Create(new ImageShape(2, 3, 4, 4));
        using ImageTensor latent = ImageTensor.Create(ImageShape.Single(8, 4, 4));
        using ImageTensor broken = ImageTensor.Create(ImageShape.Single(3, 4, 4));
        broken.Span[17] = float.NaN;

        await Assert.ThrowsAsync<TensorShapeException>(() => ImageFile.SaveAsync(batch, _folder["a.png"]));
        await Assert.ThrowsAsync<TensorShapeException>(() => ImageFile.SaveAsync(latent, _folder["a.png"]));
        await Assert.ThrowsAsync<ImageFileException>(() => ImageFile.SaveAsync(broken, _folder["a.png"]));
        await Assert.ThrowsAsync<ImageFileException>(() => ImageFile.SaveAsync(broken, _folder["a.tiff"]));
        Assert.Empty(_folder.Files);
    }

    [Fact]
    public async Task Save_WebpBeyondItsFormat_IsRefused()
    {
        using ImageTensor image = ImageTensor.Create(ImageShape.Single(1, 1, 16384));
        ImageFileException exception = await Assert.ThrowsAsync<ImageFileException>(() => ImageFile.SaveAsync(image, _folder["wide.webp"]));

        Assert.Contains(".png", exception.Message, StringComparison.Ordinal);
        Assert.Empty(_folder.Files);
    }

    [Fact]
    public async Task Save_JpegBeyondItsFormat_IsRefused()
    {
        using ImageTensor image = ImageTensor.Create(ImageShape.Single(1, 1, 65536));
        ImageFileException exception = await Assert.ThrowsAsync<ImageFileException>(() => ImageFile.SaveAsync(image, _folder["wide.jpg"]));

        Assert.Contains(".png", exception.Message, StringComparison.Ordinal);
        Assert.Empty(_folder.Files);
    }

    [Fact]
    public void Options_OutOfRange_AreRefused()
    {
        Assert.Throws<ArgumentOutOfRangeException>(() => new ImageSaveOptions { JpegQuality = 0 });
        Assert.Throws<ArgumentOutOfRangeException>(() => new ImageSaveOptions { JpegQuality = 101 });
        Assert.Throws<ArgumentOutOfRangeException>(() => new ImageSaveOptions { WebpQuality = 0 });
        Assert.Throws<ArgumentOutOfRangeException>(() => new ImageSaveOptions { WebpQuality = 101 });
        Assert.Throws<ArgumentOutOfRangeException>(() => new ImageSaveOptions { BitsPerChannel = 12 });
    }
}
