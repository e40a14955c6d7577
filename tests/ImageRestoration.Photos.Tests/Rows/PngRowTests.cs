using System.Buffers.Binary;
using System.Text;
using ImageRestoration.Imaging;
using ImageRestoration.Numerics;
using ImageRestoration.Photos;
using ImageRestoration.Tiling;

namespace ImageRestoration.Tests.Rows;

public sealed class PngRowTests
{
    public static TheoryData<int, int, int, int> Formats()
    {
        var data = new TheoryData<int, int, int, int>();
        foreach (int bits in new[] { 8, 16 })
        {
            for (int channels = 1; channels <= 4; channels++)
            {
                foreach ((int height, int width) in new[] { (1, 1), (1, 70), (70, 1), (131, 157) })
                {
                    data.Add(channels, bits, height, width);
                }
            }
        }

        return data;
    }

    /// <summary>All colour types and depths of the specification.</summary>
    public static TheoryData<int, int> ColorTypes()
    {
        var data = new TheoryData<int, int>();
        (int Color, int[] Depths)[] types = [(0, [1, 2, 4, 8, 16]), (2, [8, 16]), (3, [1, 2, 4, 8]), (4, [8, 16]), (6, [8, 16])];
        foreach ((int color, int[] depths) in types)
        {
            foreach (int depth in depths)
            {
                data.Add(color, depth);
            }
        }

        return data;
    }

    [Theory]
    [MemberData(nameof(Formats))]
    public void WriteThenRead_AnyFormat_GivesTheSameValues(int channels, int bits, int height, int width)
    {
        using ImageTensor image = RowPictures.Create(channels, height, width, bits, seed: 1);

        byte[] file = RowPictures.Png(image, bits);
        using IRowSource source = RowFile.Open(new MemoryStream(file));

        Assert.Equal(
            (width, height, channels, bits), (source.Format.Width, source.Format.Height, source.Format.Channels, source.Format.Bits));
        using ImageTensor read = RowPictures.Read(source);
        Assert.Equal(image.Span.ToArray(), read.Span.ToArray());
    }

    [Theory]
    [MemberData(nameof(ColorTypes))]
    public void Read_AnyColorTypeDepthAndFilter_GivesTheStoredValues(int color, int depth)
    {
        const int height = 40, width = 53;
        var random = new SeededRandom((ulong)((color * 100) + depth));
        int samples = color switch { 2 => 3, 4 => 2, 6 => 4, _ => 1 }, maximum = (1 << depth) - 1;
        byte[] palette = new byte[3 * Math.Min(256, maximum + 1)];
        random.NextBytes(palette);
        var levels = new int[height, width * samples];
        int rowBytes = ((width * samples * depth) + 7) / 8, step = Math.Max(1, samples * depth / 8);
        byte[] previous = new byte[rowBytes], filtered = new byte[height * (rowBytes + 1)];
        for (int y = 0; y < height; y++)
        {
            byte[] row = new byte[rowBytes];
            for (int i = 0; i < width * samples; i++)
            {
                levels[y, i] = random.Next(maximum + 1);
                if (depth == 16)
                {
                    BinaryPrimitives.WriteUInt16BigEndian(row.AsSpan(2 * i), (ushort)levels[y, i]);
                }
                else
                {
                    row[i * depth / 8] |= (byte)(levels[y, i] << (8 - depth - (i * depth % 8)));
                }
            }

            Filter(y % 5, row, previous, step, filtered.AsSpan(y * (rowBytes + 1), rowBytes + 1));
            previous = row;
        }

        var png = new HandmadePng(width, height, (byte)depth, (byte)color);
        byte[] file = (color == 3 ? png.Chunk("PLTE", palette) : png).Pixels(filtered).End();
        using ImageTensor image = RowPictures.Read(file);

        Assert.Equal(color == 3 ? 3 : samples, image.Channels);
        for (int y = 0; y < height; y++)
        {
            for (int i = 0; i < width * image.Channels; i++)
            {
                float expected = color == 3 ? palette[(levels[y, i / 3] * 3) + (i % 3)] / 255f : levels[y, i] / (float)maximum;
                Assert.Equal(expected, image.Row(0, i % image.Channels, y)[i / image.Channels]);
            }
        }
    }

