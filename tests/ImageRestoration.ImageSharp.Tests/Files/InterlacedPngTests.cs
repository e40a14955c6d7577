using System.Buffers.Binary;
using ImageRestoration.ImageSharp;
using ImageRestoration.Imaging;
using ImageRestoration.Photos;
using SixLabors.ImageSharp;
using SixLabors.ImageSharp.PixelFormats;

namespace ImageRestoration.Tests.Files;

/// <summary>PNGs that ImageSharp 2 must not decode: interlaced ones, and those with a transparent colour of 16 bits.</summary>
public sealed class InterlacedPngTests : IDisposable
{
    private const byte GreyAlpha = 4;

    private readonly TemporaryFolder _folder = new();

    public static TheoryData<byte, byte> Kinds => new()
    {
        { HandmadePng.Grey, 1 }, { HandmadePng.Grey, 2 }, { HandmadePng.Grey, 4 }, { HandmadePng.Grey, 8 }, { HandmadePng.Grey, 16 },
        { HandmadePng.Palette, 1 }, { HandmadePng.Palette, 2 }, { HandmadePng.Palette, 4 }, { HandmadePng.Palette, 8 },
        { HandmadePng.Rgb, 8 }, { HandmadePng.Rgb, 16 }, { GreyAlpha, 8 }, { GreyAlpha, 16 }, { HandmadePng.Rgba, 8 }, { HandmadePng.Rgba, 16 },
    };

    public void Dispose() => _folder.Dispose();

