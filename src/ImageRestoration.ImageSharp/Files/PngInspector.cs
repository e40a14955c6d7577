using System.Buffers.Binary;

namespace ImageRestoration.ImageSharp;

/// <summary>
/// Follows the chunks of a PNG file to its end. Decoders leave rows black where data are missing and say nothing, so the file is looked
/// at before it is decoded. Reference: PNG specification (W3C), third edition, sections 5, 7 and 8.
/// </summary>
internal static class PngInspector
{
    private const uint Header = 0x49484452; // IHDR
    private const uint Data = 0x49444154; // IDAT
    private const uint End = 0x49454E44; // IEND
    private const uint AnimationControl = 0x6163544C; // acTL
    private const uint CodePoints = 0x63494350; // cICP
    private const int CodePointsLength = 4;
    private const int ChunkOverhead = 12;
    private const int HeaderLength = 13;

    internal static ReadOnlySpan<byte> Signature => [0x89, (byte)'P', (byte)'N', (byte)'G', 0x0D, 0x0A, 0x1A, 0x0A];

    internal static bool HasSignature(ReadOnlySpan<byte> file) => file.StartsWith(Signature);

    /// <summary>Says what is wrong with the chunks of a file that has the signature.</summary>
    /// <param name="file">The whole file.</param>
    /// <param name="facts">What the file says of itself, where nothing is wrong.</param>
    /// <returns>A sentence without its subject and full stop, or <see langword="null"/> if nothing is.</returns>
    internal static string? FindFault(ReadOnlySpan<byte> file, out FileFacts facts)
    {
        facts = new FileFacts(FileFormat.Png, 0, 0);
        List<Range> pixelData = [];
        long pixelBytes = 0;
        int position = Signature.Length;
        while (file.Length - position >= ChunkOverhead)
        {
            uint length = BinaryPrimitives.ReadUInt32BigEndian(file[position..]);
            uint type = BinaryPrimitives.ReadUInt32BigEndian(file[(position + 4)..]);
            if (length > file.Length - position - ChunkOverhead)
            {
                break;
            }

            Range content = (position + 8)..(position + 8 + (int)length);
            if (pixelBytes == 0 && (type != Header || length != HeaderLength || !TryReadHeader(file[content], out facts, out pixelBytes)))
            {
                return "is corrupt: its PNG header is not valid";
            }

            switch (type)
            {
                case End:
                    facts = facts with { Deflated = [new DeflatedBlock(pixelData, pixelBytes)] };
                    return pixelData.Count > 0 ? null : "holds no picture: it has the chunks of a PNG, but no pixels";
                case AnimationControl:
                    facts = facts with { Frames = length >= 4 ? Math.Max(2u, BinaryPrimitives.ReadUInt32BigEndian(file[content])) : 2 };
                    break;
                case CodePoints when length == CodePointsLength:
                    facts = facts with { CodePoints = file[content].ToArray() };
                    break;
                case Data:
                    pixelData.Add(content);
                    break;
            }

            position += ChunkOverhead + (int)length;
        }

        return "is truncated: its PNG chunks end before the end chunk IEND";
    }

    private static bool TryReadHeader(ReadOnlySpan<byte> header, out FileFacts facts, out long count)
    {
        uint width = BinaryPrimitives.ReadUInt32BigEndian(header);
        uint height = BinaryPrimitives.ReadUInt32BigEndian(header[4..]);
        int depth = header[8];
        int samples = header[9] switch
        {
            0 or 3 => 1,
            2 => 3,
            4 => 2,
            6 => 4,
            _ => 0,
        };
        bool interlaced = header[12] == 1;
        facts = new FileFacts(FileFormat.Png, width, height) { IsGrey = header[9] is 0 or 4, Bits = depth == 16 ? 16 : 8 };
        count = 0;
        if (width is 0 or > int.MaxValue || height is 0 or > int.MaxValue || samples == 0 || depth is not (1 or 2 or 4 or 8 or 16))
        {
            return false;
        }

        // Start and step of the seven passes of Adam7, horizontally and vertically.
        ReadOnlySpan<(int X, int Y, int StepX, int StepY)> passes = interlaced
            ? [(0, 0, 8, 8), (4, 0, 8, 8), (0, 4, 4, 8), (2, 0, 4, 4), (0, 2, 2, 4), (1, 0, 2, 2), (0, 1, 1, 2)]
            : [(0, 0, 1, 1)];
        Int128 total = 0;
        foreach ((int x, int y, int stepX, int stepY) in passes)
        {
            long columns = Math.Max(0, (width - x + stepX - 1) / stepX);
            long rows = Math.Max(0, (height - y + stepY - 1) / stepY);
            total += columns == 0 ? 0 : (Int128)rows * (1 + (((columns * samples * depth) + 7) / 8));
        }

        count = (long)Int128.Min(total, long.MaxValue);
        return true;
    }
}
