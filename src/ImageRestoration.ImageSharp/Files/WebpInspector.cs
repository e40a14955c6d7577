using System.Buffers.Binary;
using ImageRestoration.Photos;

namespace ImageRestoration.ImageSharp;

/// <summary>
/// Follows the RIFF chunks of a WebP file to its end. Reference: WebP container specification; the bitstream headers of RFC 6386
/// (section 9.1) and of the WebP lossless bitstream specification (section 3).
/// </summary>
internal static class WebpInspector
{
    private const int HeaderLength = 12;
    private const int ChunkOverhead = 8;
    private const byte HasAnimation = 0x02;
    private const byte HasAlpha = 0x10;
    private const int SizeBits = 14;
    private const int SizeMask = (1 << SizeBits) - 1;
    private const byte LosslessSignature = 0x2F;

    /// <summary>Says what is wrong with the chunks of a file that has the signature.</summary>
    /// <param name="file">The whole file.</param>
    /// <param name="facts">What the file says of itself, where nothing is wrong.</param>
    /// <returns>A sentence without its subject and full stop, or <see langword="null"/> if nothing is.</returns>
    internal static string? FindFault(ReadOnlySpan<byte> file, out FileFacts facts)
    {
        facts = new FileFacts(PhotoFormat.Webp, 0, 0);
        long end = BinaryPrimitives.ReadUInt32LittleEndian(file[4..]) + (long)ChunkOverhead;
        if (end > file.Length)
        {
            return "is truncated: its WebP data end before the length that its header says";
        }

        (long Width, long Height)? canvas = null;
        bool pixels = false;
        long frames = 0;
        int position = HeaderLength;
        while (position + ChunkOverhead <= end)
        {
            ReadOnlySpan<byte> type = file.Slice(position, 4);
            long length = BinaryPrimitives.ReadUInt32LittleEndian(file[(position + 4)..]);
            if (length > end - position - ChunkOverhead)
            {
                return "is truncated: one of its WebP chunks ends behind the file";
            }

            ReadOnlySpan<byte> content = file.Slice(position + ChunkOverhead, (int)length);
            if (type.SequenceEqual("VP8X"u8))
            {
                if (content.Length < 10 || pixels || canvas is not null)
                {
                    return "is corrupt: its WebP header is not valid";
                }

                canvas = (1L + UInt24(content[4..]), 1L + UInt24(content[7..]));
                facts = facts with
                {
                    Width = canvas.Value.Width,
                    Height = canvas.Value.Height,
                    HasAlpha = (content[0] & HasAlpha) != 0,
                    Frames = (content[0] & HasAnimation) != 0 ? 2 : 1,
                };
            }
            else if (type.SequenceEqual("ICCP"u8) && facts.Icc.Length == 0)
            {
                facts = facts with { Icc = content.ToArray() };
            }
            else if (type.SequenceEqual("ANMF"u8))
            {
                frames++;
                pixels = true;
            }
            else if (!pixels && (type.SequenceEqual("VP8 "u8) || type.SequenceEqual("VP8L"u8)))
            {
                if (!TryReadBitstream(content, lossless: type[3] == 'L', ref facts)
                    || (canvas is not null && canvas != (facts.Width, facts.Height)))
                {
                    return "is corrupt: its WebP pixel data have no valid header";
                }

                pixels = true;
            }

            position = (int)Math.Min(int.MaxValue, position + ChunkOverhead + length + (length & 1));
        }

        if (frames > 0)
        {
            facts = facts with { Frames = Math.Max(frames, facts.Frames), IsLossless = false };
        }

        return pixels ? null : "holds no picture: it has the chunks of a WebP, but no pixels";
    }

    private static bool TryReadBitstream(ReadOnlySpan<byte> content, bool lossless, ref FileFacts facts)
    {
        if (lossless)
        {
            if (content.Length < 5 || content[0] != LosslessSignature)
            {
                return false;
            }

            uint bits = BinaryPrimitives.ReadUInt32LittleEndian(content[1..]);
            facts = facts with
            {
                Width = (bits & SizeMask) + 1,
                Height = ((bits >> SizeBits) & SizeMask) + 1,
                HasAlpha = facts.HasAlpha || ((bits >> (2 * SizeBits)) & 1) != 0,
            };
            return true;
        }

        // A key frame: three bytes of tag, the start code, width and height.
        if (content.Length < 10 || (content[0] & 1) != 0 || !content[3..].StartsWith((ReadOnlySpan<byte>)[0x9D, 0x01, 0x2A]))
        {
            return false;
        }

        facts = facts with
        {
            Width = BinaryPrimitives.ReadUInt16LittleEndian(content[6..]) & SizeMask,
            Height = BinaryPrimitives.ReadUInt16LittleEndian(content[8..]) & SizeMask,
            IsLossless = false,
        };
        return facts.Width > 0 && facts.Height > 0;
    }

    private static int UInt24(ReadOnlySpan<byte> data) => data[0] | (data[1] << 8) | (data[2] << 16);
}
