using System.Collections.Immutable;
using System.Reflection;
using System.Text;
using ImageRestoration.ImageSharp;
using ImageRestoration.Imaging;
using ImageRestoration.NetVips;
using ImageRestoration.Photos;
using ImageRestoration.Tiling;
using SixLabors.ImageSharp.Metadata.Profiles.Exif;

namespace ImageRestoration.Tests;

/// <summary>The table of docs/files.md: what it says is what codecs say of themselves, and what they do.</summary>
public sealed class CodecTableTests : IDisposable
{
    // Mean difference that the best quality of lossy formats leaves, in [0, 1].
    private const double MeanOfLossy = 0.01;

    private static readonly byte[] _xmp = Encoding.UTF8.GetBytes(
        "<x:xmpmeta xmlns:x='adobe:ns:meta/'><rdf:RDF xmlns:rdf='http://www.w3.org/1999/02/22-rdf-syntax-ns#'/></x:xmpmeta>");

    private static readonly ImmutableArray<Row> _rows = ReadTable();

    private readonly TemporaryFolder _folder = new();

    public static TheoryData<string, string> Rows
    {
        get
        {
            TheoryData<string, string> data = [];
            foreach (Row row in _rows)
            {
                data.Add(row.Format.ToString(), row.Codec);
            }

            return data;
        }
    }

    /// <summary>Format, codec, bits, channels (2 and 4 with alpha).</summary>
    public static TheoryData<string, string, int, int> Pictures
    {
        get
        {
            TheoryData<string, string, int, int> data = [];
            foreach (Row row in _rows)
            {
                foreach (int bits in row.Read.Union(row.Written))
                {
                    foreach (int channels in row.Alpha ? new[] { 1, 2, 3, 4 } : [1, 3])
                    {
                        data.Add(row.Format.ToString(), row.Codec, bits, channels);
                    }
                }
            }

            return data;
        }
    }

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Table_OfCodecs_HasEveryFormatButTheOneWithoutADecoder()
    {
        IEnumerable<(PhotoFormat, string)> declared = new[] { "ImageSharp", "NetVips" }
            .SelectMany(name => Codec(name).Formats, (name, format) => (format.Format, name))
            .Where(pair => pair.Format != PhotoFormat.Heic);
        Assert.Equal(declared.Order(), _rows.Where(row => row.Codec != "Photos").Select(row => (row.Format, row.Codec)).Order());
    }

    [Theory]
    [MemberData(nameof(Rows))]
    public void Row_OfACodec_IsWhatTheCodecSays(string format, string codec)
    {
        Row row = Find(format, codec);
        if (codec == "Photos")
        {
            // Its own codec is internal: what it declares shows in the extensions.
            Assert.Equal(
                row.Written.Length > 0, new PhotoFiles().WriteExtensions.Any(
                    extension => PhotoFormats.FromExtension(extension) == row.Format));
            Assert.Equal(
                row.Read.Length > 0, new PhotoFiles().ReadExtensions.Any(extension => PhotoFormats.FromExtension(extension) == row.Format));
            return;
        }

        PhotoCodecFormat said = Codec(codec).Formats.Single(known => known.Format == row.Format);
        Assert.Equal(row.Read.AsEnumerable(), said.ReadBits);
        Assert.Equal(row.Written.AsEnumerable(), said.WriteBits);
        Assert.Equal(
            (row.Alpha, row.Grey, row.Icc, row.Exif, row.Xmp, row.RowsRead, row.RowsWritten),
            (said.Alpha, said.Grey, said.Icc, said.Exif, said.Xmp, said.ReadsRows, said.WritesRows));
    }

