using ImageRestoration.Imaging;

namespace ImageRestoration.Tiling;

/// <summary>Gives a picture's rows from top to bottom, a band at a time, so that it need not fit into memory.</summary>
/// <remarks>Not safe for use from several threads. Dispose it.</remarks>
public interface IRowSource : IDisposable
{
    /// <summary>Size, channels, depth and metadata.</summary>
    RowFormat Format { get; }

    /// <summary>Reads the next rows.</summary>
    /// <param name="destination">
    /// One picture, NCHW, as wide as the source and with its channels (alpha last), that the rows are written into; values in [0, 1], in
    /// the file's own encoding.
    /// </param>
    /// <param name="row">First row of <paramref name="destination"/> to write, from 0.</param>
    /// <param name="count">Number of rows.</param>
    /// <exception cref="TensorShapeException">The destination does not fit, or fewer rows are left.</exception>
    /// <exception cref="ImageFileException">The file is damaged or truncated.</exception>
    void Read(ImageTensor destination, int row, int count);
}
