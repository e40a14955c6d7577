using System.Buffers;
using System.Buffers.Binary;
using System.IO.Compression;
using ImageRestoration.Tiling;

namespace ImageRestoration.Photos;

/// <summary>
/// Writes a PNG row by row, each with the filter that suits it. Blocks of rows are filtered and compressed on all processors, and each
/// becomes a chunk of pixel data: a block ends at a whole byte (zlib's sync flush), so that the blocks behind each other are one stream.
/// </summary>
internal sealed class PngRowSink : RowSink
{
    /// <summary>Bytes of a block before compression: so many that its first bytes, which refer to nothing before, do not count.</summary>
    private const int BlockBytes = 1 << 20;

    // An empty last block of fixed codes (RFC 1951, section 3.2.6).
    private static readonly byte[] _end = [0x03, 0x00];

    private readonly OrderedBlocks<PngBlock> _blocks;
    private readonly PngWriteOptions _options;
    private readonly int _blockRows;
    private readonly int _step;
    private readonly int _metadataWritten;
    private uint _adler = Adler32.Start;
    private bool _started;

    /// <summary>Rows of the block so far, behind the row above them.</summary>
    private byte[] _rows;
    private int _count;

    internal PngRowSink(Stream stream, RowFormat format, PngWriteOptions options, bool leaveOpen)
        : base(stream, format, leaveOpen)
    {
        if (format.Bits == 32)
        {
            throw RowErrors.TooDeep(format, "PNG");
        }

        _options = options;
        _blockRows = Math.Clamp(BlockBytes / Samples.Length, 1, format.Height);
        _step = format.Channels * (format.Bits / 8);
        _rows = Rent();
        _rows.AsSpan(0, Samples.Length).Clear();
        _blocks = new OrderedBlocks<PngBlock>(Write);
        stream.Write(PngChunks.Signature);
        WriteHeader();
        foreach (MetadataChunk chunk in format.Metadata.Where(chunk => chunk.Type != PngMetadata.IptcInRows))
        {
            if (!PngChunks.IsMetadata(chunk.Type))
            {
                throw new ArgumentException(
                    $"Chunk '{chunk.Type}' is no metadata that PNG files are written with. Leave it out.", nameof(format));
            }

            PngChunks.Write(stream, chunk.Type, chunk.Data.Span);
        }

        _metadataWritten = format.Metadata.Count;
    }

    /// <inheritdoc/>
    protected override void WriteRow()
    {
        _count++;
        Samples.CopyTo(_rows, _count * Samples.Length);
        if (_count == _blockRows)
        {
            AddBlock();
        }
    }

    /// <inheritdoc/>
    protected override void Finish()
    {
        if (_count > 0)
        {
            AddBlock();
        }

        _blocks.Finish();
        byte[] tail = [.. _end, 0, 0, 0, 0];
        BinaryPrimitives.WriteUInt32BigEndian(tail.AsSpan(_end.Length), _adler);
        PngChunks.Write(Stream, PngChunks.Data, tail);
        foreach (MetadataChunk chunk in Format.Metadata.Skip(_metadataWritten))
        {
            if (PngChunks.MayFollowPixels(chunk.Type))
            {
                PngChunks.Write(Stream, chunk.Type, chunk.Data.Span);
            }
        }

        PngChunks.Write(Stream, PngChunks.End, default);
        Stream.Flush();
    }

    /// <inheritdoc/>
    protected override void Free() => ArrayPool<byte>.Shared.Return(_rows);

    private byte[] Rent() => ArrayPool<byte>.Shared.Rent(checked((_blockRows + 1) * Samples.Length));

    private void AddBlock()
    {
        (byte[] rows, int count) = (_rows, _count);
        _rows = Rent();
        _count = 0;
        rows.AsSpan(count * Samples.Length, Samples.Length).CopyTo(_rows);
        _blocks.Add(() => Compress(rows, count));
    }

    private PngBlock Compress(byte[] rows, int count)
    {
        int length = Samples.Length;
        byte[] candidates = ArrayPool<byte>.Shared.Rent(checked(PngFilters.Count * (length + 1)));
        var compressed = new PooledStream(count * length / 2);
        uint adler = Adler32.Start;
        using var deflated = new DeflateStream(compressed, _options.ToZLib(), leaveOpen: true);
        for (int y = 0; y < count; y++)
        {
            ReadOnlySpan<byte> previous = rows.AsSpan(y * length, length), row = rows.AsSpan((y + 1) * length, length);
            ReadOnlySpan<byte> filtered = candidates.AsSpan()[PngFilters.Choose(row, previous, _step, candidates)];
            adler = Adler32.Append(adler, filtered);
            deflated.Write(filtered);
        }

        deflated.Flush();
        ArrayPool<byte>.Shared.Return(candidates);
        ArrayPool<byte>.Shared.Return(rows);

        // What closing the stream adds would end the data.
        return new PngBlock(compressed, compressed.Written.Length, adler, (long)count * (length + 1));
    }

    private void Write(PngBlock block)
    {
        // The header of zlib data: Deflate with a window of 32 KiB, and no word on the level.
        ReadOnlySpan<byte> head = _started ? [] : [0x78, 0x01];
        _started = true;
        using PooledStream deflated = block.Deflated;
        PngChunks.Write(Stream, PngChunks.Data, head, deflated.Written.Span[..block.DeflatedLength]);
        _adler = Adler32.Combine(_adler, block.Adler, block.Length);
    }

    private void WriteHeader()
    {
        Span<byte> header = stackalloc byte[PngChunks.HeaderLength];
        header.Clear();
        BinaryPrimitives.WriteInt32BigEndian(header, Format.Width);
        BinaryPrimitives.WriteInt32BigEndian(header[4..], Format.Height);
        header[8] = (byte)Format.Bits;
        header[9] = (byte)(Format.Channels switch
        {
            1 => PngColor.Grey,
            2 => PngColor.GreyAlpha,
            3 => PngColor.Rgb,
            _ => PngColor.Rgba,
        });
        PngChunks.Write(Stream, PngChunks.Header, header);
    }
}
