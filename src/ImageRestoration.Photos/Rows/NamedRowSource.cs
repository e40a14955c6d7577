using ImageRestoration.Imaging;
using ImageRestoration.Tiling;

namespace ImageRestoration.Photos;

/// <summary>Puts a file's name into errors.</summary>
internal sealed class NamedRowSource(IRowSource inner, string path) : IRowSource
{
    /// <inheritdoc/>
    public RowFormat Format => inner.Format;

    /// <inheritdoc/>
    public void Read(ImageTensor destination, int row, int count)
    {
        try
        {
            inner.Read(destination, row, count);
        }
        catch (ImageFileException e)
        {
            throw new ImageFileException($"'{path}': {e.Message}", e);
        }
    }

    /// <inheritdoc/>
    public void Dispose() => inner.Dispose();
}