    [Fact]
    public void Read_TransparentEntriesAndColors_BecomeAlpha()
    {
        byte[] palette = [10, 20, 30, 40, 50, 60, 70, 80, 90];
        using ImageTensor indexed = RowPictures.Read(
            new HandmadePng(4, 1, 4, HandmadePng.Palette).Chunk("PLTE", palette).Chunk("tRNS", [0, 128]).Pixels([0, 0x01, 0x22]).End());
        Assert.Equal(4, indexed.Channels);
        Assert.Equal([0f, 128 / 255f, 1f, 1f], indexed.Plane(0, 3).ToArray());
        Assert.Equal([10 / 255f, 40 / 255f, 70 / 255f, 70 / 255f], indexed.Plane(0, 0).ToArray());

        using ImageTensor grey = RowPictures.Read(
            new HandmadePng(4, 1, 2, HandmadePng.Grey).Chunk("tRNS", [0, 2]).Pixels([0, 0b00_01_10_11]).End());
        Assert.Equal([1f, 1f, 0f, 1f], grey.Plane(0, 1).ToArray());
        Assert.Equal([0f, 1 / 3f, 2 / 3f, 1f], grey.Plane(0, 0).ToArray());

        using ImageTensor rgb = RowPictures.Read(
            new HandmadePng(2, 1, 8, HandmadePng.Rgb).Chunk("tRNS", [0, 1, 0, 2, 0, 3]).Pixels([0, 1, 2, 3, 1, 2, 4]).End());
        Assert.Equal([0f, 1f], rgb.Plane(0, 3).ToArray());

        byte[] key = [1, 2, 3, 4, 5, 6];
        using ImageTensor deep = RowPictures.Read(
            new HandmadePng(2, 1, 16, HandmadePng.Rgb).Chunk("tRNS", key).Pixels([0, .. key, 1, 2, 3, 4, 5, 7]).End());
        Assert.Equal([0f, 1f], deep.Plane(0, 3).ToArray());
        Assert.Equal([0x0506 / 65535f, 0x0507 / 65535f], deep.Plane(0, 2).ToArray());
    }

    [Fact]
    public void ReadAndWrite_Metadata_TravelAlsoFromBehindThePixels()
    {
        byte[] profile = [1, 2, 3], text = Encoding.ASCII.GetBytes("Title\0a"), exif = [0x49, 0x49, 0x2A, 0];
        byte[] file = new HandmadePng(1, 2, 8, HandmadePng.Grey)
            .Chunk("iCCP", profile).Chunk("gAMA", [0, 0, 0xB1, 0x8F]).Chunk("pHYs", [0, 0, 0, 1, 0, 0, 0, 1, 1])
            .Chunk("tIME", new byte[7]).Chunk("tEXt", text)
            .Pixels([0, 1, 0, 2]).Chunk("eXIf", exif).Chunk("iTXt", text).End();
        using var copy = new MemoryStream();
        using (IRowSource source = RowFile.Open(new MemoryStream(file)))
        using (IRowSink sink = RowFile.CreatePng(copy, source.Format, leaveOpen: true))
        {
            using ImageTensor row = ImageTensor.Create(ImageShape.Single(1, 1, 1));
            for (int y = 0; y < 2; y++)
            {
                source.Read(row, 0, 1);
                sink.Write(row, 0, 1);
            }

            sink.Complete();
        }

        using IRowSource again = RowFile.Open(new MemoryStream(copy.ToArray()));
        using ImageTensor image = RowPictures.Read(again);
        Assert.Equal(["iCCP", "gAMA", "pHYs", "tEXt", "eXIf", "iTXt"], again.Format.Metadata.Select(m => m.Type));
        Assert.Equal(profile, again.Format.Metadata[0].Data.ToArray());
        Assert.Equal(exif, again.Format.Metadata[4].Data.ToArray());
        Assert.Equal([1 / 255f, 2 / 255f], image.Span.ToArray());
    }

    [Fact]
    public void Read_FileCutAnywhere_IsRefused()
    {
        using ImageTensor image = RowPictures.Create(3, 9, 11, 8, seed: 1);
        byte[] file = RowPictures.Png(image, 8, new MetadataChunk("tEXt", "Title\0a"u8.ToArray()));
        for (int length = 0; length < file.Length; length++)
        {
            Assert.Throws<ImageFileException>(() => RowPictures.Read(file[..length]));
        }
    }

    [Fact]
    public void Read_AnyByteChanged_IsRefused()
    {
        using ImageTensor image = RowPictures.Create(3, 9, 11, 8, seed: 1);
        byte[] file = RowPictures.Png(image, 8, new MetadataChunk("tEXt", "Title\0a"u8.ToArray()));
        var random = new SeededRandom(1);
        for (int at = 0; at < file.Length; at++)
        {
            byte[] damaged = [.. file];
            damaged[at] ^= (byte)random.Next(1, 256);
            Assert.Throws<ImageFileException>(() => RowPictures.Read(damaged));
        }
    }