    [Theory]
    [MemberData(nameof(Kinds))]
    public async Task Load_EveryKindAndSize_EqualsThePlainFile(byte color, byte depth)
    {
        using var photos = new PhotoRestorer(new FakeRestorer(3, (value, _) => value), new ImageSharpCodec());
        foreach ((int width, int height) in new[] { (1, 1), (2, 1), (1, 3), (4, 4), (5, 9), (8, 8), (19, 13) })
        {
            foreach (bool transparent in color is GreyAlpha or HandmadePng.Rgba ? [false] : new[] { false, true })
            {
                _folder.Write("plain.png", Create(width, height, depth, color, interlaced: false, transparent));
                _folder.Write("interlaced.png", Create(width, height, depth, color, interlaced: true, transparent));
                await photos.RestoreAsync(_folder["plain.png"], _folder["a.png"]);
                await photos.RestoreAsync(_folder["interlaced.png"], _folder["b.png"]);

                using Image<Rgba64> expected = await Image.LoadAsync<Rgba64>(_folder["a.png"]);
                using Image<Rgba64> actual = await Image.LoadAsync<Rgba64>(_folder["b.png"]);
                Assert.Equal(RandomImages.Pixels(expected), RandomImages.Pixels(actual));
                Assert.Equal(width, actual.Width);
            }
        }
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Load_TransparentColorOf16Bits_MatchesInBothBytes(bool interlaced)
    {
        // The second pixel is the transparent colour with its bytes swapped.
        byte[] rows = interlaced ? [0, 1, 2, 0, 3, 3, 0, 2, 1] : [0, 1, 2, 2, 1, 3, 3];
        byte[] png = new HandmadePng(3, 1, 16, HandmadePng.Grey, interlaced).Chunk("tRNS", [1, 2]).Pixels(rows).End();
        using var photos = new PhotoRestorer(new FakeRestorer(1, (value, _) => value), new ImageSharpCodec());
        await photos.RestoreAsync(_folder.Write("in.png", png), _folder["out.png"]);

        using Image<La32> image = await Image.LoadAsync<La32>(_folder["out.png"]);
        Assert.Equal([(0x0102, 0), (0x0201, 65535), (0x0303, 65535)], Enumerable.Range(0, 3).Select(x => ((int)image[x, 0].L, (int)image[x, 0].A)));
    }

    [Fact]
    public async Task Restore_Interlaced_KeepsTexts()
    {
        byte[] png = new HandmadePng(1, 1, 8, HandmadePng.Grey, interlaced: true).Chunk("tEXt", [.. "Title"u8, 0, .. "a name"u8]).Pixels([0, 7]).End();
        using var photos = new PhotoRestorer(new FakeRestorer(1, (value, _) => value), new ImageSharpCodec());
        await photos.RestoreAsync(_folder.Write("in.png", png), _folder["out.png"]);

        using Image image = await Image.LoadAsync(_folder["out.png"]);
        Assert.Equal("a name", Assert.Single(image.Metadata.GetPngMetadata().TextData).Value);
    }

    [Fact]
    public async Task Load_DamagedInterlaced_IsRefused()
    {
        (byte[] File, string Expected)[] cases =
        [
            (new HandmadePng(2, 1, 8, HandmadePng.Grey, interlaced: true).Pixels([0, 7]).End(), "truncated"),
            (new HandmadePng(1, 1, 8, HandmadePng.Grey, interlaced: true).Pixels([9, 7]).End(), "filter 9"),
            (new HandmadePng(1, 1, 8, HandmadePng.Palette, interlaced: true).Chunk("PLTE", [1, 2, 3]).Pixels([0, 7]).End(), "palette's entry 7"),
            (new HandmadePng(1, 1, 8, HandmadePng.Palette, interlaced: true).Pixels([0, 7]).End(), "palette"),
        ];
        foreach ((byte[] file, string expected) in cases)
        {
            ImageFileException exception = await Assert.ThrowsAsync<ImageFileException>(() => ImageFile.LoadAsync(_folder.Write("picture.png", file)));
            Assert.Contains(expected, exception.Message, StringComparison.Ordinal);
            Assert.Contains(_folder["picture.png"], exception.Message, StringComparison.Ordinal);
        }
    }

    private static byte[] Create(int width, int height, byte depth, byte color, bool interlaced, bool transparent)
    {
        int samples = color switch
        {
            HandmadePng.Rgb => 3,
            GreyAlpha => 2,
            HandmadePng.Rgba => 4,
            _ => 1,
        };
        var random = new Random((width * 100) + height + depth + color);
        int[] values = [.. Enumerable.Range(0, width * height * samples).Select(_ => random.Next(1 << depth))];
        var png = new HandmadePng(width, height, depth, color, interlaced);
        if (color == HandmadePng.Palette)
        {
            byte[] palette = new byte[3 << depth];
            random.NextBytes(palette);
            png.Chunk("PLTE", palette);
        }

        if (transparent)
        {
            // The first pixel's colour, or the first entry of the palette.
            byte[] key = [.. values[..samples].SelectMany(value => new[] { (byte)(value >> 8), (byte)value })];
            png.Chunk("tRNS", color == HandmadePng.Palette ? [77] : key);
        }

        List<byte> rows = [];
        (int X, int Y, int StepX, int StepY)[] passes = interlaced
            ? [(0, 0, 8, 8), (4, 0, 8, 8), (0, 4, 4, 8), (2, 0, 4, 4), (0, 2, 2, 4), (1, 0, 2, 2), (0, 1, 1, 2)]
            : [(0, 0, 1, 1)];
        foreach ((int left, int top, int stepX, int stepY) in passes)
        {
            byte[] previous = [];
            for (int y = top; y < height && left < width; y += stepY)
            {
                int[] row = [.. Enumerable.Range(0, width).Where(x => x >= left && (x - left) % stepX == 0).SelectMany(x => values.AsSpan(((y * width) + x) * samples, samples).ToArray())];
                byte[] bytes = Pack(row, depth);
                rows.AddRange(Filter(bytes, previous, Math.Max(1, samples * depth / 8), random.Next(3)));
                previous = bytes;
            }
        }

        return png.Pixels(rows.ToArray()).End();
    }

    private static byte[] Pack(int[] row, int depth)
    {
        byte[] bytes = new byte[((row.Length * depth) + 7) / 8];
        for (int i = 0; i < row.Length; i++)
        {
            if (depth == 16)
            {
                BinaryPrimitives.WriteUInt16BigEndian(bytes.AsSpan(2 * i), (ushort)row[i]);
            }
            else
            {
                bytes[i * depth / 8] |= (byte)(row[i] << (8 - depth - (i * depth % 8)));
            }
        }

        return bytes;
    }

    /// <summary>None, left or above (filters 0 to 2).</summary>
    private static byte[] Filter(byte[] row, byte[] previous, int step, int filter)
    {
        byte[] filtered = [(byte)filter, .. row];
        for (int i = 0; i < row.Length; i++)
        {
            int predicted = filter switch
            {
                1 => i < step ? 0 : row[i - step],
                2 => previous.Length == 0 ? 0 : previous[i],
                _ => 0,
            };
            filtered[i + 1] -= (byte)predicted;
        }

        return filtered;
    }
}
