using System.Text;
using ImageRestoration.ImageSharp;
using ImageRestoration.Imaging;
using ImageRestoration.Photos;

namespace ImageRestoration.Tests.Files;

public sealed class DamagedFileTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData("png", 1)]
    [InlineData("png", 3)]
    [InlineData("jpg", 1)]
    [InlineData("jpg", 3)]
    [InlineData("webp", 3)]
    [InlineData("tiff", 1)]
    [InlineData("tiff", 3)]
    public async Task Load_EveryKindOfPrefix_IsRefused(string extension, int channels)
    {
        byte[] whole = await EncodeAsync(extension, channels, 90, 70);
        IEnumerable<int> lengths = Enumerable.Range(0, 24)
            .Concat(Enumerable.Range(0, 60).Select(i => i * whole.Length / 60))
            .Concat(Enumerable.Range(1, 16).Select(i => whole.Length - i));
        foreach (int length in lengths.Distinct())
        {
            string path = _folder.Write($"cut-{length}.{extension}", whole.AsSpan(0, length));
            ImageFileException exception = await Assert.ThrowsAsync<ImageFileException>(() => ImageFile.LoadAsync(path));
            Assert.Contains(path, exception.Message, StringComparison.Ordinal);
            if (length > 64)
            {
                Assert.Contains("truncated", exception.Message, StringComparison.Ordinal);
            }
        }
    }

    [Theory]
    [InlineData("png")]
    [InlineData("jpg")]
    [InlineData("webp")]
    [InlineData("tiff")]
    public async Task Load_TrailingBytes_AreTolerated(string extension)
    {
        byte[] whole = await EncodeAsync(extension, 3, 20, 30);
        using ImageTensor image = await ImageFile.LoadAsync(_folder.Write("long." + extension, [.. whole, 0, 1, 0xFF, 2, 3]));

        Assert.Equal(new ImageShape(1, 3, 20, 30), image.Shape);
    }

    [Fact]
    public async Task Load_TruncatedJpegWithWholeThumbnail_IsRefused()
    {
        // The thumbnail in the EXIF segment has an end-of-image marker of its own.
        byte[] whole = await EncodeAsync("jpg", 3, 64, 64);
        byte[] thumbnail = await EncodeAsync("jpg", 3, 8, 8);
        int length = thumbnail.Length + 8;
        byte[] segment = [0xFF, 0xE1, (byte)(length >> 8), (byte)length, .. "Exif\0\0"u8, .. thumbnail];
        byte[] file = [.. whole[..2], .. segment, .. whole[2..]];

        using ImageTensor image = await ImageFile.LoadAsync(_folder.Write("whole.jpg", file));
        Assert.Equal(64, image.Width);
        ImageFileException exception = await Assert.ThrowsAsync<ImageFileException>(() => ImageFile.LoadAsync(_folder.Write("cut.jpg", file.AsSpan(0, file.Length - 200))));
        Assert.Contains("truncated", exception.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Load_PngWithTooFewRows_IsRefused()
    {
        byte[] rows = new byte[4 * 9];
        string whole = _folder.Write("whole.png", new HandmadePng(8, 4, 8, HandmadePng.Grey).Pixels(rows).End());
        string cut = _folder.Write("rows.png", new HandmadePng(8, 4, 8, HandmadePng.Grey).Pixels(rows.AsSpan(9)).End());
        byte[] stream = HandmadePng.Deflate(rows);
        string early = _folder.Write("early.png", new HandmadePng(8, 4, 8, HandmadePng.Grey).Chunk("IDAT", stream.AsSpan(0, stream.Length / 2)).End());

        using ImageTensor image = await ImageFile.LoadAsync(whole);
        Assert.Equal(4, image.Height);
        foreach (string path in new[] { cut, early })
        {
            ImageFileException exception = await Assert.ThrowsAsync<ImageFileException>(() => ImageFile.LoadAsync(path));
            Assert.Contains("truncated", exception.Message, StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task Load_PngWithDamagedStream_IsRefused()
    {
        byte[] stream = HandmadePng.Deflate(new byte[4 * 9]);
        stream[^1] ^= 1; // checksum
        string path = _folder.Write("damaged.png", new HandmadePng(8, 4, 8, HandmadePng.Grey).Chunk("IDAT", stream).End());

        ImageFileException exception = await Assert.ThrowsAsync<ImageFileException>(() => ImageFile.LoadAsync(path));
        Assert.Contains("damaged", exception.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("png")]
    [InlineData("jpg")]
    [InlineData("webp")]
    [InlineData("tiff")]
    public async Task Load_RandomDamage_IsReadOrRefused(string extension)
    {
        byte[] whole = await EncodeAsync(extension, 3, 60, 50);
        var random = new Random(4);
        int refused = 0;
        for (int i = 0; i < 300; i++)
        {
            byte[] damaged = [.. whole];
            for (int flips = random.Next(1, 6); flips > 0; flips--)
            {
                // Half of the damage goes where the structure is.
                damaged[random.Next(i % 2 == 0 ? Math.Min(700, damaged.Length) : damaged.Length)] = (byte)random.Next(256);
            }

            string path = _folder.Write("damaged." + extension, damaged);
            try
            {
                using ImageTensor image = await ImageFile.LoadAsync(path, new ImageLoadOptions { MaximumPixels = 1_000_000 });
            }
            catch (ImageFileException exception)
            {
                Assert.Contains(path, exception.Message, StringComparison.Ordinal);
                refused++;
            }
        }

        Assert.InRange(refused, 20, 300);
    }

    [Fact]
    public async Task Load_NoImage_IsRefused()
    {
        string text = _folder.Write("notes.png", "these are my notes"u8);
        string gif = _folder.Write("picture.gif", Encoding.ASCII.GetBytes("GIF89a and so on"));
        string empty = _folder.Write("empty.jpg", default);
        string markers = _folder.Write("markers.jpg", [0xFF, 0xD8, 0xFF, 0xD9]);
        string chunks = _folder.Write("chunks.png", new HandmadePng(1, 1, 8, HandmadePng.Grey).End());
        foreach ((string path, string expected) in new[] { (text, "no PNG, JPEG, WebP, TIFF, AVIF, HEIC file"), (gif, "no PNG, JPEG, WebP, TIFF, AVIF, HEIC file"), (empty, "is empty"), (markers, "no pixels"), (chunks, "no pixels") })
        {
            ImageFileException exception = await Assert.ThrowsAsync<ImageFileException>(() => ImageFile.LoadAsync(path));
            Assert.Contains(expected, exception.Message, StringComparison.Ordinal);
            Assert.Contains(path, exception.Message, StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task Load_MissingFileOrFolder_IsRefused()
    {
        ImageFileException missing = await Assert.ThrowsAsync<ImageFileException>(() => ImageFile.LoadAsync(_folder["none.png"]));
        ImageFileException nowhere = await Assert.ThrowsAsync<ImageFileException>(() => ImageFile.LoadAsync(Path.Combine(_folder["no"], "none.png")));
        ImageFileException folder = await Assert.ThrowsAsync<ImageFileException>(() => ImageFile.LoadAsync(_folder.FullPath));

        Assert.Contains("does not exist", missing.Message, StringComparison.Ordinal);
        Assert.Contains("does not exist", nowhere.Message, StringComparison.Ordinal);
        Assert.Contains("It is a folder", folder.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Load_WhatWouldLoseValues_IsRefused()
    {
        string alpha = _folder.Write("alpha.png", new HandmadePng(1, 1, 8, HandmadePng.Rgba).Pixels([0, 1, 2, 3, 4]).End());
        string key = _folder.Write("key.png", new HandmadePng(1, 1, 8, HandmadePng.Grey).Chunk("tRNS", [0, 5]).Pixels([0, 5]).End());
        string animated = _folder.Write("animated.png", new HandmadePng(1, 1, 8, HandmadePng.Grey).Chunk("acTL", [0, 0, 0, 2, 0, 0, 0, 0]).Pixels([0, 5]).End());
        byte[] jpeg = await EncodeAsync("jpg", 3, 8, 8);
        int frame = jpeg.AsSpan().IndexOf([(byte)0xFF, (byte)0xC0]);
        jpeg[frame + 4] = 12;
        string deep = _folder.Write("deep.jpg", jpeg);
        (jpeg[frame + 4], jpeg[frame + 9]) = (8, 4);
        string print = _folder.Write("print.jpg", jpeg);
        foreach ((string path, string expected) in new[] { (alpha, "transparent"), (key, "transparent"), (animated, "animated"), (deep, "12 bits"), (print, "CMYK") })
        {
            ImageFileException exception = await Assert.ThrowsAsync<ImageFileException>(() => ImageFile.LoadAsync(path));
            Assert.Contains(expected, exception.Message, StringComparison.Ordinal);
            Assert.Contains(path, exception.Message, StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task Load_MorePixelsThanAllowed_IsRefusedBeforeDecoding()
    {
        using ImageTensor image = TestPictures.Random(1, 1, 10, 11);
        await ImageFile.SaveAsync(image, _folder["small.png"]);
        using ImageTensor allowed = await ImageFile.LoadAsync(_folder["small.png"], new ImageLoadOptions { MaximumPixels = 110 });
        ImageFileException small = await Assert.ThrowsAsync<ImageFileException>(() => ImageFile.LoadAsync(_folder["small.png"], new ImageLoadOptions { MaximumPixels = 109 }));

        // A header of 60,000 × 60,000 pixels with hardly any data: it must be refused for its size, not for what follows.
        string huge = _folder.Write("huge.png", new HandmadePng(60_000, 60_000, 8, HandmadePng.Rgb).Pixels(new byte[100]).End());
        ImageFileException bomb = await Assert.ThrowsAsync<ImageFileException>(() => ImageFile.LoadAsync(huge, new ImageLoadOptions { MaximumPixels = long.MaxValue }));

        Assert.Contains("MaximumPixels", small.Message, StringComparison.Ordinal);
        Assert.Contains("3,600,000,000", bomb.Message, StringComparison.Ordinal);
        Assert.Throws<ArgumentOutOfRangeException>(() => new ImageLoadOptions { MaximumPixels = 0 });
    }

    private async Task<byte[]> EncodeAsync(string extension, int channels, int height, int width)
    {
        using ImageTensor image = TestPictures.Random(7, channels, height, width);
        string path = _folder[$"{Guid.NewGuid():N}.{extension}"];
        await ImageFile.SaveAsync(image, path);
        byte[] bytes = await File.ReadAllBytesAsync(path);
        File.Delete(path);
        return bytes;
    }
}
