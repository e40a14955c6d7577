namespace ImageRestoration.Photos;

/// <summary>The checksum of zlib data (RFC 1950, section 8), also of data of which the parts' checksums are known.</summary>
internal static class Adler32
{
    internal const uint Start = 1;
    private const uint Modulus = 65521;

    // So many sums of bytes fit into 32 bits without a division.
    private const int MostBytes = 5552;

    /// <summary>Continues a checksum that started with <see cref="Start"/>.</summary>
    internal static uint Append(uint adler, ReadOnlySpan<byte> bytes)
    {
        uint low = adler & 0xFFFF, high = adler >> 16;
        while (!bytes.IsEmpty)
        {
            ReadOnlySpan<byte> part = bytes[..Math.Min(bytes.Length, MostBytes)];
            foreach (byte value in part)
            {
                low += value;
                high += low;
            }

            low %= Modulus;
            high %= Modulus;
            bytes = bytes[part.Length..];
        }

        return (high << 16) | low;
    }

    /// <summary>The checksum of two pieces of data, one behind the other.</summary>
    /// <param name="first">Checksum of the first.</param>
    /// <param name="second">Checksum of the second.</param>
    /// <param name="secondLength">Bytes of the second.</param>
    internal static uint Combine(uint first, uint second, long secondLength)
    {
        // Each byte of the second piece adds the first one's low sum to the high sum once more.
        ulong remainder = (ulong)(secondLength % Modulus);
        ulong low = ((first & 0xFFFF) + (second & 0xFFFF) + Modulus - 1) % Modulus;
        ulong high = ((remainder * (first & 0xFFFF)) + (first >> 16) + (second >> 16) + Modulus - remainder) % Modulus;
        return (uint)((high << 16) | low);
    }
}
