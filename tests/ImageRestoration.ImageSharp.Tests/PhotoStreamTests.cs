using ImageRestoration.ImageSharp;
using ImageRestoration.Imaging;
using ImageRestoration.Masking;
using ImageRestoration.Photos;

namespace ImageRestoration.Tests;

/// <summary>Streams and bytes give what files give, and are refused for what files are refused for.</summary>
public sealed class PhotoStreamTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();
    private readonly PhotoRestorer _photos = new(new FakeRestorer(3, (value, _) => 1 - value), new ImageSharpCodec());

    public void Dispose()
    {
        _photos.Dispose();
        _folder.Dispose();
    }

    [Theory]
    [InlineData("png", PhotoFormat.Png)]
    [InlineData("jpg", PhotoFormat.Jpeg)]
    [InlineData("webp", PhotoFormat.Webp)]
    [InlineData("tiff", PhotoFormat.Tiff)]
    public async Task Restore_StreamsThatCannotSeek_GiveTheBytesOfTheFile(string extension, PhotoFormat format)
    {
        string input = await SaveAsync("in." + extension), output = _folder["out." + extension];
        PhotoResult expected = await _photos.RestoreAsync(input, output);
        byte[] file = await File.ReadAllBytesAsync(input), restored = await File.ReadAllBytesAsync(output);

        using var target = new OneWayStream(new MemoryStream());
        PhotoResult actual = await _photos.RestoreAsync(new OneWayStream(new MemoryStream(file)), target, format);
        byte[] inMemory = await _photos.RestoreAsync(file);

        Assert.Equal((expected.Width, expected.Height), (actual.Width, actual.Height));
        Assert.Equal(restored, target.ToArray());
        Assert.Equal(restored, inMemory);
    }

    [Fact]
    public async Task Restore_BytesIntoAnotherFormatWithAMask_KeepsKnownPixels()
    {
        byte[] file = await File.ReadAllBytesAsync(await SaveAsync("in.png"));
        var mask = new Mask(40, 60);
        mask.Values[..60].Fill(1);

        byte[] tiff = await _photos.RestoreAsync(file, PhotoFormat.Tiff, PhotoMask.From(mask));

        using ImageTensor before = await ImageFile.LoadAsync(_folder["in.png"]);
        using ImageTensor after = await ImageFile.LoadAsync(_folder.Write("out.tiff", tiff));
        Assert.Equal(before.Plane(0, 1)[60..].ToArray(), after.Plane(0, 1)[60..].ToArray());
        Assert.NotEqual(before.Row(0, 1, 0).ToArray(), after.Row(0, 1, 0).ToArray());
    }

    /// <summary>What is wrong with the input, and a word that says so.</summary>
    public static TheoryData<string, string> Faults => new()
    {
        { "truncated", "truncated" },
        { "empty", "empty" },
        { "text", "no PNG" },
        { "cmyk", "CMYK" },
        { "oversized", "MaximumPixels" },
    };

    [Theory]
    [MemberData(nameof(Faults))]
    public async Task Restore_WhatFilesAreRefusedFor_IsRefusedAndTheOutputGetsNothing(string fault, string word)
    {
        byte[] whole = await File.ReadAllBytesAsync(await SaveAsync("in.jpg"));
        byte[] file = fault switch
        {
            "truncated" => whole[..^40],
            "empty" => [],
            "text" => [.. "a text that is no picture"u8],
            "cmyk" => new HandmadeTiff(2, 2, bits: 8, samples: 4).Tag(262, 5).Write(new byte[16]),
            _ => whole,
        };
        using var photos = new PhotoRestorer(new FakeRestorer(3, (value, _) => value), new ImageSharpCodec())
        {
            LoadOptions = new ImageLoadOptions { MaximumPixels = fault == "oversized" ? 2399 : 10_000 },
        };
        using var target = new OneWayStream(new MemoryStream());

        string path = _folder.Write("faulty", file);
        var ofFile = await Assert.ThrowsAsync<ImageFileException>(() => photos.RestoreAsync(path, _folder["out.png"]));
        var ofStream = await Assert.ThrowsAsync<ImageFileException>(
            () => photos.RestoreAsync(new OneWayStream(new MemoryStream(file)), target, PhotoFormat.Png));
        var ofBytes = await Assert.ThrowsAsync<ImageFileException>(() => photos.RestoreAsync(file));

        Assert.Contains(word, ofFile.Message, StringComparison.Ordinal);
        Assert.Equal(ofFile.Message.Replace($"'{path}'", "The input stream", StringComparison.Ordinal), ofStream.Message);
        Assert.Equal(ofFile.Message.Replace($"'{path}'", "The file in memory", StringComparison.Ordinal), ofBytes.Message);
        Assert.Empty(target.ToArray());
        Assert.False(File.Exists(_folder["out.png"]));
    }

    [Fact]
    public async Task Restore_RestorerFails_TheOutputGetsNothing()
    {
        byte[] file = await File.ReadAllBytesAsync(await SaveAsync("in.png"));
        var failing = new FakeRestorer(3, (value, _) => value) { OnRestore = () => throw new BackendException("The device is gone.") };
        using var photos = new PhotoRestorer(failing, new ImageSharpCodec());
        using var target = new OneWayStream(new MemoryStream());

        await Assert.ThrowsAsync<BackendException>(() => photos.RestoreAsync(new MemoryStream(file), target, PhotoFormat.Png));

        Assert.Empty(target.ToArray());
    }

    [Fact]
    public async Task Restore_FormatWithoutACodec_NamesThePackage()
    {
        byte[] file = await File.ReadAllBytesAsync(await SaveAsync("in.png"));

        var exception = await Assert.ThrowsAsync<ImageFileException>(() => _photos.RestoreAsync(file, PhotoFormat.Avif));

        Assert.Contains("ImageRestoration.NetVips", exception.Message, StringComparison.Ordinal);
    }

    private async Task<string> SaveAsync(string name)
    {
        using ImageTensor image = TestPictures.Smooth(3, 40, 60);
        await ImageFile.SaveAsync(image, _folder[name]);
        return _folder[name];
    }

    /// <summary>A stream that neither seeks nor knows its length, and gives at most 100 bytes at a time.</summary>
    private sealed class OneWayStream(MemoryStream inner) : Stream
    {
        public override bool CanRead => true;

        public override bool CanSeek => false;

        public override bool CanWrite => true;

        public override long Length => throw new NotSupportedException();

        public override long Position
        {
            get => throw new NotSupportedException();
            set => throw new NotSupportedException();
        }

        public byte[] ToArray() => inner.ToArray();

        public override int Read(byte[] buffer, int offset, int count) => inner.Read(buffer, offset, Math.Min(count, 100));

        public override void Write(byte[] buffer, int offset, int count) => inner.Write(buffer, offset, count);

        public override void Flush()
        {
        }

        public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

        public override void SetLength(long value) => throw new NotSupportedException();
    }
}
