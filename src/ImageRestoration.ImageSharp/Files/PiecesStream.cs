namespace ImageRestoration.ImageSharp;

/// <summary>Parts of an array, read one after another.</summary>
internal sealed class PiecesStream(byte[] file, IReadOnlyList<Range> pieces) : Stream
{
    private int _piece;
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
        while (_piece < pieces.Count)
        {
            ReadOnlySpan<byte> left = file.AsSpan(pieces[_piece])[_offset..];
            int count = Math.Min(left.Length, buffer.Length);
            if (count > 0 || buffer.IsEmpty)
            {
                left[..count].CopyTo(buffer);
                _offset += count;
                return count;
            }

            _piece++;
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