    [Theory]
    [MemberData(nameof(Pictures))]
    public async Task Row_OfAPicture_IsWhatHappens(string format, string codec, int bits, int channels)
    {
        Row row = Find(format, codec);
        bool grey = channels < 3 && row.Grey && !(row.Format == PhotoFormat.Tiff && channels == 2);
        string source = await WriteSourceAsync(bits, channels, IccOf(grey));
        string file = _folder["file" + ExtensionOf(row.Format)];
        string result = _folder["result.png"];
        bool reads = row.Read.Contains(bits), writes = row.Written.Contains(bits);

        // What a codec does not write, Photos does; what Photos does not read, a codec does. EXIF says how to turn any picture but an AVIF.
        string reader = reads ? codec : bits == 32 ? "NetVips" : "ImageSharp";
        await RestoreAsync(writes ? codec : "Photos", source, file, bits, turn: row.Format == PhotoFormat.Avif);
        await RestoreAsync(reader, file, result, bits: 16, turn: true);

        using ImageTensor before = ReadAll(source), after = ReadAll(result);
        Assert.Equal((grey ? 1 : 3) + (channels % 2 == 0 ? 1 : 0), after.Channels);
        AssertTurned(before, after, row.Format, bits);
        byte[] stored = await File.ReadAllBytesAsync(file), restored = await File.ReadAllBytesAsync(result);
        Assert.Equal(row.Icc, TestProfiles.IccOf(result) is { } icc && icc.AsSpan().SequenceEqual(IccOf(grey)));
        Assert.True(!writes || row.Exif == stored.AsSpan().IndexOf("somebody"u8) > 0);
        Assert.True(!reads || row.Exif == restored.AsSpan().IndexOf("somebody"u8) > 0);
        Assert.True(!writes || row.Xmp == stored.AsSpan().IndexOf(_xmp) > 0);
        Assert.True(!reads || row.Xmp == restored.AsSpan().IndexOf(_xmp) > 0);
    }

    [Theory]
    [MemberData(nameof(Rows))]
    public async Task Rows_OfAFile_AreReadAndWrittenWhereTheTableSays(string format, string codec)
    {
        Row row = Find(format, codec);
        string file = _folder["file" + ExtensionOf(row.Format)];
        await RestoreAsync("NetVips", await WriteSourceAsync(8, 3, IccOf(grey: false)), file, bits: 8, turn: true);

        if (row.RowsRead)
        {
            using IRowSource source = codec == "Photos" ? RowFile.Open(file) : RowFile.Open(file, Codec(codec));
            using ImageTensor rows = ReadAll(source), whole = await new PhotoFiles(new NetVipsCodec()).LoadAsync(file);
            Assert.Equal(whole.Span.ToArray(), rows.Span.ToArray());
        }
        else
        {
            Assert.Throws<ImageFileException>(() => codec == "Photos" ? RowFile.Open(file) : RowFile.Open(file, Codec(codec)));
        }

        Assert.Equal(row.RowsWritten, codec == "Photos" && RowFile.Extensions.Contains(ExtensionOf(row.Format)));
    }

    /// <summary>A PNG with a colour profile, EXIF that says that it lies on its side, and XMP.</summary>
    private async Task<string> WriteSourceAsync(int bits, int channels, byte[] icc)
    {
        var exif = new ExifProfile();
        exif.SetValue(ExifTag.Artist, "somebody");
        exif.SetValue(ExifTag.Orientation, (ushort)6);
        var metadata = new PhotoMetadata { Icc = icc, Exif = exif.ToByteArray(), Xmp = _xmp };
        using ImageTensor picture = TestPictures.Smooth(channels, 32, 48);
        string path = _folder["source.png"];
        var format = new RowFormat(picture.Width, picture.Height, channels, Math.Min(bits, 16)) { Metadata = metadata.ToRowMetadata() };
        await RowFile.WriteAsync(path, format, sink =>
        {
            sink.Write(picture, 0, picture.Height);
            return Task.CompletedTask;
        });
        return path;
    }

    /// <summary>A profile for pictures of one or three channels: libvips leaves out those that do not fit the channels.</summary>
    private static byte[] IccOf(bool grey)
    {
        byte[] icc = TestProfiles.Icc();
        (grey ? "GRAY"u8 : "RGB "u8).CopyTo(icc.AsSpan(16));
        return icc;
    }

