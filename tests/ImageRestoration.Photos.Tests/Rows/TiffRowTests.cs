using System.Buffers.Binary;
using System.IO.Compression;
using ImageRestoration.Imaging;
using ImageRestoration.Photos;
using ImageRestoration.Tiling;

namespace ImageRestoration.Tests.Rows;

public sealed class TiffRowTests
{
    /// <summary>EXIF of a big-endian camera: one entry, the orientation.</summary>
    private static readonly byte[] _bigEndianExif
        = [(byte)'M', (byte)'M', 0, 42, 0, 0, 0, 8, 0, 1, 0x01, 0x12, 0, 3, 0, 0, 0, 1, 0, 6, 0, 0, 0, 0, 0, 0];

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Write_ExifOfEitherByteOrder_IsWhatTheFileStartsWithAndHas(bool big)
    {
        byte[] exif = big ? _bigEndianExif : ExifBlock.Create(6);
        byte[] file = Write(new PhotoMetadata { Exif = exif }, out ImageTensor image);
        using (image)
        {
            Assert.Equal(exif[..4], file[..4]);
            Assert.Equal(6u, Number(file, big, 274));
            Assert.Equal((uint)image.Width, Number(file, big, 256));
            Assert.Equal(SamplesOf(image), Unpack(file, big));
        }
    }

    [Fact]
    public void Create_StreamThatCannotSeek_IsRefused()
    {
        using var stream = new DeflateStream(new MemoryStream(), CompressionMode.Compress);
        Assert.Throws<ArgumentException>("stream", () => RowFile.CreateTiff(stream, new RowFormat(1, 1, 1, 8)));
    }

    private static byte[] Write(PhotoMetadata metadata, out ImageTensor image)
    {
        image = RowPictures.Create(1, 7, 9, 16, seed: 1);
        using var stream = new MemoryStream();
        using (
            IRowSink sink = RowFile.CreateTiff(stream, new RowFormat(9, 7, 1, 16) { Metadata = metadata.ToRowMetadata() }, leaveOpen: true))
        {
            RowPictures.Write(sink, image);
        }

        return stream.ToArray();
    }

    private static ushort[] SamplesOf(ImageTensor image) => [.. image.Span.ToArray().Select(value => (ushort)MathF.Round(value * 65535))];

    /// <summary>The samples of the only strip.</summary>
    private static ushort[] Unpack(byte[] file, bool big)
    {
        using var inflated = new ZLibStream(
            new MemoryStream(file, (int)Number(file, big, 273), (int)Number(file, big, 279)), CompressionMode.Decompress);
        var samples = new ushort[7 * 9];
        byte[] two = new byte[2];
        for (int i = 0; i < samples.Length; i++)
        {
            inflated.ReadExactly(two);
            ushort difference = big ? BinaryPrimitives.ReadUInt16BigEndian(two) : BinaryPrimitives.ReadUInt16LittleEndian(two);
            samples[i] = (ushort)(difference + (i % 9 == 0 ? 0 : samples[i - 1]));
        }

        return samples;
    }

    private static uint Number(byte[] file, bool big, ushort tag)
    {
        uint UInt32(int at)
            => big ? BinaryPrimitives.ReadUInt32BigEndian(file.AsSpan(at)) : BinaryPrimitives.ReadUInt32LittleEndian(file.AsSpan(at));
        ushort UInt16(int at)
            => big ? BinaryPrimitives.ReadUInt16BigEndian(file.AsSpan(at)) : BinaryPrimitives.ReadUInt16LittleEndian(file.AsSpan(at));
        int directory = (int)UInt32(4);
        for (int entry = directory + 2; entry < directory + 2 + (12 * UInt16(directory)); entry += 12)
        {
            if (UInt16(entry) == tag)
            {
                return UInt16(entry + 2) == 3 ? UInt16(entry + 8) : UInt32(entry + 8);
            }
        }

        throw new InvalidDataException($"There is no tag {tag}.");
    }
}
