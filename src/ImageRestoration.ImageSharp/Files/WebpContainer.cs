using System.Buffers.Binary;
using SixLabors.ImageSharp;

namespace ImageRestoration.ImageSharp;

/// <summary>
/// Makes WebP files of the chunks of others: with profiles, which ImageSharp 2 leaves out or gives a wrong length, or of the first frame
/// of an animation, which it does not read. Reference: WebP container specification.
/// </summary>
internal static class WebpContainer
{
    /// <summary>Most columns and rows of a WebP: their number less one has 14 bits in its pixel data.</summary>
    internal const int MostPixels = 16383;

    private const int HeaderLength = 12;
    private const int ChunkOverhead = 8;
    private const int FrameHeaderLength = 16;
    private const byte HasIcc = 0x20;
    private const byte HasAlpha = 0x10;
    private const byte HasExif = 0x08;
    private const byte HasXmp = 0x04;

    /// <summary>Puts profiles into a still picture that has none.</summary>
    /// <param name="still">A WebP file without profiles.</param>
    /// <param name="facts">What the file says of itself.</param>
    /// <param name="icc">ICC profile; empty without one.</param>
    /// <param name="exif">EXIF profile; empty without one.</param>
    /// <param name="xmp">XMP; empty without one.</param>
    internal static byte[] WithProfiles(
        ReadOnlySpan<byte> still, FileFacts facts, ReadOnlySpan<byte> icc, ReadOnlySpan<byte> exif, ReadOnlySpan<byte> xmp)
        => Create(PixelsOf(still[HeaderLength..]), (int)facts.Width, (int)facts.Height, facts.HasAlpha, icc, exif, xmp);

    /// <summary>Makes a still picture of the first frame of an animation, with EXIF and XMP of the whole.</summary>
    /// <param name="file">An animated WebP file that its inspector found whole.</param>
    /// <param name="area">Where on the canvas the frame stands.</param>
    /// <returns>The file, or <see langword="null"/> if there is no frame, or none that could be.</returns>
    internal static byte[]? FirstFrame(ReadOnlySpan<byte> file, out Rectangle area)
    {
        area = default;
        ReadOnlySpan<byte> frame = Find(file[HeaderLength..], "ANMF"u8);
        if (frame.Length < FrameHeaderLength)
        {
            return null;
        }

        // Offsets are stored as half of what they are, sizes less one.
        area = new Rectangle(2 * UInt24(frame), 2 * UInt24(frame[3..]), 1 + UInt24(frame[6..]), 1 + UInt24(frame[9..]));
        byte[] pixels = PixelsOf(frame[FrameHeaderLength..]);
        ReadOnlySpan<byte> exif = Find(file[HeaderLength..], "EXIF"u8);
        ReadOnlySpan<byte> xmp = Find(file[HeaderLength..], "XMP "u8);
        byte[] still = Create(pixels, area.Width, area.Height, hasAlpha: pixels.AsSpan().StartsWith("ALPH"u8), default, exif, xmp);
        bool fits = WebpInspector.FindFault(still, out FileFacts facts) is null && (facts.Width, facts.Height) == (area.Width, area.Height);
        return fits ? still : null;
    }

    private static byte[] Create(
        byte[] pixels, int width, int height, bool hasAlpha, ReadOnlySpan<byte> icc, ReadOnlySpan<byte> exif, ReadOnlySpan<byte> xmp)
    {
        using MemoryStream file = new();
        file.Write("RIFF\0\0\0\0WEBP"u8);
        if (!icc.IsEmpty || !exif.IsEmpty || !xmp.IsEmpty || pixels.AsSpan().StartsWith("ALPH"u8))
        {
            byte flags = (byte)((icc.IsEmpty ? 0 : HasIcc) | (hasAlpha ? HasAlpha : 0)
                | (exif.IsEmpty ? 0 : HasExif) | (xmp.IsEmpty ? 0 : HasXmp));
            Span<byte> header = [flags, 0, 0, 0, 0, 0, 0, 0, 0, 0];
            BinaryPrimitives.WriteUInt32LittleEndian(header[4..], (uint)(width - 1));
            BinaryPrimitives.WriteUInt16LittleEndian(header[7..], (ushort)(height - 1));
            header[9] = (byte)((height - 1) >> 16);
            Write(file, "VP8X"u8, header);
        }

        Write(file, "ICCP"u8, icc);
        file.Write(pixels);
        Write(file, "EXIF"u8, exif);
        Write(file, "XMP "u8, xmp);
        byte[] bytes = file.ToArray();
        BinaryPrimitives.WriteUInt32LittleEndian(bytes.AsSpan(4), (uint)(bytes.Length - ChunkOverhead));
        return bytes;
    }

    /// <summary>The chunks of the pixels, alpha before colours.</summary>
    private static byte[] PixelsOf(ReadOnlySpan<byte> chunks)
    {
        using MemoryStream pixels = new();
        Write(pixels, "ALPH"u8, Find(chunks, "ALPH"u8));
        Write(pixels, "VP8 "u8, Find(chunks, "VP8 "u8));
        Write(pixels, "VP8L"u8, Find(chunks, "VP8L"u8));
        return pixels.ToArray();
    }

    private static void Write(MemoryStream file, ReadOnlySpan<byte> type, ReadOnlySpan<byte> content)
    {
        if (!content.IsEmpty)
        {
            Span<byte> length = stackalloc byte[4];
            BinaryPrimitives.WriteInt32LittleEndian(length, content.Length);
            file.Write(type);
            file.Write(length);
            file.Write(content);
            if (content.Length % 2 != 0)
            {
                file.WriteByte(0);
            }
        }
    }

    /// <summary>The contents of the first chunk of a type; empty without one.</summary>
    private static ReadOnlySpan<byte> Find(ReadOnlySpan<byte> chunks, ReadOnlySpan<byte> type)
    {
        while (chunks.Length >= ChunkOverhead)
        {
            uint length = BinaryPrimitives.ReadUInt32LittleEndian(chunks[4..]);
            if (length > chunks.Length - ChunkOverhead)
            {
                break;
            }

            if (chunks.StartsWith(type))
            {
                return chunks.Slice(ChunkOverhead, (int)length);
            }

            chunks = chunks[(int)Math.Min(chunks.Length, ChunkOverhead + (long)length + (length & 1))..];
        }

        return [];
    }

    private static int UInt24(ReadOnlySpan<byte> data) => data[0] | (data[1] << 8) | (data[2] << 16);
}
