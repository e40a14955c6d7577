using System.Buffers.Binary;
using System.IO.Compression;
using ImageRestoration.Data;

namespace ImageRestoration.Tests.Data;

public sealed class IdxSourceTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("idx-tests").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Load_PlainOrCompressed_ReadsPicturesAndClasses(bool compressed)
    {
        IdxSource source = IdxSource.Load(Images(compressed), Labels(compressed));

        Assert.Equal((2, 1, 8, (2, 3)), (source.Count, source.Channels, source.ClassCount, source.SizeOf(1)));
        Assert.Equal([0, 7], [source.LabelOf(0), source.LabelOf(1)]);
        Assert.EndsWith("images#1", source.NameOf(1), StringComparison.Ordinal);
        var values = new float[6];
        source.Read(1, 0, 0, 2, 3, values);
        Assert.Equal([6 / 255f, 7 / 255f, 8 / 255f, 9 / 255f, 10 / 255f, 1], values);
        source.Read(0, 1, 1, 1, 2, values);
        Assert.Equal([4 / 255f, 5 / 255f], values[..2]);
    }

    [Fact]
    public void Load_ASize_PutsPicturesInTheMiddle()
    {
        IdxSource source = IdxSource.Load(Images(false), Labels(false), size: 5);

        var values = new float[25];
        source.Read(1, 0, 0, 5, 5, values);

        Assert.Equal((5, 5), source.SizeOf(0));
        Assert.Equal([0, 0, 0, 0, 0, 0, 6, 7, 8, 0, 0, 9, 10, 255, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0], values.Select(v => (int)MathF.Round(v * 255)));
        Assert.Throws<ArgumentOutOfRangeException>("size", () => IdxSource.Load(Images(false), Labels(false), size: 2));
    }

    [Fact]
    public void Load_DamagedFiles_SaysWhich()
    {
        string images = Images(false), labels = Labels(false), compressed = Images(true), other = Write("other", 0x801, [3], [1, 2, 3], compressed: false);

        Assert.Contains("is no IDX file of pictures", Message(labels, labels), StringComparison.Ordinal);
        Assert.Contains("is no IDX file of classes", Message(images, images), StringComparison.Ordinal);
        Assert.Contains("2 pictures and", Message(images, other), StringComparison.Ordinal);
        File.WriteAllBytes(compressed, File.ReadAllBytes(compressed)[..20]); // The last bytes are a checksum, and the first 10 a header.
        Assert.Contains("cut off", Message(compressed, labels), StringComparison.Ordinal);
        File.WriteAllBytes(images, File.ReadAllBytes(images)[..^1]);
        Assert.Contains("ends after 11 of 12 bytes", Message(images, labels), StringComparison.Ordinal);
        Assert.Contains("is no IDX file", Message(Write("huge", 0x803, [int.MaxValue, int.MaxValue, int.MaxValue], [], compressed: false), labels), StringComparison.Ordinal);
        Assert.Contains("cut off", Message(Write("promising", 0x803, [20_000, 256, 256], [1], compressed: false), labels), StringComparison.Ordinal);
        File.WriteAllText(images, "a");
        Assert.Contains("cut off", Message(images, labels), StringComparison.Ordinal);
        Assert.Throws<FileNotFoundException>(() => IdxSource.Load(Path.Combine(_folder, "none"), labels));

        static string Message(string images, string labels) => Assert.Throws<TrainingException>(() => IdxSource.Load(images, labels)).Message;
    }

    [Theory]
    [InlineData(0, 0, 3, 1)]
    [InlineData(1, 0, 2, 1)]
    [InlineData(0, -1, 1, 1)]
    [InlineData(0, 1, 1, 3)]
    public void Read_BeyondThePicture_Throws(int top, int left, int height, int width)
        => Assert.Throws<ArgumentOutOfRangeException>(() => IdxSource.Load(Images(false), Labels(false)).Read(0, top, left, height, width, new float[9]));

    private string Images(bool compressed) => Write(compressed ? "compressed-images" : "images", 0x803, [2, 2, 3], [0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 255], compressed);

    private string Labels(bool compressed) => Write(compressed ? "compressed-labels" : "labels", 0x801, [2], [0, 7], compressed);

    private string Write(string name, int magic, int[] extents, byte[] values, bool compressed)
    {
        string path = Path.Combine(_folder, name);
        using FileStream file = File.Create(path);
        using Stream stream = compressed ? new GZipStream(file, CompressionLevel.Fastest) : file;
        Span<byte> number = stackalloc byte[sizeof(int)];
        foreach (int value in (int[])[magic, .. extents])
        {
            BinaryPrimitives.WriteInt32BigEndian(number, value);
            stream.Write(number);
        }

        stream.Write(values);
        return path;
    }
}
