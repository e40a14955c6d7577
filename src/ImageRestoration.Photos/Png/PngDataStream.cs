namespace ImageRestoration.Photos;

/// <summary>
/// The contents of consecutive IDAT chunks as one stream. Ends at the first chunk of another type, which is then the current one.
/// </summary>
internal sealed class PngDataStream(PngChunkReader chunks) : ReadOnlyStream
{
    private bool _ended;

    /// <inheritdoc/>
    public override int Read(Span<byte> buffer)
    {
        while (!_ended && chunks.Left == 0)
        {
            chunks.Next();
            _ended = chunks.Type != PngChunks.Data;
        }

        return _ended ? 0 : chunks.Read(buffer);
    }

    /// <summary>Goes on to the chunk behind the data.</summary>
    internal void SkipToEnd()
    {
        while (!_ended)
        {
            chunks.Skip();
            chunks.Next();
            _ended = chunks.Type != PngChunks.Data;
        }
    }
}
