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
    private const uint Profile = 0x69434350; // iCCP
    private const uint Palette = 0x504C5445; // PLTE
    private const uint Transparency = 0x74524E53; // tRNS
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
                case Profile when facts.Icc.Length == 0:
                    if (PngChunk.Unpack(file[content], out byte[] profile) is { } fault)
                    {
                        return fault;
                    }

                    facts = facts with { Icc = profile };
                    break;
                case Palette:
                    facts = facts with { Png = facts.Png! with { Palette = content } };
                    break;
                case Transparency:
                    facts = facts with { Png = facts.Png! with { Transparency = content } };
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
        var pixels = new PngPixels(header[8], header[9], samples, header[12] == 1);
        facts = new FileFacts(FileFormat.Png, width, height) { IsGrey = header[9] is 0 or 4, Bits = depth == 16 ? 16 : 8, Png = pixels };
        count = 0;
        if (width is 0 or > int.MaxValue || height is 0 or > int.MaxValue || samples == 0 || depth is not (1 or 2 or 4 or 8 or 16) || header[12] > 1)
        {
            return false;
        }

        Int128 total = 0;
        foreach (PngPass pass in pixels.Passes)
        {
            long columns = pass.Columns(width);
            total += columns == 0 ? 0 : (Int128)pass.Rows(height) * (1 + pixels.RowBytes(columns));
        }

        count = (long)Int128.Min(total, long.MaxValue);
        return true;
    }
}
