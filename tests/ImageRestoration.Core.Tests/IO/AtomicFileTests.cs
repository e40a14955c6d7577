using ImageRestoration.IO;

namespace ImageRestoration.Tests.IO;

public sealed class AtomicFileTests : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("atomic");

    public void Dispose() => _folder.Delete(recursive: true);

    public static TheoryData<bool> Ways => [false, true];

    [Theory]
    [MemberData(nameof(Ways))]
    public async Task Write_NewFileInNewFolder_StandsAlone(bool asynchronously)
    {
        string path = Path.Combine(_folder.FullName, "a", "b", "file.bin");

        await Write(asynchronously, path, stream => stream.Write([1, 2, 3]));

        Assert.Equal([1, 2, 3], File.ReadAllBytes(path));
        Assert.Equal([path], Directory.GetFileSystemEntries(Path.GetDirectoryName(path)!));
    }

    [Theory]
    [MemberData(nameof(Ways))]
    public async Task Write_ExistingFile_IsReplacedOnlyAtTheEnd(bool asynchronously)
    {
        string path = Existing();

        await Write(asynchronously, path, stream =>
        {
            stream.Write([1, 2, 3]);
            stream.Flush();
            Assert.Equal("old", File.ReadAllText(path));
        });

        Assert.Equal([1, 2, 3], File.ReadAllBytes(path));
        Assert.Single(_folder.GetFileSystemInfos());
    }

    [Theory]
    [MemberData(nameof(Ways))]
    public async Task Write_ThatThrowsMidway_KeepsTheOldFileAndLeavesNothing(bool asynchronously)
    {
        string path = Existing();

        InvalidDataException error = await Assert.ThrowsAsync<InvalidDataException>(() => Write(asynchronously, path, stream =>
        {
            stream.Write(new byte[100_000]);
            throw new InvalidDataException("midway");
        }));

        Assert.Equal("midway", error.Message);
        Assert.Equal("old", File.ReadAllText(path));
        Assert.Single(_folder.GetFileSystemInfos());
    }

    [Theory]
    [MemberData(nameof(Ways))]
    public async Task Write_TargetIsAFolder_FailsAndLeavesNothing(bool asynchronously)
    {
        string path = Path.Combine(_folder.FullName, "folder");
        Directory.CreateDirectory(path);

        await Assert.ThrowsAnyAsync<SystemException>(() => Write(asynchronously, path, stream => stream.WriteByte(1)));

        Assert.Equal([path], Directory.GetFileSystemEntries(_folder.FullName));
    }

    [Fact]
    public async Task WriteAsync_Cancelled_KeepsTheOldFile()
    {
        string path = Existing();
        using var source = new CancellationTokenSource();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => AtomicFile.WriteAsync(path, async stream =>
        {
            await stream.WriteAsync(new byte[10], source.Token);
            await source.CancelAsync();
            await stream.WriteAsync(new byte[10], source.Token);
        }));

        Assert.Equal("old", File.ReadAllText(path));
        Assert.Single(_folder.GetFileSystemInfos());
    }

    [Fact]
    public void Write_NoPath_IsRefused()
    {
        Assert.ThrowsAny<ArgumentException>(() => AtomicFile.Write("", _ => { }));
        Assert.ThrowsAny<ArgumentException>(() => AtomicFile.Write(Path.GetPathRoot(_folder.FullName)!, _ => { }));
    }

    private static async Task Write(bool asynchronously, string path, Action<Stream> write)
    {
        if (!asynchronously)
        {
            AtomicFile.Write(path, write);
            return;
        }

        await AtomicFile.WriteAsync(path, async stream =>
        {
            await Task.Yield();
            write(stream);
        });
    }

    private string Existing()
    {
        string path = Path.Combine(_folder.FullName, "file.bin");
        File.WriteAllText(path, "old");
        return path;
    }
}
