using System.Buffers.Binary;
using System.Text;
using ImageRestoration.Tiling;

namespace ImageRestoration.Photos;

/// <summary>
/// Follows the chunks of a PNG file to its end without decoding pixels. Reference: PNG specification (W3C), third edition, sections 5, 7
/// and 8.
/// </summary>
internal static class PngInspector
{
    private const int ChunkOverhead = 12;

    /// <summary>Looks at a file that has the signature.</summary>
    /// <exception cref="ImageFileException">The file is damaged or truncated.</exception>
    internal static PngLayout Inspect(ReadOnlySpan<byte> file)
    {
        PngLayout? layout = null;
        int position = PngChunks.Signature.Length;
        while (file.Length - position >= ChunkOverhead)
        {
            uint length = BinaryPrimitives.ReadUInt32BigEndian(file[position..]);
            if (length > file.Length - position - ChunkOverhead)
            {
                break;
            }

            string type = Encoding.ASCII.GetString(file.Slice(position + 4, 4));
            Range content = (position + 8)..(position + 8 + (int)length);
            if (layout is null)
            {
                layout = type == PngChunks.Header && length == PngChunks.HeaderLength ? ReadHeader(file[content]) : throw Invalid();
            }
            else if (type == PngChunks.End)
            {
                return layout.Data.Count > 0
                    ? layout
                    : throw new ImageFileException("The file holds no picture: it has the chunks of a PNG, but no pixels.");
            }

            layout = Take(layout, type, content, file);
            position += ChunkOverhead + (int)length;
        }

        throw PngChunkReader.Truncated("its PNG chunks, before the end chunk IEND");
    }

    private static PngLayout Take(PngLayout layout, string type, Range content, ReadOnlySpan<byte> file)
    {
        switch (type)
        {
            case PngChunks.AnimationControl:
                ReadOnlySpan<byte> animation = file[content];
                long frames = animation.Length >= 4 ? Math.Max(2u, BinaryPrimitives.ReadUInt32BigEndian(animation)) : 2;
                return layout with { Facts = layout.Facts with { Frames = frames } };
            case PngChunks.Palette:
                return layout with { Pixels = layout.Pixels with { Palette = content } };
            case PngChunks.Transparency:
                return layout with
                {
                    Pixels = layout.Pixels with { Transparency = content },
                    Facts = layout.Facts with { HasAlpha = true },
                };
            case PngChunks.Data:
                layout.Data.Add(content);
                return layout;
            default:
                if (PngChunks.IsMetadata(type))
                {
                    layout.Metadata.Add(new MetadataChunk(type, file[content].ToArray()));
                }

                return layout;
        }
    }

    private static PngLayout ReadHeader(ReadOnlySpan<byte> header)
    {
        uint width = BinaryPrimitives.ReadUInt32BigEndian(header), height = BinaryPrimitives.ReadUInt32BigEndian(header[4..]);
        var color = (PngColor)header[9];
        int samples = new PngHeader(1, 1, header[8], color).Samples;
        bool valid = width is > 0 and <= int.MaxValue && height is > 0 and <= int.MaxValue && header[8] is 1 or 2 or 4 or 8 or 16
            && Enum.IsDefined(color) && header[12] <= 1;
        if (!valid)
        {
            throw Invalid();
        }

        var facts = new PhotoFacts(PhotoFormat.Png, width, height)
        {
            Color = color is PngColor.Grey or PngColor.GreyAlpha ? PhotoColor.Grey : PhotoColor.Rgb,
            Bits = header[8] == 16 ? 16 : 8,
            HasAlpha = color is PngColor.GreyAlpha or PngColor.Rgba,
        };
        return new PngLayout(facts, new PngPixels(header[8], header[9], samples, header[12] == 1));
    }

    private static ImageFileException Invalid() => PngChunkReader.Corrupt("its PNG header is not valid");
}
