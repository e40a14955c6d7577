namespace ImageRestoration.Photos;

/// <summary>Parts of a file in memory, read one after another.</summary>
internal sealed class PiecesStream(ReadOnlyMemory<byte> file, IReadOnlyList<Range> pieces) : ReadOnlyStream
{
    private int _piece;
    private int _offset;

    /// <inheritdoc/>
    public override int Read(Span<byte> buffer)
    {
        while (_piece < pieces.Count)
        {
            ReadOnlySpan<byte> left = file.Span[pieces[_piece]][_offset..];
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
}
