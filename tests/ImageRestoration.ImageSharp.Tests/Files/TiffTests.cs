using System.Buffers.Binary;
using ImageRestoration.ImageSharp;
using ImageRestoration.Imaging;
using ImageRestoration.Photos;

namespace ImageRestoration.Tests.Files;

public sealed class TiffTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Load_EitherByteOrder_GivesTheSamples(bool little)
    {
        byte[] samples = little ? [0x34, 0x12, 0xFF, 0xFF] : [0x12, 0x34, 0xFF, 0xFF];
        using ImageTensor image = await LoadAsync(new HandmadeTiff(2, 1, bits: 16, samples: 1, little).Write(samples));

        Assert.Equal([0x1234 / 65535f, 1f], image.Span.ToArray());
    }

    [Fact]
    public async Task Load_WhiteIsZero_IsTurnedRound()
    {
        using ImageTensor image = await LoadAsync(new HandmadeTiff(2, 1, bits: 8, samples: 1).Tag(262, 0).Write([0, 55]));

        Assert.Equal([1f, 200 / 255f], image.Span.ToArray());
    }

    [Fact]
    public async Task Load_PlanesApart_ArePutTogether()
    {
        using ImageTensor image = await LoadAsync(new HandmadeTiff(2, 1, bits: 8, samples: 3).Tag(284, 2).Write([1, 2, 3, 4, 5, 6], blocks: 3));

        Assert.Equal([1, 2, 3, 4, 5, 6], image.Span.ToArray().Select(value => (int)Math.Round(value * 255)));
    }

    [Fact]
    public async Task Load_Tiles_ArePutTogether()
    {
        // Two tiles of 16 × 16, of which 20 columns and 3 rows belong to the picture.
        byte[] tiles = new byte[2 * 256];
        for (int i = 0; i < tiles.Length; i++)
        {
            tiles[i] = (byte)((i / 256 * 100) + (i / 16 % 16 * 16) + (i % 16));
        }

        using ImageTensor image = await LoadAsync(new HandmadeTiff(20, 3, bits: 8, samples: 1).Without(278).Tag(322, 16).Tag(323, 16).Write(tiles, blocks: 2, tiled: true));

        Assert.Equal(new ImageShape(1, 1, 3, 20), image.Shape);
        for (int i = 0; i < image.Span.Length; i++)
        {
            (int x, int y) = (i % 20, i / 20);
            Assert.Equal((byte)((x / 16 * 100) + (y * 16) + (x % 16)), (byte)Math.Round(image.Span[i] * 255));
        }
    }

    [Theory]
    [InlineData(8, 3, false, true)]
    [InlineData(16, 3, false, false)]
    [InlineData(8, 3, true, true)]
    [InlineData(16, 1, false, true)]
    public async Task Load_TilesOfEveryKind_ArePutTogether(int bits, int samples, bool planar, bool little)
    {
        // Three by two tiles of 16 × 16, compressed, of which 35 columns and 20 rows belong to the picture.
        const int width = 35, height = 20;
        var random = new Random(bits + samples);
        int[] values = [.. Enumerable.Range(0, width * height * samples).Select(_ => random.Next(1 << bits))];
        List<byte[]> tiles = [];
        for (int plane = 0; plane < (planar ? samples : 1); plane++)
        {
            for (int tile = 0; tile < 6; tile++)
            {
                List<byte> bytes = [];
                for (int i = 0; i < 256; i++)
                {
                    (int x, int y) = ((tile % 3 * 16) + (i % 16), (tile / 3 * 16) + (i / 16));
                    for (int c = planar ? plane : 0; c < (planar ? plane + 1 : samples); c++)
                    {
                        int value = x < width && y < height ? values[(((y * width) + x) * samples) + c] : 0;
                        bytes.AddRange(bits == 8 ? [(byte)value] : little ? [(byte)value, (byte)(value >> 8)] : new[] { (byte)(value >> 8), (byte)value });
                    }
                }

                tiles.Add(HandmadePng.Deflate(bytes.ToArray()));
            }
        }

        HandmadeTiff tiff = new HandmadeTiff(width, height, bits, samples, little).Without(278).Tag(259, 8).Tag(284, planar ? 2u : 1u).Tag(322, 16).Tag(323, 16);
        using ImageTensor image = await LoadAsync(tiff.WriteTiles(tiles));

        Assert.Equal(new ImageShape(1, samples, height, width), image.Shape);
        for (int i = 0; i < values.Length; i++)
        {
            Assert.Equal(values[i], (int)Math.Round(image.Plane(0, i % samples)[i / samples] * ((1 << bits) - 1)));
        }
    }

    [Fact]
    public async Task Load_WhatWouldLoseValues_IsRefused()
    {
        byte[] rgba = [1, 2, 3, 4];
        (byte[] File, string Expected)[] cases =
        [
            (new HandmadeTiff(1, 1, 8, 4).Tag(262, 5).Write(rgba), "CMYK"),
            (new HandmadeTiff(1, 1, 8, 1).Tag(262, 3).Write([1]), "kind 3"),
            (new HandmadeTiff(1, 1, 8, 3).Tag(262, 6).Write([1, 2, 3]), "kind 6"),
            (new HandmadeTiff(1, 1, 8, 2).Write([1, 2]), "2 samples"),
            (new HandmadeTiff(1, 1, 32, 1).Tag(339, 3).Write(rgba), "32 bits that are floating-point numbers"),
            (new HandmadeTiff(1, 1, 32, 1).Tag(339, 3).Write(rgba), "save it with 16 bits"),
            (new HandmadeTiff(1, 1, 32, 1).Tag(339, 3).Tag(259, 8).Tag(317, 2).Write(HandmadePng.Deflate(rgba)), "floating-point"),
            (new HandmadeTiff(1, 1, 8, 1).Tag(259, 8).Tag(317, 3).Write(HandmadePng.Deflate([1])), "predictor 3"),
            (new HandmadeTiff(1, 1, 12, 1).Write(rgba), "12 bits"),
            (new HandmadeTiff(1, 1, 8, 4).Tag(338, 1).Write(rgba), "multiplied"),
            (new HandmadeTiff(1, 1, 8, 4).Write(rgba), "no alpha channel"),
            (new HandmadeTiff(1, 1, 8, 1).Tag(259, 7).Write([1]), "compression 7"),
            (new HandmadeTiff(1, 1, 8, 1).Write([1], pages: 3), "3 pages"),
        ];
        foreach ((byte[] file, string expected) in cases)
        {
            ImageFileException exception = await Assert.ThrowsAsync<ImageFileException>(() => LoadAsync(file));
            Assert.Contains(expected, exception.Message, StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task Load_FirstOfSeveralPages_IsTakenWhereAskedFor()
    {
        string path = _folder.Write("pages.tif", new HandmadeTiff(2, 1, 8, 1).Write([51, 102], pages: 3));
        using ImageTensor image = await ImageFile.LoadAsync(path, new ImageLoadOptions { FirstFrameOnly = true });

        Assert.Equal([51 / 255f, 102 / 255f], image.Span.ToArray());
    }

    [Fact]
    public async Task Load_HugeClaims_AreRefusedBeforeDecoding()
    {
        (byte[] File, string Expected)[] cases =
        [
            (new HandmadeTiff(100_000, 100_000, 8, 1).Tag(259, 5).Write([1]), "10,000,000,000"),
            (new HandmadeTiff(1, 1, 8, 1).Tag(256, uint.MaxValue).Write([1]), "no width"),
            (new HandmadeTiff(1, 1, 8, 1).Tag(278, 0x7FFF_FFFF).Write([1]), "where its pixels are"),
            (new HandmadeTiff(1, 1, 8, 1).Tag(322, 1 << 20).Tag(323, 1 << 20).Write([1], tiled: true), "where its pixels are"),
            (new HandmadeTiff(30, 30, 8, 1).Write([1]), "truncated"),
        ];
        foreach ((byte[] file, string expected) in cases)
        {
            ImageFileException exception = await Assert.ThrowsAsync<ImageFileException>(() => LoadAsync(file));
            Assert.Contains(expected, exception.Message, StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task Load_DirectoriesInACircle_AreRefused()
    {
        byte[] file = new HandmadeTiff(1, 1, 8, 1).Write([1], pages: 2);

        // The second directory, which ends the file but for its values, points to the first.
        file.AsSpan(4, 4).CopyTo(file.AsSpan(file.Length - 4));
        ImageFileException exception = await Assert.ThrowsAsync<ImageFileException>(() => LoadAsync(file));

        Assert.Contains("lead nowhere", exception.Message, StringComparison.Ordinal);
    }

    /// <summary>No more directories are read than the file has room for: shared bytes made 65,536 of 65,535 entries out of less than a megabyte.</summary>
    [Fact]
    public async Task Load_DirectoriesOverOneAnother_AreRefused()
    {
        const int entries = 20, length = 2 + (12 * entries) + 4;
        byte[] first = new HandmadeTiff(1, 1, 8, 1).Write([1]), file = new byte[first.Length + length + 36];
        first.CopyTo(file, 0);
        int start = first.Length;
        Assert.True(first.AsSpan(^4..).SequenceEqual<byte>([0, 0, 0, 0]));
        BinaryPrimitives.WriteInt32LittleEndian(file.AsSpan(start - 4), start);
        for (int i = 0; i < 4; i++)
        {
            int next = i == 3 ? 0 : start + (12 * (i + 1));
            BinaryPrimitives.WriteUInt16LittleEndian(file.AsSpan(start + (12 * i)), entries);
            BinaryPrimitives.WriteInt32LittleEndian(file.AsSpan(start + (12 * i) + length - 4), next);
        }

        ImageFileException exception = await Assert.ThrowsAsync<ImageFileException>(() => LoadAsync(file));

        Assert.Contains("lie over one another", exception.Message, StringComparison.Ordinal);
    }

    private Task<ImageTensor> LoadAsync(byte[] file) => ImageFile.LoadAsync(_folder.Write("picture.tif", file));
}
