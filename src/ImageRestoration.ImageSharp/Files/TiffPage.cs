using System.Buffers.Binary;
using SixLabors.ImageSharp;
using SixLabors.ImageSharp.PixelFormats;

using ImageRestoration.Photos;

namespace ImageRestoration.ImageSharp;

/// <summary>
/// Makes of a TIFF what ImageSharp 2 decodes: one page, which has strips. It decodes all pages or none, and no tiles. Tiles one below the
/// other are the strips of a narrow, high picture: that is decoded, and its parts are put beside each other.
/// Reference: TIFF 6.0, sections 2 and 15.
/// </summary>
internal static class TiffPage
{
    private const int ValueOffset = 8;
    private const int EntryLength = 12;
    private const ushort Long = 4;

    /// <summary>Decodes a TIFF of one page and of strips.</summary>
    internal delegate Image Decoder(Stream stream, FileFacts facts);

    /// <summary>Decodes the first page of a file that its inspector found whole.</summary>
    internal static Image Decode(byte[] file, int length, FileFacts facts, Decoder decode)
    {
        bool little = file[0] == 'I';
        int directory = (int)UInt32(file.AsSpan(4), little);
        int count = UInt16(file.AsSpan(directory), little);
        if (facts.Tiles is null && UInt32(file.AsSpan(directory + 2 + (count * EntryLength)), little) != 0)
        {
            // A copy without the link to the next page.
            file = file.AsSpan(0, length).ToArray();
            file.AsSpan(directory + 2 + (count * EntryLength), 4).Clear();
        }

        if (facts.Tiles is not { } tiles)
        {
            using MemoryStream strips = new(file, 0, length, writable: false);
            return decode(strips, facts);
        }

        using MemoryStream stream = new(Untile(file.AsSpan(0, length), directory, count, tiles, little), writable: false);
        using Image column = decode(stream, facts);
        return column switch
        {
            Image<L8> pixels => Arrange(pixels, facts, tiles),
            Image<L16> pixels => Arrange(pixels, facts, tiles),
            Image<Rgb24> pixels => Arrange(pixels, facts, tiles),
            Image<Rgb48> pixels => Arrange(pixels, facts, tiles),
            Image<Rgba32> pixels => Arrange(pixels, facts, tiles),
            Image<Rgba64> pixels => Arrange(pixels, facts, tiles),
            _ => throw new NotSupportedException($"Tiles of {column.GetType()} are not put together."),
        };
    }

    /// <summary>A copy of the file with another first directory behind its end, which says strips for tiles.</summary>
    private static byte[] Untile(ReadOnlySpan<byte> file, int directory, int count, TiffTiles tiles, bool little)
    {
        int start = (file.Length + 1) & ~1;
        byte[] copy = new byte[start + 2 + ((count + 1) * EntryLength) + 4];
        file.CopyTo(copy);
        Put(copy.AsSpan(4), (uint)start, little);
        List<byte[]> entries = [];
        for (int i = 0; i < count; i++)
        {
            byte[] entry = file.Slice(directory + 2 + (i * EntryLength), EntryLength).ToArray();
            ushort tag = UInt16(entry, little);
            switch (tag)
            {
                case TiffTags.TileOffsets:
                    Put16(entry, TiffTags.StripOffsets, little);
                    break;
                case TiffTags.TileByteCounts:
                    Put16(entry, TiffTags.StripByteCounts, little);
                    break;
                case TiffTags.ImageWidth or TiffTags.ImageLength or TiffTags.RowsPerStrip or TiffTags.TileWidth or TiffTags.TileLength:
                case TiffTags.StripOffsets or TiffTags.StripByteCounts:
                    continue;
            }

            entries.Add(entry);
        }

        entries.Add(Number(TiffTags.ImageWidth, (uint)tiles.Width, little));
        entries.Add(Number(TiffTags.ImageLength, checked((uint)(tiles.Height * tiles.Count)), little));
        entries.Add(Number(TiffTags.RowsPerStrip, (uint)tiles.Height, little));
        Put16(copy.AsSpan(start), (ushort)entries.Count, little);
        int position = start + 2;
        foreach (byte[] entry in entries.OrderBy(entry => UInt16(entry, little)))
        {
            entry.CopyTo(copy.AsSpan(position));
            position += EntryLength;
        }

        return copy;
    }

    private static Image<TPixel> Arrange<TPixel>(Image<TPixel> column, FileFacts facts, TiffTiles tiles)
        where TPixel : unmanaged, IPixel<TPixel>
    {
        var image = new Image<TPixel>((int)facts.Width, (int)facts.Height);
        FileMetadata.Collect(column);
        FileMetadata.Copy(column.Metadata, image.Metadata);
        column.ProcessPixelRows(image, (source, target) =>
        {
            for (int tile = 0; tile < tiles.Count; tile++)
            {
                int left = tile % tiles.Across * tiles.Width;
                int top = tile / tiles.Across * tiles.Height;
                int width = Math.Min(tiles.Width, target.Width - left);
                for (int y = 0; y < tiles.Height && top + y < target.Height; y++)
                {
                    source.GetRowSpan((tile * tiles.Height) + y)[..width].CopyTo(target.GetRowSpan(top + y)[left..]);
                }
            }
        });
        return image;
    }

    private static byte[] Number(ushort tag, uint value, bool little)
    {
        byte[] entry = new byte[EntryLength];
        Put16(entry, tag, little);
        Put16(entry.AsSpan(2), Long, little);
        Put(entry.AsSpan(4), 1, little);
        Put(entry.AsSpan(ValueOffset), value, little);
        return entry;
    }

    private static ushort UInt16(ReadOnlySpan<byte> data, bool little)
        => little ? BinaryPrimitives.ReadUInt16LittleEndian(data) : BinaryPrimitives.ReadUInt16BigEndian(data);

    private static uint UInt32(ReadOnlySpan<byte> data, bool little)
        => little ? BinaryPrimitives.ReadUInt32LittleEndian(data) : BinaryPrimitives.ReadUInt32BigEndian(data);

    private static void Put16(Span<byte> target, ushort value, bool little)
        => BinaryPrimitives.WriteUInt16LittleEndian(target, little ? value : BinaryPrimitives.ReverseEndianness(value));

    private static void Put(Span<byte> target, uint value, bool little)
        => BinaryPrimitives.WriteUInt32LittleEndian(target, little ? value : BinaryPrimitives.ReverseEndianness(value));
}
