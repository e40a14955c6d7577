using System.Buffers.Binary;
using SixLabors.ImageSharp.Metadata;
using SixLabors.ImageSharp.PixelFormats;

namespace SixLabors.ImageSharp.Formats.Jpeg;

public sealed class JpegEncoder : ImageEncoder
{
    private const int MaximumDimension = 65500;
    private const int MaximumSegment = 65533;

    private int? _quality;

    public int? Quality
    {
        get => this._quality;
        init => this._quality = value is < 1 or > 100
            ? throw new ArgumentException("Quality factor must be in [1..100] range.")
            : value;
    }

    public bool? Interleaved { get; init; }

    public JpegEncodingColor? ColorType { get; init; }

    private protected override IReadOnlyList<ReadOnlyMemory<byte>> EncodeCore<TPixel>(Image<TPixel> image)
    {
        if (image.Width > MaximumDimension || image.Height > MaximumDimension)
        {
            throw new ImageFormatException(
                $"Image is too large to encode at {image.Width}x{image.Height} for JPEG; {MaximumDimension} is the largest width and height.");
        }

        JpegMetadata metadata = image.Metadata.GetJpegMetadata();
        JpegEncodingColor color = this.ColorType ?? metadata.ColorType ?? JpegEncodingColor.YCbCrRatio420;
        byte[] scan = color switch
        {
            JpegEncodingColor.Luminance => this.Encode<TPixel, L8>(image, metadata, 1, 1, 1),
            JpegEncodingColor.YCbCrRatio444 => this.Encode<TPixel, Rgb24>(image, metadata, 3, 1, 1),
            JpegEncodingColor.YCbCrRatio422 => this.Encode<TPixel, Rgb24>(image, metadata, 3, 2, 1),
            JpegEncodingColor.YCbCrRatio420 => this.Encode<TPixel, Rgb24>(image, metadata, 3, 2, 2),
            JpegEncodingColor.YCbCrRatio411 => this.Encode<TPixel, Rgb24>(image, metadata, 3, 4, 1),
            JpegEncodingColor.YCbCrRatio410 => this.Encode<TPixel, Rgb24>(image, metadata, 3, 4, 2),
            JpegEncodingColor.Rgb => this.Encode<TPixel, Rgb24>(image, metadata, 2, 1, 1),
            _ => throw new NotSupportedException(
                $"JpegEncodingColor.{color} is not supported by this build of ImageSharp. Choose a YCbCr ratio, Luminance or Rgb."),
        };

        // SOI, then our segments, then what the native encoder wrote after its SOI.
        byte[] segments = Segments(image.Metadata, withJfif: color != JpegEncodingColor.Rgb, this.SkipMetadata);
        return [scan.AsMemory(0, 2), segments, scan.AsMemory(2)];
    }

    private byte[] Encode<TPixel, TFile>(Image<TPixel> image, JpegMetadata metadata, int colorSpace, int horizontal, int vertical)
        where TPixel : unmanaged, IPixel<TPixel>
        where TFile : unmanaged, IPixel<TFile>
    {
        if (image is Image<TFile> same)
        {
            return this.Encode<TFile>(same, metadata, colorSpace, horizontal, vertical);
        }

        using Image<TFile> converted = image.CloneAs<TFile>();
        return this.Encode<TFile>(converted, metadata, colorSpace, horizontal, vertical);
    }

    private unsafe byte[] Encode<TFile>(Image<TFile> image, JpegMetadata metadata, int colorSpace, int horizontal, int vertical)
        where TFile : unmanaged, IPixel<TFile>
    {
        int luminance = this.Quality ?? metadata.LuminanceQuality ?? JpegTables.DefaultQuality;
        int chrominance = this.Quality ?? metadata.ChrominanceQuality ?? JpegTables.DefaultQuality;
        fixed (TFile* source = image.Frames.RootFrame.Pixels)
        {
            return Codecs.EncodeJpeg(
                source,
                (nuint)image.Width * (nuint)sizeof(TFile),
                image.Size,
                colorSpace,
                horizontal,
                vertical,
                this.Interleaved ?? metadata.Interleaved ?? true,
                JpegTables.Scale(JpegTables.Luminance, luminance),
                JpegTables.Scale(JpegTables.Chrominance, chrominance));
        }
    }

