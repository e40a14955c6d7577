using System.Buffers.Binary;
using SixLabors.ImageSharp.Metadata;
using SixLabors.ImageSharp.Metadata.Profiles.Exif;
using SixLabors.ImageSharp.Metadata.Profiles.Icc;
using SixLabors.ImageSharp.Metadata.Profiles.Xmp;

namespace SixLabors.ImageSharp.Formats.Png;

/// <summary>
/// Walks the chunks of a file, with the strictness of the official decoder: damaged critical chunks are errors,
/// other damage is skipped, and a file may end between two data chunks.
/// </summary>
internal sealed class PngFile
{
    private readonly byte[] _data;
    private readonly bool _skipMetadata;
    private readonly List<(int Start, int Length)> _pixelData = [];
    private byte[]? _palette;
    private byte[]? _transparency;
    private int _headerStart = -1;

    public PngFile(byte[] data, bool skipMetadata)
    {
        this._data = data;
        this._skipMetadata = skipMetadata;
    }

    public ImageMetadata Metadata { get; } = new();

    public Size Size { get; private set; }

    public PngColorType ColorType { get; private set; }

    public int BitDepth { get; private set; }

    public int BitsPerPixel => this.BitDepth * this.ColorType switch
    {
        PngColorType.GrayscaleWithAlpha => 2,
        PngColorType.Rgb => 3,
        PngColorType.RgbWithAlpha => 4,
        _ => 1,
    };

    /// <summary>Channels after palettes and transparent colours have been expanded.</summary>
    public int DecodedChannels => this.ColorType switch
    {
        PngColorType.Grayscale => this.HasTransparentColor ? 2 : 1,
        PngColorType.GrayscaleWithAlpha => 2,
        PngColorType.Rgb => this.HasTransparentColor ? 4 : 3,
        _ => 4,
    };

    private bool HasTransparentColor => this.Metadata.GetPngMetadata().HasTransparentColor;

    public void Read(bool pixels)
    {
        int position = PngChunks.Signature.Length;
        bool inPixelData = false;
        while (position < this._data.Length - 1 && this.TryReadFrame(ref position, out int length, out uint type))
        {
            int available = Math.Min(length, this._data.Length - position);
            this.CheckCrc(type, position, available);
            if (type == PngChunks.End)
            {
                break;
            }

            if (type == PngChunks.Data && pixels)
            {
                this.AddPixelData(position, available, ref inPixelData);
            }
            else
            {
                inPixelData = false;
                this.ReadChunk(type, this._data.AsSpan(position, available), position);
            }

            position = (int)Math.Min(this._data.Length, (long)position + available + 4);
        }

        if (this._headerStart < 0)
        {
            throw new InvalidImageContentException("Invalid PNG header.");
        }

        if (pixels && this._pixelData.Count == 0)
        {
            throw new InvalidImageContentException("PNG Image does not contain a data chunk.");
        }
    }

    /// <summary>The file reduced to what makes up its pixels.</summary>
    public byte[] PixelStream()
    {
        long length = 64L + (this._palette?.Length ?? 0) + (this._transparency?.Length ?? 0) + 24;
        length += this._pixelData.Sum(x => (long)x.Length + 12);
        using MemoryStream stream = new((int)Math.Min(length, Array.MaxLength));
        stream.Write(PngChunks.Signature);
        PngChunks.WriteUnchecked(stream, PngChunks.Header, this._data.AsSpan(this._headerStart, 13));
        if (this.ColorType == PngColorType.Palette)
        {
            int entries = Math.Min((this._palette?.Length ?? 0) / 3, 1 << this.BitDepth);
            if (entries == 0)
            {
                throw new InvalidImageContentException("The PNG image has no palette, although its colour type needs one.");
            }

            PngChunks.WriteUnchecked(stream, PngChunks.Palette, this._palette.AsSpan(0, entries * 3));
            if (this._transparency is { Length: > 0 } alpha)
            {
                PngChunks.WriteUnchecked(stream, PngChunks.Transparency, alpha.AsSpan(0, Math.Min(alpha.Length, entries)));
            }
        }
        else if (this.HasTransparentColor)
        {
            int samples = this.ColorType == PngColorType.Rgb ? 6 : 2;
            PngChunks.WriteUnchecked(stream, PngChunks.Transparency, this._transparency.AsSpan(0, samples));
        }

        foreach ((int start, int count) in this._pixelData)
        {
            PngChunks.WriteUnchecked(stream, PngChunks.Data, this._data.AsSpan(start, count));
        }

        PngChunks.WriteUnchecked(stream, PngChunks.End, default);
        return stream.ToArray();
    }

    private bool TryReadFrame(ref int position, out int length, out uint type)
    {
        type = 0;
        length = -1;
        while (length < 0)
        {
            if (this._data.Length - position < 4)
            {
                return false;
            }

            length = BinaryPrimitives.ReadInt32BigEndian(this._data.AsSpan(position));
            position += 4;
        }

        if (this._data.Length - position < 4)
        {
            throw new InvalidImageContentException("Invalid PNG data.");
        }

        type = BinaryPrimitives.ReadUInt32BigEndian(this._data.AsSpan(position));
        position += 4;
        return true;
    }

