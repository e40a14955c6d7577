using System.Buffers;
using System.Buffers.Binary;
using System.IO.Compression;

namespace ImageRestoration.ImageSharp;

/// <summary>
/// Follows the chunks of a PNG file to its end and inflates the pixel data once. Decoders leave rows black where data are missing
/// and say nothing, so the file is looked at before it is decoded. Reference: PNG specification (W3C), third edition, sections 5, 7 and 8.
/// </summary>
internal static class PngInspector
{
    private const uint Header = 0x49484452; // IHDR
    private const uint Data = 0x49444154; // IDAT
    private const uint End = 0x49454E44; // IEND
    private const uint AnimationControl = 0x6163544C; // acTL
    private const int ChunkOverhead = 12;
    private const int HeaderLength = 13;

    internal static ReadOnlySpan<byte> Signature => [0x89, (byte)'P', (byte)'N', (byte)'G', 0x0D, 0x0A, 0x1A, 0x0A];

    internal static bool HasSignature(ReadOnlySpan<byte> file) => file.StartsWith(Signature);

    /// <summary>Says what is wrong with the chunks of a file that has the signature.</summary>
    /// <param name="file">The whole file.</param>
    /// <param name="pixelData">Positions of the pixel data in the file.</param>
    /// <param name="pixelBytes">How long the pixel data are when inflated.</param>
    /// <returns>A sentence without its subject and full stop, or <see langword="null"/> if nothing is.</returns>
    internal static string? FindFault(ReadOnlySpan<byte> file, out List<Range> pixelData, out long pixelBytes)
    {
        pixelData = [];
        pixelBytes = 0;
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
            if (pixelBytes == 0 && (type != Header || length != HeaderLength || !TryCountBytes(file[content], out pixelBytes)))
            {
                return "is corrupt: its PNG header is not valid";
            }

            switch (type)
            {
                case End:
                    return pixelData.Count > 0 ? null : "holds no picture: it has the chunks of a PNG, but no pixels";
                case AnimationControl:
                    return "is an animated PNG, of which only the first frame would be read";
                case Data:
                    pixelData.Add(content);
                    break;
            }

            position += ChunkOverhead + (int)length;
        }

        return "is truncated: its PNG chunks end before the end chunk IEND";
    }

    /// <summary>Says what is wrong with the compressed pixel data.</summary>
    /// <returns>A sentence without its subject and full stop, or <see langword="null"/> if nothing is.</returns>
    internal static string? FindFaultOfPixels(byte[] file, List<Range> pixelData, long pixelBytes, CancellationToken cancellationToken)
    {
        byte[] block = ArrayPool<byte>.Shared.Rent(1 << 16);
        try
        {
            using var inflated = new ZLibStream(new RangesStream(file, pixelData), CompressionMode.Decompress);
            long left = pixelBytes;
            while (left > 0)
            {
                cancellationToken.ThrowIfCancellationRequested();
                int count = inflated.Read(block, 0, (int)Math.Min(left, block.Length));
                if (count == 0)
                {
                    return "is truncated: its PNG pixel data end before the last row";
                }

                left -= count;
            }

            // The checksum is compared at the end of the data, behind the last byte.
            _ = inflated.Read(block, 0, 1);
            return null;
        }
        catch (InvalidDataException)
        {
            return "is corrupt: its compressed PNG pixel data are damaged";
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(block);
        }
    }

    private static bool TryCountBytes(ReadOnlySpan<byte> header, out long count)
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

    /// <summary>Parts of an array, read one after another.</summary>
    private sealed class RangesStream(byte[] file, List<Range> ranges) : Stream
    {
        private int _range;
        private int _offset;

        public override bool CanRead => true;

        public override bool CanSeek => false;

        public override bool CanWrite => false;

        public override long Length => throw new NotSupportedException();

        public override long Position
        {
            get => throw new NotSupportedException();
            set => throw new NotSupportedException();
        }

        public override int Read(Span<byte> buffer)
        {
            while (_range < ranges.Count)
            {
                ReadOnlySpan<byte> left = file.AsSpan(ranges[_range])[_offset..];
                int count = Math.Min(left.Length, buffer.Length);
                if (count > 0 || buffer.IsEmpty)
                {
                    left[..count].CopyTo(buffer);
                    _offset += count;
                    return count;
                }

                _range++;
                _offset = 0;
            }

            return 0;
        }

        public override int Read(byte[] buffer, int offset, int count) => Read(buffer.AsSpan(offset, count));

        public override void Flush()
        {
        }

        public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

        public override void SetLength(long value) => throw new NotSupportedException();

        public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();
    }
}
