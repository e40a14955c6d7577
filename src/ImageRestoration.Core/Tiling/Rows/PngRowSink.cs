using System.Buffers.Binary;
using System.IO.Compression;

namespace ImageRestoration.Tiling;

/// <summary>Writes a PNG row by row, each with the filter that suits it.</summary>
internal sealed class PngRowSink : RowSink
{
    /// <summary>Bytes of a chunk of pixel data.</summary>
    private const int ChunkSize = 1 << 18;

    private readonly ZLibStream _deflated;
    private readonly byte[] _previous;
    private readonly byte[] _candidates;
    private readonly int _step;
    private readonly int _metadataWritten;

    internal PngRowSink(Stream stream, RowFormat format, PngWriteOptions options, bool leaveOpen)
        : base(stream, format, leaveOpen)
    {
        _previous = new byte[Samples.Length];
        _candidates = new byte[checked(PngFilters.Count * (Samples.Length + 1))];
        _step = format.Channels * (format.Bits / 8);
        stream.Write(PngChunks.Signature);
        WriteHeader();
        foreach (MetadataChunk chunk in format.Metadata)
        {
            if (!PngChunks.IsMetadata(chunk.Type))
            {
                throw new ArgumentException($"Chunk '{chunk.Type}' is no metadata that PNG files are written with. Leave it out.", nameof(format));
            }

            PngChunks.Write(stream, chunk.Type, chunk.Data.Span);
        }

        _metadataWritten = format.Metadata.Count;
        _deflated = new ZLibStream(new BufferedStream(new PngDataWriter(stream), ChunkSize), options.Compression);
    }

    /// <inheritdoc/>
    protected override void WriteRow()
    {
        _deflated.Write(_candidates.AsSpan()[PngFilters.Choose(Samples, _previous, _step, _candidates)]);
        Samples.CopyTo(_previous, 0);
    }

    /// <inheritdoc/>
    protected override void Finish()
    {
        _deflated.Dispose();
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
    protected override void Free() => _deflated.Dispose();

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

    /// <summary>Makes a chunk of pixel data of all that is written at once.</summary>
    private sealed class PngDataWriter(Stream inner) : Stream
    {
        public override bool CanRead => false;

        public override bool CanSeek => false;

        public override bool CanWrite => true;

        public override long Length => throw new NotSupportedException();

        public override long Position
        {
            get => throw new NotSupportedException();
            set => throw new NotSupportedException();
        }

        public override void Write(ReadOnlySpan<byte> buffer)
        {
            if (!buffer.IsEmpty)
            {
                PngChunks.Write(inner, PngChunks.Data, buffer);
            }
        }

        public override void Write(byte[] buffer, int offset, int count) => Write(buffer.AsSpan(offset, count));

        public override void Flush()
        {
        }

        public override int Read(byte[] buffer, int offset, int count) => throw new NotSupportedException();

        public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

        public override void SetLength(long value) => throw new NotSupportedException();
    }
}
