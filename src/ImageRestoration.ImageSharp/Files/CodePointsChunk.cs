using System.Buffers.Binary;

namespace ImageRestoration.ImageSharp;

/// <summary>
/// Puts a cICP chunk into a PNG, which says its colour space by code points. It stands before palette and pixels.
/// Reference: PNG specification (W3C), third edition, sections 5.3, 11.3.2.6 and annex D.
/// </summary>
internal static class CodePointsChunk
{
    private const int BehindHeader = 8 + 12 + 13;
    private const uint Polynomial = 0xEDB88320;

    /// <summary>Writes a PNG with the chunk behind its header.</summary>
    internal static async Task WriteAsync(ReadOnlyMemory<byte> png, byte[] codePoints, Stream target, CancellationToken cancellationToken)
    {
        await target.WriteAsync(png[..BehindHeader], cancellationToken).ConfigureAwait(false);
        await target.WriteAsync(Create(codePoints), cancellationToken).ConfigureAwait(false);
        await target.WriteAsync(png[BehindHeader..], cancellationToken).ConfigureAwait(false);
    }

    private static byte[] Create(byte[] codePoints)
    {
        byte[] chunk = [0, 0, 0, 0, .. "cICP"u8, .. codePoints, 0, 0, 0, 0];
        BinaryPrimitives.WriteInt32BigEndian(chunk, codePoints.Length);
        uint crc = uint.MaxValue;
        foreach (byte value in chunk.AsSpan(4, 4 + codePoints.Length))
        {
            crc ^= value;
            for (int bit = 0; bit < 8; bit++)
            {
                crc = (crc >> 1) ^ ((crc & 1) * Polynomial);
            }
        }

        BinaryPrimitives.WriteUInt32BigEndian(chunk.AsSpan(chunk.Length - 4), ~crc);
        return chunk;
    }
}
