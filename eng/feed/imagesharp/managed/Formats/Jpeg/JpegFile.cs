using System.Buffers.Binary;
using SixLabors.ImageSharp.Metadata;
using SixLabors.ImageSharp.Metadata.Profiles.Exif;
using SixLabors.ImageSharp.Metadata.Profiles.Icc;
using SixLabors.ImageSharp.Metadata.Profiles.Iptc;
using SixLabors.ImageSharp.Metadata.Profiles.Xmp;

namespace SixLabors.ImageSharp.Formats.Jpeg;

/// <summary>
/// Walks the marker segments of a file up to its first scan, with the strictness of the official decoder.
/// What comes after the start of the scan may be damaged or missing: the picture is then partly grey.
/// </summary>
internal sealed class JpegFile
{
    private readonly byte[] _data;
    private readonly bool _skipMetadata;
    private byte[]? _exif;
    private byte[]? _xmp;
    private byte[]? _icc;
    private byte[]? _iptc;
    private (int X, int Y, byte Unit) _density;
    private byte? _adobeTransform;
    private bool _hasScan;

    public JpegFile(byte[] data, bool skipMetadata)
    {
        this._data = data;
        this._skipMetadata = skipMetadata;
    }

    public static ReadOnlySpan<byte> JfifMarker => "JFIF\0"u8;

    public static ReadOnlySpan<byte> ExifMarker => "Exif\0\0"u8;

    public static ReadOnlySpan<byte> XmpMarker => "http://ns.adobe.com/xap/1.0/\0"u8;

    public static ReadOnlySpan<byte> IccMarker => "ICC_PROFILE\0"u8;

    public static ReadOnlySpan<byte> PhotoshopMarker => "Photoshop 3.0\0"u8;

    /// <summary>An image resource block of Photoshop with IPTC data, up to its length; the name is empty.</summary>
    public static ReadOnlySpan<byte> IptcBlock => [(byte)'8', (byte)'B', (byte)'I', (byte)'M', 4, 4, 0, 0];

    public ImageMetadata Metadata { get; } = new();

    public Size Size { get; private set; }

    public int Components { get; private set; }

    /// <summary>How the native decoder is to read the components: 1 grey, 2 RGB, 3 YCbCr, 4 CMYK, 5 YCCK.</summary>
    public int ColorSpace => this.Components switch
    {
        1 => 1,
        3 => this._adobeTransform == 0 ? 2 : 3,
        _ => this._adobeTransform == 2 ? 5 : 4,
    };

    public void Read(bool needScan)
    {
        if (this._data.Length < 2 || this._data[1] != 0xD8)
        {
            throw new InvalidImageContentException("Missing SOI marker.");
        }

        int position = 2;
        while (!this._hasScan && this.TryFindMarker(ref position, out byte marker) && marker != 0xD9)
        {
            if (this._data.Length - position < 2)
            {
                throw new InvalidImageContentException("jpeg stream does not contain enough data, could not read ushort.");
            }

            int length = BinaryPrimitives.ReadUInt16BigEndian(this._data.AsSpan(position)) - 2;
            position += 2;
            if (length < 0 || length > this._data.Length - position)
            {
                if (!needScan && this.Components > 0)
                {
                    break;
                }

                throw new InvalidImageContentException($"Not enough bytes to read marker {marker:X2}.");
            }

            this.ReadSegment(marker, this._data.AsSpan(position, length));
            position += length;
        }

        if (this.Components == 0)
        {
            throw new InvalidImageContentException("No readable SOFn (Start Of Frame) marker found.");
        }

        if (needScan && !this._hasScan)
        {
            throw new InvalidImageContentException("No readable SOS (Start Of Scan) marker found.");
        }

        this.FinishMetadata();
    }

    private bool TryFindMarker(ref int position, out byte marker)
    {
        while (position < this._data.Length - 1)
        {
            marker = this._data[position + 1];
            if (this._data[position] != 0xFF || marker is 0x00 or (>= 0xD0 and <= 0xD7) or 0xFF)
            {
                position++;
                continue;
            }

            position += 2;
            return true;
        }

        marker = 0;
        return false;
    }

