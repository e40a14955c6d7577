using System.Buffers.Binary;
using ImageRestoration.Photos;

namespace ImageRestoration.ImageSharp;

/// <summary>
/// Follows the markers of a JPEG file from start to end of image. Decoders fill what a truncated file lacks with grey and say nothing,
/// so the file is looked at before it is decoded. Reference: ITU-T T.81, annex B.
/// </summary>
internal static class JpegInspector
{
    private const byte Escape = 0xFF;
    private const byte StartOfImage = 0xD8;
    private const byte EndOfImage = 0xD9;
    private const byte StartOfScan = 0xDA;
    private const byte Temporary = 0x01;
    private const byte AdobeSegment = 0xEE;
    private const int ComponentLength = 3;

    /// <summary>Says what is wrong with a file that has the signature.</summary>
    /// <param name="file">The whole file.</param>
    /// <param name="facts">What the file says of itself, where nothing is wrong.</param>
    /// <returns>A sentence without its subject and full stop, or <see langword="null"/> if nothing is.</returns>
    internal static string? FindFault(ReadOnlySpan<byte> file, out FileFacts facts)
    {
        const string truncated = "is truncated: its JPEG data end before the end-of-image marker";
        facts = new FileFacts(PhotoFormat.Jpeg, 0, 0) { IsLossless = false };
        int components = 0;
        int adobe = 0;
        bool scan = false;
        int position = 2;
        while (TryFindMarker(file, ref position, out byte marker))
        {
            switch (marker)
            {
                case EndOfImage:
                    // What follows, such as the second picture of a phone's file, is of no concern.
                    facts = facts with { Jpeg = ColorsOf(file, facts.Jpeg, adobe) };
                    return components > 0 && scan ? null : "holds no picture: it has the markers of a JPEG, but no pixels";
                case StartOfImage or Temporary:
                    continue;
            }

            ReadOnlySpan<byte> rest = file[position..];
            if (rest.Length < 2 || BinaryPrimitives.ReadUInt16BigEndian(rest) > rest.Length)
            {
                return truncated;
            }

            int length = BinaryPrimitives.ReadUInt16BigEndian(rest);
            if (IsFrame(marker))
            {
                if (length < 8)
                {
                    return "is corrupt: its JPEG frame header is too short";
                }

                if (components > 0)
                {
                    return "is corrupt: it has two JPEG frame headers";
                }

                if (KindOf(marker) is { } kind)
                {
                    return Unsupported(
                        ref facts, $"is a JPEG of a kind that is not read ({kind}); "
                            + "read are baseline and progressive JPEGs with Huffman coding");
                }

                byte precision = rest[2];
                components = rest[7];
                facts = facts with
                {
                    Height = BinaryPrimitives.ReadUInt16BigEndian(rest[3..]),
                    Width = BinaryPrimitives.ReadUInt16BigEndian(rest[5..]),
                    IsGrey = components == 1,
                    IsCmyk = components == 4,
                };
                if (precision != 8)
                {
                    return Unsupported(ref facts, $"is a JPEG of {precision} bits per channel, of which only 8 would be read");
                }

                if (components is not (1 or 3 or 4))
                {
                    return Unsupported(
                        ref facts, Invariant($"is a JPEG of {components} colour components, which are neither grey nor RGB nor CMYK"));
                }

                if (components == 3 && length >= 8 + (3 * ComponentLength))
                {
                    facts = facts with { Jpeg = SamplingOf(rest[8..]) };
                }
            }
            else if (marker == AdobeSegment && length >= 14 && rest[2..].StartsWith("Adobe"u8))
            {
                adobe = position + 13;
            }

            scan |= marker == StartOfScan;
            position += Math.Max(2, length);
        }

        return truncated;
    }

    private static string? Unsupported(ref FileFacts facts, string kind)
    {
        facts = facts with { Unsupported = kind };
        return null;
    }

    /// <summary>Finds the next marker that is no stuffing or restart inside pixel data, and the position behind it.</summary>
    private static bool TryFindMarker(ReadOnlySpan<byte> file, ref int position, out byte marker)
    {
        while (position < file.Length)
        {
            int escape = file[position..].IndexOf(Escape);
            if (escape < 0 || position + escape + 1 >= file.Length)
            {
                break;
            }

            position += escape + 1;
            marker = file[position];
            if (marker == Escape)
            {
                continue; // Fill byte: this one may be the escape of a marker.
            }

            position++;
            if (marker is not (0 or (>= 0xD0 and <= 0xD7)))
            {
                return true;
            }
        }

        marker = 0;
        return false;
    }

    private static bool IsFrame(byte marker) => marker is >= 0xC0 and <= 0xCF and not (0xC4 or 0xC8 or 0xCC);

    /// <summary>Says what is unusual about a frame, by the marker of its header (ITU-T T.81, table B.1).</summary>
    private static string? KindOf(byte marker) => marker switch
    {
        >= 0xC9 => "arithmetic coding",
        0xC3 => "lossless",
        >= 0xC5 and <= 0xC7 => "hierarchical",
        _ => null,
    };

    /// <summary>
    /// How many columns and rows a sample of chroma stands for; the letters R, G and B name components that are no chroma.
    /// </summary>
    private static JpegColors SamplingOf(ReadOnlySpan<byte> components)
    {
        (int horizontal, int vertical) = (components[1] >> 4, components[1] & 15);
        byte chroma = components[ComponentLength + 1];
        bool isRgb = components[0] == 'R' && components[ComponentLength] == 'G' && components[2 * ComponentLength] == 'B';
        bool divides = chroma == components[(2 * ComponentLength) + 1] && chroma >> 4 > 0 && (chroma & 15) > 0
            && horizontal % (chroma >> 4) == 0 && vertical % (chroma & 15) == 0;
        return divides ? new JpegColors(horizontal / (chroma >> 4), vertical / (chroma & 15), !isRgb, 0) : default;
    }

    private static JpegColors? ColorsOf(ReadOnlySpan<byte> file, JpegColors? sampling, int adobe)
        => sampling is { } colors && adobe > 0 ? colors with { IsYcc = file[adobe] != 0, AdobeTransformAt = adobe } : sampling;
}
