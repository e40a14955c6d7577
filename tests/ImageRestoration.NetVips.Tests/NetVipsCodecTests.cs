using ImageRestoration.ImageSharp;
using ImageRestoration.Imaging;
using ImageRestoration.Managed;
using ImageRestoration.NetVips;
using ImageRestoration.Networks;
using ImageRestoration.Networks.Architectures;
using ImageRestoration.Numerics;
using ImageRestoration.Photos;
using ImageRestoration.Tiling;
using NetVips;
using SixLabors.ImageSharp.Metadata.Profiles.Exif;
using SixLabors.ImageSharp.Metadata.Profiles.Iptc;

namespace ImageRestoration.Tests;

public sealed class NetVipsCodecTests : IDisposable
{
    private static readonly byte[] _when = [.. "2024:05:06 07:08:09\0"u8];

    private readonly TemporaryFolder _folder = new();
    private readonly PhotoFiles _files = new(new NetVipsCodec());

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData("[bigtiff]", 8)]
    [InlineData("[tile,tile-width=32,tile-height=16]", 8)]
    [InlineData("[bigtiff,tile,tile-width=16,tile-height=16,compression=deflate]", 16)]
    [InlineData("[compression=lzw,predictor=horizontal]", 16)]
    [InlineData("[bigtiff,compression=deflate]", 32)]
    public async Task Read_TiffOfManyKinds_GivesTheStoredValues(string kind, int bits)
    {
        using ImageTensor picture = Picture(bits);
        string path = _folder["in.tif"];
        using (Image image = ToVips(picture, bits))
        {
            image.WriteToFile(path + kind);
        }

        using ImageTensor read = await _files.LoadAsync(path);
        Assert.Equal(picture.Span.ToArray(), read.Span.ToArray());
        using IRowSource rows = RowFile.Open(path, new NetVipsCodec());
        using ImageTensor band = ImageTensor.Create(picture.Shape);
        for (int row = 0; row < picture.Height; row += 10)
        {
            rows.Read(band, row, Math.Min(10, picture.Height - row));
        }

        Assert.Equal(picture.Span.ToArray(), band.Span.ToArray());
    }

    [Theory]
    [InlineData(8)]
    [InlineData(16)]
    [InlineData(32)]
    public async Task Restore_TiffOfAnyDepth_KeepsIt(int bits)
    {
        using ImageTensor picture = Picture(bits);
        using (Image image = ToVips(picture, bits))
        {
            image.WriteToFile(_folder["in.tif"] + "[bigtiff]");
        }

        using var photos = new PhotoRestorer(new FakeRestorer(3, (value, _) => value), _files);
        await photos.RestoreAsync(_folder["in.tif"], _folder["out.tif"]);

        using ImageTensor result = await _files.LoadAsync(_folder["out.tif"]);
        Assert.Equal(picture.Span.ToArray(), result.Span.ToArray());
        using Image written = Image.NewFromFile(_folder["out.tif"]);
        Assert.Equal(
            bits switch { 8 => Enums.BandFormat.Uchar, 16 => Enums.BandFormat.Ushort, _ => Enums.BandFormat.Float }, written.Format);
    }

    [Fact]
    public async Task Read_FloatsBeyondOne_IsRefused()
    {
        using ImageTensor picture = Picture(32);
        picture.Span[7] = 1.5f;
        using (Image image = ToVips(picture, 32))
        {
            image.WriteToFile(_folder["in.tif"]);
        }

        var exception = await Assert.ThrowsAsync<ImageFileException>(() => _files.LoadAsync(_folder["in.tif"]));
        Assert.Contains("1.5", exception.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("jpg")]
    [InlineData("webp")]
    [InlineData("avif")]
    [InlineData("tif")]
    public async Task Read_TruncatedFiles_IsRefused(string extension)
    {
        using ImageTensor picture = TestPictures.Random(1, 3, 90, 70);
        string path = _folder["whole." + extension];
        await _files.SaveAsync(picture, path);
        byte[] whole = await File.ReadAllBytesAsync(path);
        foreach (int length in Enumerable.Range(2, 17).Select(i => i * whole.Length / 20))
        {
            string cut = _folder.Write($"cut-{length}.{extension}", whole.AsSpan(0, length));
            var exception = await Assert.ThrowsAsync<ImageFileException>(() => _files.LoadAsync(cut));
            Assert.Contains(cut, exception.Message, StringComparison.Ordinal);
            Assert.Contains("truncated", exception.Message, StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task Read_Cmyk_IsRefusedAsByEveryCodec()
    {
        string path = _folder.Write("in.tif", new HandmadeTiff(2, 2, bits: 8, samples: 4).Tag(262, 5).Write(new byte[16]));

        var ofVips = await Assert.ThrowsAsync<ImageFileException>(() => _files.LoadAsync(path));
        var ofImageSharp = await Assert.ThrowsAsync<ImageFileException>(() => ImageFile.LoadAsync(path));

        Assert.Equal(ofImageSharp.Message, ofVips.Message);
    }

    [Fact]
    public async Task Read_SeveralPages_IsRefusedUnlessTheFirstIsAskedFor()
    {
        string path = _folder.Write("in.tif", new HandmadeTiff(2, 2, bits: 8, samples: 1).Write([1, 2, 3, 4], pages: 2));

        var exception = await Assert.ThrowsAsync<ImageFileException>(() => _files.LoadAsync(path));
        Assert.Contains("2 pages", exception.Message, StringComparison.Ordinal);
        Assert.Throws<ImageFileException>(() => RowFile.Open(path, new NetVipsCodec()));
        using ImageTensor first = await _files.LoadAsync(path, new ImageLoadOptions { FirstFrameOnly = true });
        Assert.Equal([1 / 255f, 2 / 255f, 3 / 255f, 4 / 255f], first.Span.ToArray());
    }

    /// <summary>Chroma is smoothed by both as libjpeg-turbo does; inverse transforms differ by rounding.</summary>
    [Fact]
    public async Task Read_Photograph_IsWhatTheOtherCodecReadsUpToRounding()
    {
        string path = TestPictures.Photographs.First();
        using ImageTensor vips = await _files.LoadAsync(path), imageSharp = await ImageFile.LoadAsync(path);
        Assert.Equal(imageSharp.Shape, vips.Shape);
        double sum = 0;
        for (int i = 0; i < vips.Span.Length; i++)
        {
            sum += Math.Abs(vips.Span[i] - imageSharp.Span[i]);
        }

        Assert.InRange(sum / vips.Span.Length * 255, 0, 0.3);
    }

    [Fact]
    public async Task Restore_WhatOneCodecDoesNotRead_IsReadByTheOther()
    {
        using ImageTensor picture = Picture(16);
        using (Image image = ToVips(picture, 16))
        {
            image.WriteToFile(_folder["in.tif"] + "[bigtiff]");
        }

        var alone = await Assert.ThrowsAsync<ImageFileException>(() => ImageFile.LoadAsync(_folder["in.tif"]));
        using ImageTensor read = await new PhotoFiles(new ImageSharpCodec(), new NetVipsCodec()).LoadAsync(_folder["in.tif"]);

        Assert.Contains("BigTIFF", alone.Message, StringComparison.Ordinal);
        Assert.Contains("ImageRestoration.NetVips", alone.Message, StringComparison.Ordinal);
        Assert.Equal(picture.Span.ToArray(), read.Span.ToArray());
    }

    [Fact]
    public async Task Restore_Iptc_GoesAlongBetweenJpegAndTiff()
    {
        byte[] iptc = [0x1C, 2, 80, 0, 8, .. "somebody"u8];
        using (var image = new SixLabors.ImageSharp.Image<SixLabors.ImageSharp.PixelFormats.Rgb24>(16, 8))
        {
            image.Metadata.IptcProfile = new IptcProfile(iptc);
            using FileStream file = File.Create(_folder["in.jpg"]);
            image.Save(file, new SixLabors.ImageSharp.Formats.Jpeg.JpegEncoder());
        }

        using var photos = new PhotoRestorer(new FakeRestorer(3, (value, _) => value), _files);
        await photos.RestoreAsync(_folder["in.jpg"], _folder["out.tif"]);
        await photos.RestoreAsync(_folder["out.tif"], _folder["out.jpg"]);

        using var written = await SixLabors.ImageSharp.Image.LoadAsync(_folder["out.jpg"]);
        Assert.Equal(
            "somebody", written.Metadata.IptcProfile?.GetValues(IptcTag.Byline)[0].Value);
    }

    [Fact]
    public async Task RestoreFile_TurnedTiffRowByRow_KeepsItsOrientation()
    {
        byte[] tiff = new HandmadeTiff(3, 2, bits: 8, samples: 1).Tag(274, 6).Write("abcdef"u8);
        using IRowSource source = RowFile.Open(_folder.Write("in.tif", tiff), new NetVipsCodec());
        await RowFile.WriteAsync(_folder["out.png"], source.Format, sink =>
        {
            using ImageTensor rows = ImageTensor.Create(ImageShape.Single(1, 2, 3));
            source.Read(rows, 0, 2);
            sink.Write(rows, 0, 2);
            return Task.CompletedTask;
        });

        using ImageTensor upright = await _files.LoadAsync(_folder["out.png"]);
        Assert.Equal("daebfc", string.Concat(upright.Span.ToArray().Select(value => (char)Math.Round(value * 255))));
    }

    [Theory]
    [InlineData(8)]
    [InlineData(32)]
    public async Task Read_BigTiffOfOurs_IsWhatWasWritten(int bits)
    {
        using ImageTensor picture = Picture(bits);
        var exif = new ExifProfile();
        exif.SetValue(ExifTag.ImageDescription, "the picture's description");
        var metadata = new PhotoMetadata { Icc = TestProfiles.Icc(), Exif = exif.ToByteArray() };
        using (FileStream file = File.Create(_folder["in.tif"]))
        {
            var format = new RowFormat(picture.Width, picture.Height, 3, bits) { Metadata = metadata.ToRowMetadata() };
            using var sink = new TiffRowSink(file, format, leaveOpen: true, mostClassicBytes: 0);
            sink.Write(picture, 0, picture.Height);
            sink.Complete();
        }

        using ImageTensor read = await _files.LoadAsync(_folder["in.tif"]);
        Assert.Equal(picture.Span.ToArray(), read.Span.ToArray());
        using Image image = Image.NewFromFile(_folder["in.tif"]);
        Assert.Equal(43, File.ReadAllBytes(_folder["in.tif"])[2]);
        Assert.Equal(TestProfiles.Icc(), image.Get("icc-profile-data"));
        Assert.Equal("the picture's description", image.Get("image-description"));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Restore_TiffWithDirectories_KeepsThem(bool bigEndian)
    {
        // The camera's directory says when. The file's byte order is that of its EXIF.
        byte[] exif = bigEndian
            ? [(byte)'M', (byte)'M', 0, 42, 0, 0, 0, 8, 0, 1, 0x87, 0x69, 0, 4, 0, 0, 0, 1, 0, 0, 0, 26, 0, 0, 0, 0,
                0, 1, 0x90, 0x03, 0, 2, 0, 0, 0, 20, 0, 0, 0, 44, 0, 0, 0, 0, .. _when]
            : [(byte)'I', (byte)'I', 42, 0, 8, 0, 0, 0, 1, 0, 0x69, 0x87, 4, 0, 1, 0, 0, 0, 26, 0, 0, 0, 0, 0, 0, 0,
                1, 0, 0x03, 0x90, 2, 0, 20, 0, 0, 0, 44, 0, 0, 0, 0, 0, 0, 0, .. _when];
        using ImageTensor picture = Picture(16);
        await WriteAsync(_folder["in.tif"], picture, new PhotoMetadata { Exif = exif });
        using var photos = new PhotoRestorer(new FakeRestorer(3, (value, _) => value), _files);
        await photos.RestoreAsync(_folder["in.tif"], _folder["out.tif"]);
        await photos.RestoreAsync(_folder["out.tif"], _folder["out.jpg"]);
        using (IRowSource rows = RowFile.Open(_folder["in.tif"], new NetVipsCodec()))
        {
            Assert.Contains(rows.Format.Metadata, chunk => chunk.Type == "eXIf" && chunk.Data.Span.IndexOf(_when) > 0);
        }

        using ImageTensor result = await _files.LoadAsync(_folder["out.tif"]);
        Assert.Equal(picture.Span.ToArray(), result.Span.ToArray());
        using var written = await SixLabors.ImageSharp.Image.LoadAsync(_folder["out.jpg"]);
        Assert.Equal("2024:05:06 07:08:09", written.Metadata.ExifProfile?.GetValue(ExifTag.DateTimeOriginal)?.Value);
    }

    /// <summary>Tags that libtiff does not know are no reason to refuse pixels; damaged pixels are.</summary>
    [Fact]
    public async Task Read_TiffWithUnknownTagsOrDamagedPixels_IsReadOrRefused()
    {
        byte[] tiff = new HandmadeTiff(2, 2, bits: 8, samples: 1).Tag(49769, 7).Write([1, 2, 3, 4]);
        using ImageTensor read = await _files.LoadAsync(_folder.Write("unknown.tif", tiff));
        Assert.Equal(4 / 255f, read.Span[3]);
        using ImageTensor picture = Picture(8);
        using Image image = ToVips(picture, 8);
        const string tiles = "compression=deflate,bigtiff,tile,tile-width=32,tile-height=32";
        foreach (string kind in new[] { "compression=lzw", "compression=deflate", tiles })
        {
            byte[] file = image.WriteToBuffer($".tif[{kind}]");
            file.AsSpan(file.Length / 3, 100).Clear();
            await Assert.ThrowsAsync<ImageFileException>(() => _files.LoadAsync(_folder.Write("damaged.tif", file)));
        }
    }

    /// <summary>Directories that lead in a circle or behind the file say nothing, and the picture is read.</summary>
    [Theory]
    [InlineData(8u)]
    [InlineData(4_000_000_000u)]
    public async Task Read_TiffWithDamagedDirectories_IsReadWithoutThem(uint offset)
    {
        byte[] tiff = new HandmadeTiff(2, 2, bits: 8, samples: 1).Tag(34665, offset).Tag(34853, offset).Write([1, 2, 3, 4]);

        using ImageTensor read = await _files.LoadAsync(_folder.Write("in.tif", tiff));

        Assert.Equal([1 / 255f, 2 / 255f, 3 / 255f, 4 / 255f], read.Span.ToArray());
    }

    /// <summary>Rows through tiles are the whole picture through tiles, also of a BigTIFF in tiles of its own.</summary>
    [Theory]
    [InlineData("in.tif", "out.tif")]
    [InlineData("in.tif", "out.png")]
    [InlineData("in.jpg", "out.tif")]
    public async Task RestoreFile_RowByRow_EqualsTheWholePicture(string input, string output)
    {
        using ImageTensor picture = TestPictures.Smooth(3, 150, 131);
        using (Image image = ToVips(picture, 8))
        {
            image.WriteToFile(_folder[input] + (input == "in.tif" ? "[bigtiff,tile,tile-width=32,tile-height=16]" : "[Q=90]"));
        }

        Network network = UNet.Create(new UNetOptions { Channels = [4, 8] });
        var info = new ModelInfo { Name = network.Name, Task = RestorationTask.Denoise };
        var model = new Model(network, NetworkWeights.Initialize(network, new SeededRandom(1)), info);
        using var managed = new ManagedRestorer(model);
        var options = new TilingOptions { TileSize = 72 };
        using var rows = new RowRestorer(managed, options, leaveOpen: true);
        await rows.RestoreFileAsync(_folder[input], _folder[output], codec: new NetVipsCodec());
        using var photos = new PhotoRestorer(new TiledRestorer(managed, options, leaveOpen: true), _files);
        await photos.RestoreAsync(_folder[input], _folder["whole.png"]);

        using ImageTensor expected = await _files.LoadAsync(_folder["whole.png"]), actual = await _files.LoadAsync(_folder[output]);
        TestPictures.AssertSame(expected, actual);
    }

    [Theory]
    [InlineData("tif")]
    [InlineData("jpg")]
    public async Task RestoreFile_TruncatedRowByRow_IsRefusedAndWritesNothing(string extension)
    {
        using ImageTensor picture = TestPictures.Random(1, 3, 150, 131);
        using Image image = ToVips(picture, 8);
        byte[] file = image.WriteToBuffer(extension == "tif" ? ".tif[bigtiff]" : ".jpg");
        string cut = _folder.Write("cut." + extension, file.AsSpan(0, file.Length / 2));
        using var rows = new RowRestorer(new FakeRestorer(3, (value, _) => value), new TilingOptions { TileSize = 64, Overlap = 0 });

        var exception = await Assert.ThrowsAsync<ImageFileException>(
            () => rows.RestoreFileAsync(cut, _folder["out.png"], codec: new NetVipsCodec()));

        Assert.Contains(cut, exception.Message, StringComparison.Ordinal);
        Assert.Equal(["cut." + extension], _folder.Files);
    }

    [Fact]
    public async Task Read_HeicWithoutADecoder_SaysWhatIsMissing()
    {
        string path = _folder.Write("in.heic", [0, 0, 0, 24, .. "ftypheic"u8, 0, 0, 0, 0, .. "mif1heic"u8, .. new byte[40]]);

        var exception = await Assert.ThrowsAsync<ImageFileException>(() => _files.LoadAsync(path));

        Assert.Contains("HEVC", exception.Message, StringComparison.Ordinal);
    }

    private static async Task WriteAsync(string path, ImageTensor picture, PhotoMetadata metadata)
    {
        var format = new RowFormat(picture.Width, picture.Height, 3, 16) { Metadata = metadata.ToRowMetadata() };
        await RowFile.WriteAsync(path, format, sink =>
        {
            sink.Write(picture, 0, picture.Height);
            return Task.CompletedTask;
        });
    }

    private static ImageTensor Picture(int bits) => TestPictures.Random(bits, 3, 45, 67, bits == 8 ? 255 : 65535);

    private static Image ToVips(ImageTensor picture, int bits)
    {
        byte[] samples = new byte[picture.Span.Length * bits / 8];
        for (int c = 0; c < 3; c++)
        {
            for (int i = 0; i < picture.Plane(0, c).Length; i++)
            {
                float value = picture.Plane(0, c)[i];
                int at = ((3 * i) + c) * bits / 8;
                switch (bits)
                {
                    case 8:
                        samples[at] = (byte)MathF.Round(value * 255);
                        break;
                    case 16:
                        BitConverter.TryWriteBytes(samples.AsSpan(at), (ushort)MathF.Round(value * 65535));
                        break;
                    default:
                        BitConverter.TryWriteBytes(samples.AsSpan(at), value);
                        break;
                }
            }
        }

        Enums.BandFormat format = bits switch { 8 => Enums.BandFormat.Uchar, 16 => Enums.BandFormat.Ushort, _ => Enums.BandFormat.Float };
        using Image image = Image.NewFromMemory(samples, picture.Width, picture.Height, 3, format);
        return image.Copy(interpretation: bits == 16 ? Enums.Interpretation.Rgb16 : Enums.Interpretation.Srgb);
    }
}