    private void ReadSegment(byte marker, ReadOnlySpan<byte> segment)
    {
        switch (marker)
        {
            case 0xC0 or 0xC1 or 0xC2 or 0xC9 or 0xCA:
                this.ReadFrame(marker, segment);
                break;
            case 0xC3 or 0xC5 or 0xC6 or 0xC7 or 0xCB or 0xCD or 0xCE or 0xCF:
                throw new NotSupportedException("Decoding lossless, hierarchical or differential jpeg files is not supported.");
            case 0xDB:
                this.ReadQuantizationTables(segment);
                break;
            case 0xDA:
                this.ReadScan(segment);
                break;
            case 0xE0 when segment.Length >= 13 && segment.StartsWith(JfifMarker) && this._density == default:
                this._density = (
                    BinaryPrimitives.ReadUInt16BigEndian(segment[8..]),
                    BinaryPrimitives.ReadUInt16BigEndian(segment[10..]),
                    segment[7]);
                break;
            case 0xE1 when !this._skipMetadata && segment.StartsWith(ExifMarker):
                this._exif = [.. this._exif ?? [], .. segment[ExifMarker.Length..]];
                break;
            case 0xE1 when !this._skipMetadata && segment.StartsWith(XmpMarker):
                this._xmp = [.. this._xmp ?? [], .. segment[XmpMarker.Length..]];
                break;
            case 0xE2 when !this._skipMetadata && segment.StartsWith(IccMarker) && segment.Length >= 14:
                this._icc = [.. this._icc ?? [], .. segment[14..]];
                break;
            case 0xED when !this._skipMetadata && segment.StartsWith(PhotoshopMarker):
                this.ReadPhotoshopBlocks(segment[PhotoshopMarker.Length..]);
                break;
            case 0xEE when segment.Length >= 12 && segment.StartsWith("Adobe"u8):
                this._adobeTransform = segment[11];
                break;
        }
    }

    private void ReadPhotoshopBlocks(ReadOnlySpan<byte> blocks)
    {
        while (blocks.Length >= 12 && blocks.StartsWith("8BIM"u8))
        {
            int name = (1 + blocks[6] + 1) & ~1;
            if (blocks.Length < 10 + name)
            {
                return;
            }

            long length = BinaryPrimitives.ReadUInt32BigEndian(blocks[(6 + name)..]);
            ReadOnlySpan<byte> content = blocks[(10 + name)..];
            if (length > content.Length)
            {
                return;
            }

            if (BinaryPrimitives.ReadUInt16BigEndian(blocks[4..]) == 0x0404)
            {
                this._iptc = content[..(int)length].ToArray();
            }

            blocks = content[(int)Math.Min(content.Length, length + (length & 1))..];
        }
    }

    private void ReadFrame(byte marker, ReadOnlySpan<byte> segment)
    {
        if (this.Components > 0)
        {
            throw new InvalidImageContentException("Multiple SOF markers. Only single frame jpegs supported.");
        }

        if (segment.Length < 6)
        {
            throw new InvalidImageContentException("SOF marker does not contain enough data.");
        }

        if (segment[0] != 8)
        {
            throw new InvalidImageContentException($"Only 8-Bit precision is supported by this build. Was {segment[0]}.");
        }

        int height = BinaryPrimitives.ReadUInt16BigEndian(segment[1..]);
        int width = BinaryPrimitives.ReadUInt16BigEndian(segment[3..]);
        if (width == 0 || height == 0)
        {
            throw new InvalidImageContentException($"Invalid image dimensions: {width}x{height}.");
        }

        int components = segment[5];
        if (components is not (1 or 3 or 4))
        {
            throw new NotSupportedException($"Images with {components} components are not supported.");
        }

        if (segment.Length - 6 != components * 3)
        {
            throw new InvalidImageContentException($"Marker SOFn has bad length {segment.Length - 6}.");
        }

        this.Size = new Size(width, height);
        this.Components = components;
        JpegMetadata metadata = this.Metadata.GetJpegMetadata();
        metadata.Progressive = marker is 0xC2 or 0xCA;
        metadata.ColorType = this.ColorSpace switch
        {
            1 => JpegEncodingColor.Luminance,
            2 => JpegEncodingColor.Rgb,
            4 => JpegEncodingColor.Cmyk,
            5 => JpegEncodingColor.Ycck,
            _ => Subsampling(segment[7], segment[10], segment[13]),
        };
    }

