using System.Buffers;
using System.IO.Compression;

namespace ImageRestoration.ImageSharp;

/// <summary>Pixel data in zlib format. Decoders leave rows black where data are missing and say nothing.</summary>
/// <param name="Data">Where the data are.</param>
/// <param name="Length">How long they are when inflated.</param>
internal sealed record DeflatedBlock(Range Data, long Length)
{
    /// <summary>Says what is wrong with the data.</summary>
    /// <returns>A sentence without its subject and full stop, or <see langword="null"/> if nothing is.</returns>
    internal string? FindFault(byte[] file, CancellationToken cancellationToken)
    {
        (int start, int length) = Data.GetOffsetAndLength(file.Length);
        byte[] block = ArrayPool<byte>.Shared.Rent(1 << 16);
        try
        {
            using var inflated = new ZLibStream(new MemoryStream(file, start, length, writable: false), CompressionMode.Decompress);
            long left = Length;
            while (left > 0)
            {
                cancellationToken.ThrowIfCancellationRequested();
                int count = inflated.Read(block, 0, (int)Math.Min(left, block.Length));
                if (count == 0)
                {
                    return "is truncated: its pixel data end before the last row";
                }

                left -= count;
            }

            // The checksum is compared at the end of the data, behind the last byte.
            _ = inflated.Read(block, 0, 1);
            return null;
        }
        catch (InvalidDataException)
        {
            return "is corrupt: its compressed pixel data are damaged";
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(block);
        }
    }
}
