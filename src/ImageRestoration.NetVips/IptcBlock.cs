using System.Buffers.Binary;

namespace ImageRestoration.NetVips;

/// <summary>
/// IPTC records inside the resources of Photoshop, as a JPEG holds them. Reference: Adobe Photoshop file formats specification, image
/// resources; IPTC-IIM 4.2.
/// </summary>
internal static class IptcBlock
{
    private const ushort Records = 0x0404;

    private static ReadOnlySpan<byte> Head => "Photoshop 3.0\0"u8;

    private static ReadOnlySpan<byte> Resource => "8BIM"u8;

    /// <summary>The records alone.</summary>
    /// <param name="block">Resources behind Photoshop's name, or records.</param>
    internal static byte[] Unwrap(byte[] block)
    {
        ReadOnlySpan<byte> rest = block;
        if (!rest.StartsWith(Head))
        {
            return block;
        }

        rest = rest[Head.Length..];
        while (rest.Length >= 12 && rest.StartsWith(Resource))
        {
            // Kind, name (its length, padded to an even number of bytes with it), length, contents (padded).
            ushort kind = BinaryPrimitives.ReadUInt16BigEndian(rest[4..]);
            int at = 6 + ((rest[6] + 2) & ~1);
            if (at + 4 > rest.Length)
            {
                break;
            }

            long length = BinaryPrimitives.ReadUInt32BigEndian(rest[at..]);
            at += 4;
            if (at + length > rest.Length)
            {
                break;
            }

            if (kind == Records)
            {
                return rest.Slice(at, (int)length).ToArray();
            }

            rest = rest[(int)Math.Min(rest.Length, at + length + (length & 1))..];
        }

        return [];
    }

    /// <summary>The records as a JPEG holds them.</summary>
    internal static byte[] Wrap(ReadOnlySpan<byte> records)
    {
        byte[] length = new byte[4];
        BinaryPrimitives.WriteInt32BigEndian(length, records.Length);
        byte[] padding = records.Length % 2 == 0 ? [] : [0];
        return [.. Head, .. Resource, Records >> 8, Records & 0xFF, 0, 0, .. length, .. records, .. padding];
    }
}
