using ImageRestoration.Imaging;
using ImageRestoration.Tiling;

namespace ImageRestoration.Photos;

/// <summary>Base of sources that read a stream: checks bands, counts rows.</summary>
internal abstract class RowSource(Stream stream, bool leaveOpen) : IRowSource
{
    private int _row;
    private bool _disposed;

    /// <inheritdoc/>
    public abstract RowFormat Format { get; }

    protected Stream Stream { get; } = stream;

    /// <inheritdoc/>
    public void Read(ImageTensor destination, int row, int count)
    {
        ArgumentNullException.ThrowIfNull(destination);
        ObjectDisposedException.ThrowIf(_disposed, this);
        RowBand.ThrowIfUnfit(destination, row, count, Format, Format.Height - _row);
        for (int i = 0; i < count; i++)
        {
            ReadRow(_row, destination, row + i);
            _row++;
        }

        if (_row == Format.Height && count > 0)
        {
            Finish();
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        if (!_disposed)
        {
            _disposed = true;
            Free();
            if (!leaveOpen)
            {
                Stream.Dispose();
            }
        }
    }

    /// <summary>Reads a row of the picture into a row of a band.</summary>
    protected abstract void ReadRow(int row, ImageTensor destination, int destinationRow);

    /// <summary>Checks what follows the last row.</summary>
    protected virtual void Finish()
    {
    }

    protected virtual void Free()
    {
    }

    /// <summary>Fills a buffer, or says that the file ends before it should.</summary>
    protected static void ReadFully(Stream stream, Span<byte> buffer, string what)
    {
        if (stream.ReadAtLeast(buffer, buffer.Length, throwOnEndOfStream: false) < buffer.Length)
        {
            throw new ImageFileException($"The file is truncated: it ends within {what}. Copy or download it again.");
        }
    }
}
