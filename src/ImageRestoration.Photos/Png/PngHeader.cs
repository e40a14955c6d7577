using System.Buffers.Binary;

namespace ImageRestoration.Photos;

/// <summary>The header chunk of a PNG.</summary>
internal readonly record struct PngHeader(int Width, int Height, int Depth, PngColor Color)
{
    /// <summary>Values for each pixel in the file.</summary>
    internal int Samples => Color switch
    {
        PngColor.Rgb => 3,
        PngColor.GreyAlpha => 2,
        PngColor.Rgba => 4,
        _ => 1,
    };

    internal int BitsPerPixel => Samples * Depth;

    /// <summary>Bytes of a row without its filter byte.</summary>
    internal int RowBytes => checked((int)((((long)Width * BitsPerPixel) + 7) / 8));

    /// <summary>Distance in bytes to the pixel to the left, as filters see it.</summary>
    internal int FilterStep => Math.Max(1, BitsPerPixel / 8);

    internal static PngHeader Parse(ReadOnlySpan<byte> data, RowSourceOptions options)
    {
        uint width = BinaryPrimitives.ReadUInt32BigEndian(data), height = BinaryPrimitives.ReadUInt32BigEndian(data[4..]);
        var header = new PngHeader(0, 0, data[8], (PngColor)data[9]);
        bool valid = header.Color switch
        {
            PngColor.Grey => header.Depth is 1 or 2 or 4 or 8 or 16,
            PngColor.Palette => header.Depth is 1 or 2 or 4 or 8,
            PngColor.Rgb or PngColor.GreyAlpha or PngColor.Rgba => header.Depth is 8 or 16,
            _ => false,
        };
        if (!valid || data[10] != 0 || data[11] != 0 || data[12] > 1)
        {
            throw PngChunkReader.Corrupt(
                $"its header is not valid (depth {data[8]}, colour type {data[9]}, compression {data[10]}, filter {data[11]}, "
                    + $"interlace {data[12]})");
        }

        if (data[12] == 1)
        {
            throw RowErrors.Interlaced();
        }

        options.ThrowIfTooLarge(width, height);
        return header with { Width = (int)width, Height = (int)height };
    }
}

/// <summary>Colour types of PNG.</summary>
internal enum PngColor : byte
{
    Grey = 0,
    Rgb = 2,
    Palette = 3,
    GreyAlpha = 4,
    Rgba = 6,
}
