namespace ImageRestoration.Photos;

/// <summary>A stream whose first byte was looked at and is given again.</summary>
internal sealed class PeekedStream : ReadOnlyStream
{
    private readonly Stream _inner;
    private bool _given;

    internal PeekedStream(Stream inner)
    {
        _inner = inner;
        First = inner.ReadByte();
        _given = First < 0;
    }

    /// <summary>The first byte; below 0 where there is none.</summary>
    internal int First { get; }

    /// <inheritdoc/>
    public override int Read(Span<byte> buffer)
    {
        if (_given || buffer.IsEmpty)
        {
            return _inner.Read(buffer);
        }

        _given = true;
        buffer[0] = (byte)First;
        return 1;
    }

    /// <inheritdoc/>
    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            _inner.Dispose();
        }

        base.Dispose(disposing);
    }
}