    private static JpegEncodingColor Subsampling(byte y, byte cb, byte cr) => (cb, cr) is not (0x11, 0x11)
        ? JpegEncodingColor.YCbCrRatio420
        : y switch
        {
            0x11 => JpegEncodingColor.YCbCrRatio444,
            0x21 => JpegEncodingColor.YCbCrRatio422,
            0x41 => JpegEncodingColor.YCbCrRatio411,
            0x42 => JpegEncodingColor.YCbCrRatio410,
            _ => JpegEncodingColor.YCbCrRatio420,
        };

    private void ReadScan(ReadOnlySpan<byte> segment)
    {
        if (this.Components == 0)
        {
            throw new InvalidImageContentException("No readable SOFn (Start Of Frame) marker found.");
        }

        int count = segment.Length == 0 ? 0 : segment[0];
        if (count == 0 || count > this.Components)
        {
            throw new InvalidImageContentException($"Invalid number of components in scan: {count}.");
        }

        if (segment.Length != 4 + (count * 2))
        {
            throw new InvalidImageContentException($"Marker SOS has bad length {segment.Length}.");
        }

        this._hasScan = true;
        this.Metadata.GetJpegMetadata().Interleaved = count == this.Components;
    }

    private void ReadQuantizationTables(ReadOnlySpan<byte> segment)
    {
        JpegMetadata metadata = this.Metadata.GetJpegMetadata();
        Span<int> table = stackalloc int[64];
        while (segment.Length > 0)
        {
            int index = segment[0] & 0x0F;
            int bytes = (segment[0] >> 4) + 1;
            if (index > 3 || bytes > 2)
            {
                throw new InvalidImageContentException($"Bad quantization table index {index} or precision {bytes - 1}.");
            }

            segment = segment[1..];
            if (segment.Length < 64 * bytes)
            {
                throw new InvalidImageContentException($"Marker DQT has bad length {segment.Length}.");
            }

            for (int i = 0; i < 64; i++)
            {
                table[JpegTables.ZigZag[i]] = bytes == 1 ? segment[i] : BinaryPrimitives.ReadUInt16BigEndian(segment[(2 * i)..]);
            }

            segment = segment[(64 * bytes)..];
            if (index == 0)
            {
                metadata.LuminanceQuality = JpegTables.EstimateQuality(table, JpegTables.Luminance);
            }
            else if (index == 1)
            {
                metadata.ChrominanceQuality = JpegTables.EstimateQuality(table, JpegTables.Chrominance);
            }
        }
    }

    private void FinishMetadata()
    {
        if (this._exif is not null)
        {
            this.Metadata.ExifProfile = new ExifProfile(this._exif);
        }

        if (this._xmp is not null)
        {
            this.Metadata.XmpProfile = new XmpProfile(this._xmp);
        }

        if (this._iptc is not null)
        {
            this.Metadata.IptcProfile = new IptcProfile(this._iptc);
        }

        if (this._icc is not null && new IccProfile(this._icc) is var profile && profile.CheckIsValid())
        {
            this.Metadata.IccProfile = profile;
        }

        if (this._density is { X: > 0, Y: > 0 })
        {
            this.SetResolution(this._density.X, this._density.Y, (PixelResolutionUnit)Math.Min(this._density.Unit, (byte)2));
        }
        else if (this.Metadata.ExifProfile is { } exif
            && exif.TryGetValue(ExifTag.XResolution, out IExifValue<Rational>? x)
            && exif.TryGetValue(ExifTag.YResolution, out IExifValue<Rational>? y)
            && x.Value.Denominator != 0
            && y.Value.Denominator != 0)
        {
            // Exif: 1 no unit, 2 inch, 3 centimetre; our unit is one less.
            ushort unit = exif.TryGetValue(ExifTag.ResolutionUnit, out IExifValue<ushort>? value) ? value.Value : (ushort)2;
            this.SetResolution(
                x.Value.ToDouble(), y.Value.ToDouble(), (PixelResolutionUnit)(unit is >= 1 and <= 3 ? unit - 1 : 1));
        }
    }

    private void SetResolution(double horizontal, double vertical, PixelResolutionUnit unit)
    {
        this.Metadata.HorizontalResolution = horizontal;
        this.Metadata.VerticalResolution = vertical;
        this.Metadata.ResolutionUnits = unit;
    }
}
