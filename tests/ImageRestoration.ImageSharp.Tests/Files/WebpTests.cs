using System.Buffers.Binary;
using ImageRestoration.ImageSharp;
using ImageRestoration.Imaging;
using ImageRestoration.Photos;

namespace ImageRestoration.Tests.Files;

public sealed class WebpTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Load_Animation_IsRefusedUnlessTheFirstFrameIsAskedFor()
    {
        using ImageTensor image = TestPictures.Random(1, 3, 9, 13);
        await ImageFile.SaveAsync(image, _folder["still.webp"]);
        string path = _folder.Write("animated.webp", Animate(await File.ReadAllBytesAsync(_folder["still.webp"]), 13, 9));
        ImageFileException exception = await Assert.ThrowsAsync<ImageFileException>(() => ImageFile.LoadAsync(path));
        using ImageTensor first = await ImageFile.LoadAsync(path, new ImageLoadOptions { FirstFrameOnly = true });

        Assert.Contains("is animated", exception.Message, StringComparison.Ordinal);
        TestPictures.AssertSame(image, first);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Load_FirstFrameOfAPartOfTheCanvas_StandsInItsPlace(bool lossless)
    {
        using ImageTensor image = TestPictures.Smooth(3, 9, 13);
        await ImageFile.SaveAsync(image, _folder["still.webp"], new ImageSaveOptions { WebpLossless = lossless });
        using ImageTensor still = await ImageFile.LoadAsync(_folder["still.webp"]);
        string path = _folder.Write("animated.webp", Animate(await File.ReadAllBytesAsync(_folder["still.webp"]), 20, 30, frameWidth: 13, frameHeight: 9, left: 4, top: 6));
        using ImageTensor first = await ImageFile.LoadAsync(path, new ImageLoadOptions { FirstFrameOnly = true, DiscardAlpha = true });
        ImageFileException exception = await Assert.ThrowsAsync<ImageFileException>(() => ImageFile.LoadAsync(path, new ImageLoadOptions { FirstFrameOnly = true }));

        Assert.Contains("transparent", exception.Message, StringComparison.Ordinal);
        Assert.Equal(new ImageShape(1, 3, 30, 20), first.Shape);
        for (int c = 0; c < 3; c++)
        {
            for (int y = 0; y < 30; y++)
            {
                ReadOnlySpan<float> row = first.Row(0, c, y);
                Assert.True(y is >= 6 and < 15 ? row.Slice(4, 13).SequenceEqual(still.Row(0, c, y - 6)) : !row.ContainsAnyExcept(0f));
            }
        }
    }

    [Theory]
    [InlineData(12, 9, 4, 6)]
    [InlineData(13, 9, 8, 6)]
    [InlineData(13, 9, 4, 22)]
    public async Task Load_FirstFrameThatDoesNotFit_IsRefused(int frameWidth, int frameHeight, int left, int top)
    {
        using ImageTensor image = TestPictures.Smooth(3, 9, 13);
        await ImageFile.SaveAsync(image, _folder["still.webp"]);
        string path = _folder.Write("animated.webp", Animate(await File.ReadAllBytesAsync(_folder["still.webp"]), 20, 30, frameWidth, frameHeight, left, top));
        ImageFileException exception = await Assert.ThrowsAsync<ImageFileException>(() => ImageFile.LoadAsync(path, new ImageLoadOptions { FirstFrameOnly = true }));

        Assert.Contains("first frame", exception.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Load_HugeClaims_AreRefusedBeforeDecoding()
    {
        using ImageTensor image = TestPictures.Random(1, 3, 9, 13);
        await ImageFile.SaveAsync(image, _folder["still.webp"]);
        byte[] file = await File.ReadAllBytesAsync(_folder["still.webp"]);

        // Width and height minus one, 14 bits each, behind the chunk's header and the signature byte.
        BinaryPrimitives.WriteUInt32LittleEndian(file.AsSpan(21), 0x0FFF_FFFF);
        string huge = _folder.Write("huge.webp", file);
        string canvas = _folder.Write("canvas.webp", Animate(file, 1 << 24, 1 << 24));
        ImageFileException byBitstream = await Assert.ThrowsAsync<ImageFileException>(() => ImageFile.LoadAsync(huge));
        ImageFileException byCanvas = await Assert.ThrowsAsync<ImageFileException>(() => ImageFile.LoadAsync(canvas, new ImageLoadOptions { FirstFrameOnly = true }));

        Assert.Contains("268,435,456", byBitstream.Message, StringComparison.Ordinal);
        Assert.Contains("at most 250,000,000", byCanvas.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Load_NoPixels_IsRefused()
    {
        string path = _folder.Write("empty.webp", [.. "RIFF"u8, 4, 0, 0, 0, .. "WEBP"u8]);
        ImageFileException exception = await Assert.ThrowsAsync<ImageFileException>(() => ImageFile.LoadAsync(path));

        Assert.Contains("no pixels", exception.Message, StringComparison.Ordinal);
    }

    /// <summary>Two frames of the same pixels.</summary>
    private static byte[] Animate(byte[] still, int width, int height, int? frameWidth = null, int? frameHeight = null, int left = 0, int top = 0)
    {
        byte[] size = [.. UInt24(width - 1), .. UInt24(height - 1)];
        byte[] frameSize = [.. UInt24((frameWidth ?? width) - 1), .. UInt24((frameHeight ?? height) - 1)];
        byte[] frame = Chunk("ANMF"u8, [.. UInt24(left / 2), .. UInt24(top / 2), .. frameSize, 100, 0, 0, 0, .. still[12..]]);
        byte[] content = [.. "WEBP"u8, .. Chunk("VP8X"u8, [0x02, 0, 0, 0, .. size]), .. Chunk("ANIM"u8, [0, 0, 0, 0, 0, 0]), .. frame, .. frame];
        return Chunk("RIFF"u8, content);
    }

    private static byte[] Chunk(ReadOnlySpan<byte> type, byte[] content)
    {
        byte[] chunk = [.. type, 0, 0, 0, 0, .. content, .. new byte[content.Length & 1]];
        BinaryPrimitives.WriteInt32LittleEndian(chunk.AsSpan(4), content.Length);
        return chunk;
    }

    private static byte[] UInt24(int value) => [(byte)value, (byte)(value >> 8), (byte)(value >> 16)];
}
