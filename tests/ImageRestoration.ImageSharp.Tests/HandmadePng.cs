using System.Buffers.Binary;
using System.IO.Compression;
using System.Text;

namespace ImageRestoration.Tests;

/// <summary>Writes PNG files of kinds that ordinary encoders do not write, damaged ones among them.</summary>
internal sealed class HandmadePng
{
    public const byte Grey = 0;
    public const byte Rgb = 2;
    public const byte Palette = 3;
    public const byte Rgba = 6;

    private readonly MemoryStream _stream = new();

    public HandmadePng(int width, int height, byte depth, byte colorType, bool interlaced = false)
    {
        _stream.Write([0x89, (byte)'P', (byte)'N', (byte)'G', 13, 10, 26, 10]);
        byte[] header = new byte[13];
        BinaryPrimitives.WriteInt32BigEndian(header, width);
        BinaryPrimitives.WriteInt32BigEndian(header.AsSpan(4), height);
        (header[8], header[9], header[12]) = (depth, colorType, interlaced ? (byte)1 : (byte)0);
        Chunk("IHDR", header);
    }

    public HandmadePng Chunk(string type, ReadOnlySpan<byte> content)
    {
        byte[] chunk = new byte[content.Length + 12];
        BinaryPrimitives.WriteInt32BigEndian(chunk, content.Length);
        Encoding.ASCII.GetBytes(type, chunk.AsSpan(4));
        content.CopyTo(chunk.AsSpan(8));
        BinaryPrimitives.WriteUInt32BigEndian(chunk.AsSpan(chunk.Length - 4), Crc(chunk.AsSpan(4, content.Length + 4)));
        _stream.Write(chunk);
        return this;
    }

    /// <summary>Pixel data: each row with its filter byte in front.</summary>
    public HandmadePng Pixels(ReadOnlySpan<byte> rows) => Chunk("IDAT", Deflate(rows));

    public byte[] End() => Chunk("IEND", default)._stream.ToArray();

    public static byte[] Deflate(ReadOnlySpan<byte> rows)
    {
        using var compressed = new MemoryStream();
        using (var zlib = new ZLibStream(compressed, CompressionLevel.Fastest, leaveOpen: true))
        {
            zlib.Write(rows);
        }

        return compressed.ToArray();
    }

    private static uint Crc(ReadOnlySpan<byte> bytes)
    {
        uint crc = uint.MaxValue;
        foreach (byte value in bytes)
        {
            crc ^= value;
            for (int bit = 0; bit < 8; bit++)
            {
                crc = (crc >> 1) ^ ((crc & 1) * 0xEDB88320u);
            }
        }

        return ~crc;
    }
}