    [Fact]
    public void Read_RandomContentsWithRightChecksums_NeverFailsInAnotherWay()
    {
        for (ulong seed = 0; seed < 3000; seed++)
        {
            var random = new SeededRandom(seed);
            byte[] pixels = new byte[random.Next(40)], data = new byte[random.Next(20)];
            random.NextBytes(pixels);
            random.NextBytes(data);
            var png = new HandmadePng(
                random.Next(5), random.Next(5), (byte)(1 << random.Next(5)), (byte)random.Next(7), random.Next(20) == 0);
            foreach (string type in new[] { "PLTE", "tRNS", "iCCP", "acTL", "ABCD", "IDAT" })
            {
                if (random.Next(6) == 0)
                {
                    png.Chunk(type, data);
                }
            }

            byte[] file = (random.Next(3) == 0 ? png.Chunk("IDAT", data) : png.Pixels(pixels)).End();
            try
            {
                RowPictures.Read(file).Dispose();
            }
            catch (ImageFileException)
            {
                // What hostile files are refused with.
            }
        }
    }

    [Fact]
    public void Read_FilesThatCannotBeReadRowByRow_AreRefusedWithTheRemedy()
    {
        byte[] pixel = [0, 7];
        HandmadePng Grey(int width = 1, int height = 1) => new(width, height, 8, HandmadePng.Grey);

        Refused("Load it whole", new HandmadePng(1, 1, 8, HandmadePng.Grey, interlaced: true).Pixels(pixel).End());
        Refused("animated", Grey().Chunk("acTL", new byte[8]).Pixels(pixel).End());
        Refused("no pixel data", Grey().End());
        Refused("and it has none", new HandmadePng(1, 1, 8, HandmadePng.Palette).Pixels(pixel).End());
        Refused(
            "palette's entry 7, and there are 1",
            new HandmadePng(1, 1, 8, HandmadePng.Palette).Chunk("PLTE", new byte[3]).Pixels(pixel).End());
        Refused("its palette has 4 bytes", new HandmadePng(1, 1, 8, HandmadePng.Palette).Chunk("PLTE", new byte[4]).Pixels(pixel).End());
        Refused("transparency has 3 bytes", Grey().Chunk("tRNS", new byte[3]).Pixels(pixel).End());
        Refused("filter 5", Grey().Pixels([5, 7]).End());
        Refused("more pixel data than rows", Grey().Pixels([0, 7, 0]).End());
        Refused("truncated: it ends within row 1 of 2", Grey(height: 2).Pixels(pixel).End());
        Refused("compressed pixel data are damaged", Grey().Chunk("IDAT", [1, 2, 3, 4]).End());
        Refused("not in one piece", Grey().Pixels(pixel).Chunk("tEXt", []).Pixels(pixel).End());
        Refused("has a chunk ABCD", Grey().Chunk("ABCD", []).Pixels(pixel).End());
        Refused("header is not valid (depth 3", new HandmadePng(1, 1, 3, HandmadePng.Grey).Pixels(pixel).End());
        Refused("header is not valid (depth 16, colour type 3", new HandmadePng(1, 1, 16, HandmadePng.Palette).Pixels(pixel).End());
        Refused("0×1", Grey(width: 0).Pixels(pixel).End());
        Refused("at most 262144 columns", Grey(width: int.MaxValue, height: int.MaxValue).Pixels(pixel).End());
        Refused("4294967295×1", Grey(width: -1).Pixels(pixel).End());
        Refused("none of the formats", [0xFF, 0xD8, 0xFF]);
        Refused("none of the formats", []);
        Refused(
            "at most 3 are read", Grey().Chunk("tEXt", new byte[4]).Pixels(pixel).End(), new RowSourceOptions { MaximumMetadataSize = 3 });
        Refused("at most 262144 columns and 5 pixels", Grey(2, 3).Pixels(pixel).End(), new RowSourceOptions { MaximumPixels = 5 });

        static void Refused(string part, byte[] file, RowSourceOptions? options = null)
            => Assert.Contains(
                part, Assert.Throws<ImageFileException>(() => RowPictures.Read(file, options)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Choose_AnyRow_EveryCandidateIsTheRowFilteredAndTheSmallestIsTaken()
    {
        var used = new HashSet<int>();
        foreach (int length in new[] { 1, 2, 3, 31, 64, 100, 517 })
        {
            foreach (int step in new[] { 1, 2, 3, 4, 6, 8 })
            {
                for (ulong seed = 0; seed < 6; seed++)
                {
                    var random = new SeededRandom(seed);
                    byte[] row = new byte[length], previous = new byte[length];
                    byte[] candidates = new byte[5 * (length + 1)], expected = new byte[length + 1];
                    for (int i = 0; i < length; i++)
                    {
                        int noise = random.Next(256);
                        previous[i] = (byte)((seed % 3) switch
                        {
                            0 => noise,
                            1 => (i * 3) + (noise / 100),
                            _ => i > 9 && seed == 2 ? previous[i - 8] + (noise / 128) : noise,
                        });
                        row[i] = (byte)(seed switch
                        {
                            0 => random.Next(256),
                            1 => random.Next(4),
                            2 => previous[i] + random.Next(3),
                            3 => i > step ? row[i - step] + 1 : 200,
                            4 => previous[i] + (i * 5),
                            _ => i >= step ? ((row[i - step] + previous[i]) / 2) + random.Next(2) : 3,
                        });
                    }

                    (int start, int taken) = PngFilters.Choose(row, previous, step, candidates).GetOffsetAndLength(candidates.Length);

                    long least = long.MaxValue;
                    for (int filter = 0; filter < 5; filter++)
                    {
                        Filter(filter, row, previous, step, expected);
                        byte[] candidate = candidates[(filter * (length + 1))..((filter + 1) * (length + 1))];
                        Assert.Equal(expected, candidate);
                        Assert.True(PngFilters.TryUndo(filter, candidate.AsSpan(1), previous, step));
                        Assert.Equal(row, candidate[1..]);
                        least = Math.Min(least, expected[1..].Sum(b => (long)Math.Abs((int)(sbyte)b)));
                    }

                    Assert.Equal(length + 1, taken);
                    Assert.Equal(least, SumOf(start / (length + 1), row, previous, step));
                    used.Add(start / (length + 1));
                }
            }
        }

        Assert.Equal(5, used.Count);
    }

    [Fact]
    public void Append_KnownBytes_GivesThePublishedChecksum()
    {
        // The check value of CRC-32/ISO-HDLC, in one piece and in two.
        Assert.Equal(0xCBF43926u, Crc32.Append(0, "123456789"u8));
        Assert.Equal(0xCBF43926u, Crc32.Append(Crc32.Append(0, "12345678"u8), "9"u8));
    }

    [Fact]
    public void Write_ValuesOutsideTheRange_AreLimitedAndNaNIsRefused()
    {
        using ImageTensor image = ImageTensor.Wrap(new[] { -1f, 0.5f, 2f, float.PositiveInfinity }, ImageShape.Single(1, 1, 4));
        using ImageTensor read = RowPictures.Read(RowPictures.Png(image, 8));
        Assert.Equal([0f, 128 / 255f, 1f, 1f], read.Span.ToArray());

        image.Span[1] = float.NaN;
        Assert.Contains(
            "not a number", Assert.Throws<ImageFileException>(() => RowPictures.Png(image, 16)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void ReadAndWrite_BandsThatDoNotFit_AreRefused()
    {
        using ImageTensor image = RowPictures.Create(3, 4, 5, 8, seed: 1), other = RowPictures.Create(1, 4, 5, 8, seed: 1);
        using IRowSource source = RowFile.Open(new MemoryStream(RowPictures.Png(image, 8)));
        using IRowSink sink = RowFile.CreatePng(new MemoryStream(), source.Format);

        Assert.Throws<TensorShapeException>(() => source.Read(other, 0, 1));
        Assert.Throws<TensorShapeException>(() => sink.Write(other, 0, 1));
        Assert.Throws<ArgumentOutOfRangeException>(() => source.Read(image, 2, 3));
        source.Read(image, 0, 3);
        Assert.Throws<TensorShapeException>(() => source.Read(image, 0, 2));
        sink.Write(image, 0, 3);
        Assert.Throws<InvalidOperationException>(sink.Complete);
        Assert.Throws<TensorShapeException>(() => sink.Write(image, 0, 2));
        Assert.Throws<ArgumentException>(
            () => RowFile.CreatePng(new MemoryStream(), source.Format with { Metadata = [new MetadataChunk("IDAT", default)] }));
    }

    private static long SumOf(int filter, byte[] row, byte[] previous, int step)
    {
        byte[] filtered = new byte[row.Length + 1];
        Filter(filter, row, previous, step, filtered);
        return filtered[1..].Sum(b => (long)Math.Abs((int)(sbyte)b));
    }

    /// <summary>The filters as the specification's table defines them, byte by byte.</summary>
    private static void Filter(int filter, byte[] row, byte[] previous, int step, Span<byte> filtered)
    {
        filtered[0] = (byte)filter;
        for (int i = 0; i < row.Length; i++)
        {
            int a = i < step ? 0 : row[i - step], b = previous[i], c = i < step ? 0 : previous[i - step], p = a + b - c;
            int paeth = Math.Abs(p - a) <= Math.Abs(p - b)
                && Math.Abs(p - a) <= Math.Abs(p - c) ? a : Math.Abs(p - b) <= Math.Abs(p - c) ? b : c;
            filtered[i + 1] = (byte)(row[i] - filter switch { 0 => 0, 1 => a, 2 => b, 3 => (a + b) / 2, _ => paeth });
        }
    }
}
