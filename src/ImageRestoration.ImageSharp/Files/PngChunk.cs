using System.Buffers.Binary;
using System.IO.Compression;
using ImageRestoration.IO;

namespace ImageRestoration.ImageSharp;

/// <summary>
/// Writes chunks of a PNG, and puts those behind its header that ImageSharp does not write: they stand before palette and pixels.
/// Reference: PNG specification (W3C), third edition, sections 5.3, 11.3.2 and annex D.
/// </summary>
internal static class PngChunk
{
    private const int BehindHeader = 8 + 12 + 13;
    private const int MostProfileBytes = 1 << 24;
    private const int MostNameBytes = 79;

    /// <summary>Writes a PNG with code points and colour profile behind its header.</summary>
    /// <param name="png">The file without them.</param>
    /// <param name="codePoints">Contents of a cICP chunk, or empty.</param>
    /// <param name="profile">An ICC profile, or <see langword="null"/>.</param>
    /// <param name="target">Where the file goes.</param>
    /// <param name="cancellationToken">Stops the work.</param>
    internal static async Task WriteAsync(
        ReadOnlyMemory<byte> png, byte[] codePoints, byte[]? profile, Stream target, CancellationToken cancellationToken)
    {
        using MemoryStream chunks = new();
        if (codePoints.Length > 0)
        {
            Write(chunks, "cICP"u8, codePoints);
        }

        if (profile is { Length: > 0 })
        {
            Write(chunks, "iCCP"u8, Pack(profile));
        }

        await target.WriteAsync(png[..BehindHeader], cancellationToken).ConfigureAwait(false);
        await target.WriteAsync(chunks.GetBuffer().AsMemory(0, (int)chunks.Length), cancellationToken).ConfigureAwait(false);
        await target.WriteAsync(png[BehindHeader..], cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Writes one chunk.</summary>
    internal static void Write(Stream target, ReadOnlySpan<byte> type, ReadOnlySpan<byte> content)
    {
        Span<byte> number = stackalloc byte[4];
        BinaryPrimitives.WriteInt32BigEndian(number, content.Length);
        target.Write(number);
        target.Write(type);
        target.Write(content);
        BinaryPrimitives.WriteUInt32BigEndian(number, Crc32.Append(Crc32.Append(0, type), content));
        target.Write(number);
    }

    /// <summary>Unpacks the contents of an iCCP chunk.</summary>
    /// <param name="content">Name, zero, method of compression and the profile.</param>
    /// <param name="profile">The profile, where nothing is wrong.</param>
    /// <returns>A sentence without its subject and full stop, or <see langword="null"/> if nothing is wrong.</returns>
    internal static string? Unpack(ReadOnlySpan<byte> content, out byte[] profile)
    {
        const string damaged = "is corrupt: its colour profile is damaged";
        profile = [];
        int name = content.IndexOf((byte)0);
        if (name is < 1 or > MostNameBytes || name + 2 > content.Length || content[name + 1] != 0)
        {
            return damaged;
        }

        try
        {
            using var inflated = new ZLibStream(new MemoryStream(content[(name + 2)..].ToArray()), CompressionMode.Decompress);
            using MemoryStream unpacked = new();
            byte[] block = new byte[1 << 14];
            for (int count = inflated.Read(block); count > 0; count = inflated.Read(block))
            {
                unpacked.Write(block.AsSpan(0, count));
                if (unpacked.Length > MostProfileBytes)
                {
                    return $"has a colour profile of more than {MostProfileBytes >> 20} MiB, which no picture needs";
                }
            }

            profile = unpacked.ToArray();
            return profile.Length > 0 ? null : damaged;
        }
        catch (InvalidDataException)
        {
            return damaged;
        }
    }

    private static byte[] Pack(byte[] profile)
    {
        using MemoryStream content = new();
        content.Write("ICC profile\0\0"u8);
        using (var deflated = new ZLibStream(content, CompressionLevel.Optimal, leaveOpen: true))
        {
            deflated.Write(profile);
        }

        return content.ToArray();
    }
}
