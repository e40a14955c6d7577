using ImageRestoration.Imaging;

namespace ImageRestoration.Tiling;

/// <summary>Takes a picture's rows from top to bottom, a band at a time.</summary>
/// <remarks>Not safe for use from several threads. Dispose it; without <see cref="Complete"/> the picture is not whole.</remarks>
public interface IRowSink : IDisposable
{
    /// <summary>Size, channels, depth and metadata.</summary>
    RowFormat Format { get; }

    /// <summary>Writes the next rows.</summary>
    /// <param name="source">
    /// One picture, NCHW, as wide as the sink and with its channels (alpha last); values are limited to [0, 1] and rounded to the depth.
    /// </param>
    /// <param name="row">First row of <paramref name="source"/> to take, from 0.</param>
    /// <param name="count">Number of rows.</param>
    /// <exception cref="TensorShapeException">The source does not fit, or more rows are given than the picture has.</exception>
    /// <exception cref="ImageFileException">A value is not a number.</exception>
    void Write(ImageTensor source, int row, int count);

    /// <summary>Ends the picture after its last row.</summary>
    /// <exception cref="InvalidOperationException">Rows are missing.</exception>
    void Complete();
}