    private static byte[] Segments(ImageMetadata metadata, bool withJfif, bool skipMetadata)
    {
        using MemoryStream target = new();
        if (withJfif)
        {
            WriteJfif(target, metadata);
        }

        if (skipMetadata)
        {
            return target.ToArray();
        }

        if (metadata.ExifProfile?.ToByteArray() is { Length: > 0 } exif)
        {
            foreach (byte[] part in exif.Chunk(MaximumSegment - JpegFile.ExifMarker.Length))
            {
                Write(target, 0xE1, [.. JpegFile.ExifMarker, .. part]);
            }
        }

        if (metadata.XmpProfile?.Data is { Length: > 0 } xmp)
        {
            if (xmp.Length > MaximumSegment - JpegFile.XmpMarker.Length)
            {
                throw new ImageFormatException($"XMP profile exceeds the size of a JPEG segment. Its size is {xmp.Length} bytes.");
            }

            Write(target, 0xE1, [.. JpegFile.XmpMarker, .. xmp]);
        }

        if (metadata.IccProfile?.ToByteArray() is { Length: > 0 } icc)
        {
            byte[][] parts = [.. icc.Chunk(MaximumSegment - 14)];
            if (parts.Length > byte.MaxValue)
            {
                throw new ImageFormatException("Cannot store ICC profile larger than 255 JPEG segments.");
            }

            for (int i = 0; i < parts.Length; i++)
            {
                Write(target, 0xE2, [.. JpegFile.IccMarker, (byte)(i + 1), (byte)parts.Length, .. parts[i]]);
            }
        }

        if (metadata.IptcProfile?.Data is { Length: > 0 } iptc)
        {
            int length = JpegFile.PhotoshopMarker.Length + JpegFile.IptcBlock.Length + 4 + iptc.Length + (iptc.Length & 1);
            if (length > MaximumSegment)
            {
                throw new ImageFormatException($"Iptc profile size exceeds limit of {MaximumSegment} bytes.");
            }

            byte[] size = new byte[4];
            BinaryPrimitives.WriteInt32BigEndian(size, iptc.Length);
            Write(target, 0xED, [.. JpegFile.PhotoshopMarker, .. JpegFile.IptcBlock, .. size, .. iptc, .. new byte[iptc.Length & 1]]);
        }

        return target.ToArray();
    }

    private static void WriteJfif(Stream target, ImageMetadata metadata)
    {
        bool perMeter = metadata.ResolutionUnits == PixelResolutionUnit.PixelsPerMeter;
        double scale = perMeter ? 0.0254 : 1;
        byte[] segment = [.. JpegFile.JfifMarker, 1, 1, perMeter ? (byte)1 : (byte)metadata.ResolutionUnits, 0, 0, 0, 0, 0, 0];
        BinaryPrimitives.WriteUInt16BigEndian(segment.AsSpan(8), Density(metadata.HorizontalResolution * scale));
        BinaryPrimitives.WriteUInt16BigEndian(segment.AsSpan(10), Density(metadata.VerticalResolution * scale));
        Write(target, 0xE0, segment);
    }

    private static ushort Density(double value) => (ushort)Math.Clamp(Math.Round(value), 0, ushort.MaxValue);

    private static void Write(Stream target, byte marker, ReadOnlySpan<byte> data)
    {
        Span<byte> header = [0xFF, marker, 0, 0];
        BinaryPrimitives.WriteUInt16BigEndian(header[2..], (ushort)(data.Length + 2));
        target.Write(header);
        target.Write(data);
    }
}