    private void CheckCrc(uint type, int start, int length)
    {
        if (type is not (PngChunks.Header or PngChunks.Palette or PngChunks.Data))
        {
            return;
        }

        int end = start + length;
        uint stored = this._data.Length - end >= 4 ? BinaryPrimitives.ReadUInt32BigEndian(this._data.AsSpan(end)) : 0;
        if (PngChunks.Crc(this._data.AsSpan(start - 4, length + 4)) != stored)
        {
            string name = System.Text.Encoding.ASCII.GetString(this._data.AsSpan(start - 4, 4));
            throw new InvalidImageContentException($"CRC Error. PNG {name} chunk is corrupt!");
        }
    }

    private void AddPixelData(int start, int length, ref bool continued)
    {
        if (this._headerStart < 0)
        {
            throw new InvalidImageContentException("Invalid PNG header.");
        }

        if (this._pixelData.Count == 0 && length > 1)
        {
            int method = this._data[start] & 0x0F;
            int window = this._data[start] >> 4;
            if (method != 8 || window > 7)
            {
                throw new InvalidImageContentException($"Bad method for ZLIB header: cmf={this._data[start]}");
            }
        }

        // A second run of data chunks belongs to no picture that a still-image reader knows.
        if (continued || this._pixelData.Count == 0)
        {
            this._pixelData.Add((start, length));
            continued = true;
        }
    }

    private void ReadChunk(uint type, ReadOnlySpan<byte> data, int position)
    {
        switch (type)
        {
            case PngChunks.Header:
                this.ReadHeader(data, position);
                break;
            case PngChunks.Physical:
                ReadPhysical(this.Metadata, data);
                break;
            case PngChunks.Gamma when data.Length >= 4:
                this.Metadata.GetPngMetadata().Gamma = BinaryPrimitives.ReadUInt32BigEndian(data) * 1e-5F;
                break;
            case PngChunks.Palette:
                this._palette = data.ToArray();
                break;
            case PngChunks.Transparency:
                this._transparency = data.ToArray();
                this.Metadata.GetPngMetadata().HasTransparentColor =
                    (this.ColorType == PngColorType.Rgb && data.Length >= 6)
                    || (this.ColorType == PngColorType.Grayscale && data.Length >= 2);
                break;
            case PngChunks.Text or PngChunks.CompressedText or PngChunks.InternationalText when !this._skipMetadata:
                PngChunks.ReadText(this.Metadata.GetPngMetadata().TextData, type, data, out byte[]? xmp);
                this.Metadata.XmpProfile = xmp is null ? this.Metadata.XmpProfile : new XmpProfile(xmp);
                break;
            case PngChunks.Exif when !this._skipMetadata:
                this.Metadata.ExifProfile = new ExifProfile(data.ToArray());
                break;
            case PngChunks.ColorProfile:
                this.ReadColorProfile(data);
                break;
            case PngChunks.ProprietaryApple:
                throw new InvalidImageContentException(
                    "Proprietary Apple PNG detected! This PNG file is not conform to the specification and cannot be decoded.");
        }
    }

    private void ReadHeader(ReadOnlySpan<byte> data, int position)
    {
        if (this._headerStart >= 0 || data.Length < 13)
        {
            throw new InvalidImageContentException("Invalid PNG header.");
        }

        int width = BinaryPrimitives.ReadInt32BigEndian(data);
        int height = BinaryPrimitives.ReadInt32BigEndian(data[4..]);
        if (width <= 0 || height <= 0)
        {
            throw new InvalidImageContentException($"Invalid dimensions in the PNG header: {width}x{height}.");
        }

        // Which depths go with which colour type: table 11.1 of the PNG specification.
        byte depth = data[8];
        bool known = (PngColorType)data[9] switch
        {
            PngColorType.Grayscale => depth is 1 or 2 or 4 or 8 or 16,
            PngColorType.Palette => depth is 1 or 2 or 4 or 8,
            PngColorType.Rgb or PngColorType.GrayscaleWithAlpha or PngColorType.RgbWithAlpha => depth is 8 or 16,
            _ => throw new NotSupportedException($"Invalid or unsupported color type. Was '{data[9]}'."),
        };
        if (!known)
        {
            throw new NotSupportedException($"Invalid or unsupported bit depth. Was '{depth}'.");
        }

        if (data[10] != 0 || data[11] != 0 || data[12] > 1)
        {
            throw new NotSupportedException(
                $"Invalid compression method '{data[10]}', filter method '{data[11]}' or interlace method '{data[12]}'.");
        }

        this._headerStart = position;
        this.Size = new Size(width, height);
        this.BitDepth = depth;
        this.ColorType = (PngColorType)data[9];
        PngMetadata metadata = this.Metadata.GetPngMetadata();
        metadata.BitDepth = (PngBitDepth)depth;
        metadata.ColorType = this.ColorType;
        metadata.InterlaceMethod = (PngInterlaceMode)data[12];
    }

    private static void ReadPhysical(ImageMetadata metadata, ReadOnlySpan<byte> data)
    {
        if (data.Length < 9)
        {
            return;
        }

        metadata.ResolutionUnits = data[8] == 0 ? PixelResolutionUnit.AspectRatio : PixelResolutionUnit.PixelsPerMeter;
        metadata.HorizontalResolution = BinaryPrimitives.ReadUInt32BigEndian(data);
        metadata.VerticalResolution = BinaryPrimitives.ReadUInt32BigEndian(data[4..]);
    }

    private void ReadColorProfile(ReadOnlySpan<byte> data)
    {
        if (PngChunks.TrySplitKeyword(data, out _, out ReadOnlySpan<byte> rest)
            && rest.Length > 1
            && rest[0] == 0
            && PngChunks.TryDecompress(rest[1..]) is byte[] profile)
        {
            this.Metadata.IccProfile = new IccProfile(profile);
        }
    }
}
