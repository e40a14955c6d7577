using System.Buffers.Binary;
using System.IO.Compression;
using System.Text;
using SixLabors.ImageSharp.Formats.Png.Chunks;

namespace SixLabors.ImageSharp.Formats.Png;

/// <summary>The container around the pixel data: chunk framing, checksums and texts.</summary>
internal static class PngChunks
{
    public const uint Header = 0x49484452;
    public const uint Palette = 0x504C5445;
    public const uint Data = 0x49444154;
    public const uint End = 0x49454E44;
    public const uint Transparency = 0x74524E53;
    public const uint Physical = 0x70485973;
    public const uint Gamma = 0x67414D41;
    public const uint ColorProfile = 0x69434350;
    public const uint Exif = 0x65584966;
    public const uint Text = 0x74455874;
    public const uint CompressedText = 0x7A545874;
    public const uint InternationalText = 0x69545874;
    public const uint ProprietaryApple = 0x43674249;

    // What a compressed text or colour profile may grow to.
    private const int MaximumUncompressedBytes = 8 << 20;
    private static readonly uint[] Table = CreateTable();

    public static ReadOnlySpan<byte> Signature => [0x89, (byte)'P', (byte)'N', (byte)'G', 0x0D, 0x0A, 0x1A, 0x0A];

    public static ReadOnlySpan<byte> XmpKeyword => "XML:com.adobe.xmp"u8;

    public static uint Crc(ReadOnlySpan<byte> typeAndData)
    {
        uint crc = uint.MaxValue;
        foreach (byte value in typeAndData)
        {
            crc = Table[(crc ^ value) & 0xFF] ^ (crc >> 8);
        }

        return ~crc;
    }

    public static void Write(Stream target, uint type, ReadOnlySpan<byte> data)
    {
        byte[] chunk = new byte[data.Length + 12];
        BinaryPrimitives.WriteInt32BigEndian(chunk, data.Length);
        BinaryPrimitives.WriteUInt32BigEndian(chunk.AsSpan(4), type);
        data.CopyTo(chunk.AsSpan(8));
        BinaryPrimitives.WriteUInt32BigEndian(chunk.AsSpan(8 + data.Length), Crc(chunk.AsSpan(4, data.Length + 4)));
        target.Write(chunk);
    }

    /// <summary>Writes a chunk whose checksum nobody looks at, without computing one.</summary>
    public static void WriteUnchecked(Stream target, uint type, ReadOnlySpan<byte> data)
    {
        Span<byte> frame = stackalloc byte[8];
        BinaryPrimitives.WriteInt32BigEndian(frame, data.Length);
        BinaryPrimitives.WriteUInt32BigEndian(frame[4..], type);
        target.Write(frame);
        target.Write(data);
        target.Write(stackalloc byte[4]);
    }

    public static byte[] Compress(ReadOnlySpan<byte> data)
    {
        using MemoryStream target = new();
        using (ZLibStream zlib = new(target, CompressionLevel.Optimal, leaveOpen: true))
        {
            zlib.Write(data);
        }

        return target.ToArray();
    }

    public static byte[]? TryDecompress(ReadOnlySpan<byte> data)
    {
        using MemoryStream source = new(data.ToArray());
        using ZLibStream zlib = new(source, CompressionMode.Decompress);
        using MemoryStream target = new();
        byte[] block = new byte[8192];
        try
        {
            for (int count = zlib.Read(block); count > 0; count = zlib.Read(block))
            {
                target.Write(block, 0, count);
                if (target.Length > MaximumUncompressedBytes)
                {
                    return null;
                }
            }
        }
        catch (InvalidDataException)
        {
            return null;
        }

        return target.Length == 0 ? null : target.ToArray();
    }

    /// <summary>Splits "keyword 0 rest"; the keyword follows the restrictions of the specification.</summary>
    public static bool TrySplitKeyword(ReadOnlySpan<byte> data, out string keyword, out ReadOnlySpan<byte> rest)
    {
        keyword = string.Empty;
        rest = default;
        int end = data.IndexOf((byte)0);
        if (end is < 1 or > 79)
        {
            return false;
        }

        foreach (byte value in data[..end])
        {
            if (value is not ((>= 32 and <= 126) or >= 161))
            {
                return false;
            }
        }

        keyword = Encoding.Latin1.GetString(data[..end]);
        rest = data[(end + 1)..];
        return keyword[0] != ' ' && keyword[^1] != ' ';
    }

    public static void ReadText(IList<PngTextData> texts, uint type, ReadOnlySpan<byte> data, out byte[]? xmp)
    {
        xmp = null;
        if (!TrySplitKeyword(data, out string keyword, out ReadOnlySpan<byte> rest))
        {
            return;
        }

        if (type == Text)
        {
            texts.Add(new PngTextData(keyword, Encoding.Latin1.GetString(rest), string.Empty, string.Empty));
        }
        else if (type == CompressedText)
        {
            if (rest.Length > 1 && rest[0] == 0 && TryDecompress(rest[1..]) is byte[] text)
            {
                texts.Add(new PngTextData(keyword, Encoding.Latin1.GetString(text), string.Empty, string.Empty));
            }
        }
        else if (rest.Length >= 4 && rest[0] <= 1 && rest[1] == 0)
        {
            bool compressed = rest[0] == 1;
            rest = rest[2..];
            int languageEnd = rest.IndexOf((byte)0);
            int translatedEnd = languageEnd < 0 ? -1 : rest[(languageEnd + 1)..].IndexOf((byte)0);
            if (translatedEnd < 0)
            {
                return;
            }

            string language = Encoding.Latin1.GetString(rest[..languageEnd]);
            string translated = Encoding.UTF8.GetString(rest.Slice(languageEnd + 1, translatedEnd));
            rest = rest[(languageEnd + translatedEnd + 2)..];
            if (compressed)
            {
                if (TryDecompress(rest) is byte[] text)
                {
                    texts.Add(new PngTextData(keyword, Encoding.UTF8.GetString(text), language, translated));
                }
            }
            else if (data.StartsWith(XmpKeyword) && keyword.Length == XmpKeyword.Length)
            {
                xmp = rest.ToArray();
            }
            else
            {
                texts.Add(new PngTextData(keyword, Encoding.UTF8.GetString(rest), language, translated));
            }
        }
    }

    private static uint[] CreateTable()
    {
        uint[] table = new uint[256];
        for (uint i = 0; i < table.Length; i++)
        {
            uint value = i;
            for (int bit = 0; bit < 8; bit++)
            {
                value = (value & 1) != 0 ? 0xEDB88320 ^ (value >> 1) : value >> 1;
            }

            table[i] = value;
        }

        return table;
    }
}