    private static async Task RestoreAsync(string codec, string input, string output, int bits, bool turn)
    {
        using var photos = new PhotoRestorer(
            new FakeRestorer(3, (value, _) => value), codec == "Photos" ? new PhotoFiles() : new PhotoFiles(Codec(codec)))
        {
            LoadOptions = new ImageLoadOptions { ApplyOrientation = turn },
            SaveOptions = new ImageSaveOptions { BitsPerChannel = bits, JpegQuality = 100, HeifQuality = 95 },
        };
        await photos.RestoreAsync(input, output);
    }

    /// <summary>Orientation 6: the first column from below is the first row.</summary>
    private static void AssertTurned(ImageTensor before, ImageTensor after, PhotoFormat format, int bits)
    {
        Assert.Equal((before.Width, before.Height), (after.Height, after.Width));

        // WebP has 8 bits, whatever the source; lossy formats are compared by their mean.
        bool lossy = format is PhotoFormat.Jpeg or PhotoFormat.Avif;
        double tolerance = lossy ? MeanOfLossy : bits == 8 || format == PhotoFormat.Webp ? 1e-6 : 1.01 / 65535;
        bool alpha = after.Channels % 2 == 0;
        for (int c = 0; c < after.Channels; c++)
        {
            int from = alpha && c == after.Channels - 1 ? before.Channels - 1 : before.Channels < 3 ? 0 : c;
            double sum = 0, most = 0;
            for (int y = 0; y < after.Height; y++)
            {
                for (int x = 0; x < after.Width; x++)
                {
                    double difference = Math.Abs(after.Row(0, c, y)[x] - before.Row(0, from, before.Height - 1 - x)[y]);
                    sum += difference;
                    most = Math.Max(most, difference);
                }
            }

            Assert.InRange(lossy ? sum / (after.Width * after.Height) : most, 0, tolerance);
        }
    }

    private static ImageTensor ReadAll(string path)
    {
        using IRowSource source = RowFile.Open(path);
        return ReadAll(source);
    }

    private static ImageTensor ReadAll(IRowSource source)
    {
        RowFormat format = source.Format;
        ImageTensor picture = ImageTensor.CreateUninitialized(ImageShape.Single(format.Channels, format.Height, format.Width));
        source.Read(picture, 0, format.Height);
        return picture;
    }

    private static IPhotoCodec Codec(string name) => name == "NetVips" ? new NetVipsCodec() : new ImageSharpCodec();

    private static Row Find(string format, string codec) => _rows.Single(row => row.Format.ToString() == format && row.Codec == codec);

    private static string ExtensionOf(PhotoFormat format)
        => PhotoFormats.Extensions.First(extension => PhotoFormats.FromExtension(extension) == format);

    private static ImmutableArray<Row> ReadTable()
    {
        string root = typeof(CodecTableTests).Assembly
            .GetCustomAttributes<AssemblyMetadataAttribute>().Single(a => a.Key == "RepositoryRoot").Value!;
        return [.. File.ReadAllLines(Path.Combine(root, "docs", "files.md"))
            .Where(line => line.StartsWith("| ", StringComparison.Ordinal))
            .Select(line => line.Trim('|').Split('|', StringSplitOptions.TrimEntries))
            .Skip(2)
            .Select(cells => new Row(
                Enum.Parse<PhotoFormat>(cells[0], ignoreCase: true), cells[1], Bits(cells[2]), Bits(cells[3]),
                Yes(cells[4]), Yes(cells[5]), Yes(cells[6]), Yes(cells[7]), Yes(cells[8]), Yes(cells[9]), Yes(cells[10])))];

        static ImmutableArray<int> Bits(string cell) => cell == "–" ? [] : [.. cell.Split(", ").Select(int.Parse)];

        static bool Yes(string cell) => cell switch
        {
            "yes" => true,
            "–" => false,
            _ => throw new FormatException($"'{cell}' is neither yes nor –."),
        };
    }

    private sealed record Row(
        PhotoFormat Format,
        string Codec,
        ImmutableArray<int> Read,
        ImmutableArray<int> Written,
        bool Alpha,
        bool Grey,
        bool Icc,
        bool Exif,
        bool Xmp,
        bool RowsRead,
        bool RowsWritten);
}
