using System.Buffers.Binary;
using SixLabors.ImageSharp.Metadata;
using SixLabors.ImageSharp.Metadata.Profiles.Exif;
using SixLabors.ImageSharp.Metadata.Profiles.Icc;
using SixLabors.ImageSharp.Metadata.Profiles.Xmp;

namespace SixLabors.ImageSharp.Formats.Webp;

/// <summary>Walks the RIFF chunks of a file for its size and metadata.</summary>
internal sealed class WebpFile
{
    public const int RiffHeader = 12;

    public WebpFile(byte[] data, bool skipMetadata)
    {
        WebpMetadata webp = this.Metadata.GetFormatMetadata(WebpFormat.Instance);
        int position = RiffHeader;
        while (data.Length - position >= 8)
        {
            ReadOnlySpan<byte> type = data.AsSpan(position, 4);
            uint length = BinaryPrimitives.ReadUInt32LittleEndian(data.AsSpan(position + 4));
            ReadOnlySpan<byte> content = data.AsSpan(position + 8, (int)Math.Min(length, data.Length - position - 8));
            if (type.SequenceEqual("VP8X"u8) && content.Length >= 10)
            {
                this.Size = new Size(1 + UInt24(content[4..]), 1 + UInt24(content[7..]));
            }
            else if (type.SequenceEqual("VP8L"u8) && content.Length >= 5)
            {
                uint bits = BinaryPrimitives.ReadUInt32LittleEndian(content[1..]);
                this.SizeUnlessKnown((int)(bits & 0x3FFF) + 1, (int)((bits >> 14) & 0x3FFF) + 1);
                webp.FileFormat = WebpFileFormatType.Lossless;
            }
            else if (type.SequenceEqual("VP8 "u8) && content.Length >= 10)
            {
                this.SizeUnlessKnown(
                    BinaryPrimitives.ReadUInt16LittleEndian(content[6..]) & 0x3FFF,
                    BinaryPrimitives.ReadUInt16LittleEndian(content[8..]) & 0x3FFF);
                webp.FileFormat = WebpFileFormatType.Lossy;
            }
            else if (!skipMetadata && type.SequenceEqual("EXIF"u8))
            {
                this.Metadata.ExifProfile = new ExifProfile(content.ToArray());
            }
            else if (!skipMetadata && type.SequenceEqual("XMP "u8))
            {
                this.Metadata.XmpProfile = new XmpProfile(content.ToArray());
            }
            else if (!skipMetadata && type.SequenceEqual("ICCP"u8) && new IccProfile(content.ToArray()) is var icc && icc.CheckIsValid())
            {
                this.Metadata.IccProfile = icc;
            }

            position = (int)Math.Min(int.MaxValue, position + 8L + length + (length & 1));
        }

        if (this.Size.Width <= 0 || this.Size.Height <= 0)
        {
            throw new ImageFormatException("The WebP image has no readable VP8, VP8L or VP8X chunk.");
        }
    }

    public ImageMetadata Metadata { get; } = new();

    public Size Size { get; private set; }

    /// <summary>Puts metadata around what the native encoder wrote. Reference: WebP container specification, extended file format.</summary>
    public static byte[] Wrap(byte[] encoded, Size size, ImageMetadata metadata)
    {
        byte[] exif = metadata.ExifProfile?.ToByteArray() ?? [];
        byte[] xmp = metadata.XmpProfile?.Data ?? [];
        byte[] icc = metadata.IccProfile?.ToByteArray() ?? [];
        if (exif.Length + xmp.Length + icc.Length == 0)
        {
            return encoded;
        }

        bool wrapped = encoded.AsSpan(RiffHeader, 4).SequenceEqual("VP8X"u8);
        bool alpha = wrapped
            ? (encoded[20] & 0x10) != 0
            : encoded.AsSpan(RiffHeader, 4).SequenceEqual("VP8L"u8) && (encoded[24] & 0x10) != 0;
        byte[] header = new byte[10];
        header[0] = (byte)((icc.Length > 0 ? 0x20 : 0) | (alpha ? 0x10 : 0) | (exif.Length > 0 ? 8 : 0) | (xmp.Length > 0 ? 4 : 0));
        WriteUInt24(header.AsSpan(4), size.Width - 1);
        WriteUInt24(header.AsSpan(7), size.Height - 1);
        using MemoryStream target = new();
        target.Write("RIFF\0\0\0\0WEBP"u8);
        Write(target, "VP8X"u8, header);
        Write(target, "ICCP"u8, icc);
        target.Write(encoded.AsSpan(RiffHeader + (wrapped ? 18 : 0)));
        Write(target, "EXIF"u8, exif);
        Write(target, "XMP "u8, xmp);
        byte[] file = target.ToArray();
        BinaryPrimitives.WriteUInt32LittleEndian(file.AsSpan(4), (uint)file.Length - 8);
        return file;
    }

    private static void Write(MemoryStream target, ReadOnlySpan<byte> type, byte[] content)
    {
        if (content.Length > 0)
        {
            Span<byte> length = stackalloc byte[4];
            BinaryPrimitives.WriteInt32LittleEndian(length, content.Length);
            target.Write(type);
            target.Write(length);
            target.Write(content);
            if ((content.Length & 1) != 0)
            {
                target.WriteByte(0);
            }
        }
    }

    private static int UInt24(ReadOnlySpan<byte> data) => data[0] | (data[1] << 8) | (data[2] << 16);

    private static void WriteUInt24(Span<byte> target, int value)
        => (target[0], target[1], target[2]) = ((byte)value, (byte)(value >> 8), (byte)(value >> 16));

    private void SizeUnlessKnown(int width, int height) => this.Size = this.Size == default ? new Size(width, height) : this.Size;
}
