using ImageRestoration.IO;

namespace ImageRestoration.Tiling;

/// <summary>Opens and writes picture files row by row: PNG (not interlaced) and binary portable graymaps and pixmaps (P5, P6), 8 or 16 bits.</summary>
/// <remarks>Safe from several threads; sources and sinks are not.</remarks>
public static class RowFile
{
    private const int BufferSize = 1 << 16;

    /// <summary>Extensions of the files that are written, with their dot, in lower case.</summary>
    public static IReadOnlyList<string> Extensions { get; } = [".png", ".ppm", ".pgm", ".pnm"];

    /// <summary>Opens a file.</summary>
    /// <param name="path">A PNG (8 or 16 bits; fewer are read exactly, palettes as RGB) or P5/P6; the contents decide, not the extension.</param>
    /// <param name="options">Bounds; the defaults where <see langword="null"/>.</param>
    /// <returns>The source of its rows; the caller disposes it.</returns>
    /// <exception cref="ImageFileException">The file is missing, of another format, damaged, over a bound, interlaced or animated.</exception>
    public static IRowSource Open(string path, RowSourceOptions? options = null)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        FileStream file;
        try
        {
            file = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.Read, BufferSize, FileOptions.SequentialScan);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new ImageFileException($"'{path}' cannot be opened: {e.Message}", e);
        }

        try
        {
            return new NamedRowSource(Open(file, options), path);
        }
        catch (ImageFileException e)
        {
            file.Dispose();
            throw new ImageFileException($"'{path}': {e.Message}", e);
        }
        catch
        {
            file.Dispose();
            throw;
        }
    }

    /// <summary>Opens a picture in a stream.</summary>
    /// <param name="stream">A readable stream at the start of a PNG or P5/P6. It need not be seekable; one without a buffer of its own is slow.</param>
    /// <param name="options">Bounds; the defaults where <see langword="null"/>.</param>
    /// <param name="leaveOpen">Whether the stream stays open when the source is disposed.</param>
    /// <returns>The source of its rows; the caller disposes it.</returns>
    /// <exception cref="ImageFileException">The contents are of another format, damaged, over a bound, interlaced or animated.</exception>
    public static IRowSource Open(Stream stream, RowSourceOptions? options = null, bool leaveOpen = false)
    {
        ArgumentNullException.ThrowIfNull(stream);
        options ??= new RowSourceOptions();
        var peeked = new PeekedStream(stream);
        return peeked.First switch
        {
            PngChunks.FirstByte => new PngRowSource(peeked, options, leaveOpen),
            'P' => new PnmRowSource(peeked, options, leaveOpen),
            _ => throw new ImageFileException("The file is neither a PNG nor a binary portable graymap or pixmap (P5, P6), the formats that are read row by row. Load it whole with another reader, such as ImageFile of ImageRestoration.ImageSharp."),
        };
    }

    /// <summary>Writes a file, which appears complete under its name or not at all.</summary>
    /// <param name="path">Target; its extension says the format: .png, .ppm, .pgm or .pnm. An existing file is replaced, a missing folder is made.</param>
    /// <param name="format">What is written.</param>
    /// <param name="write">Writes all rows into the sink; when it throws, the target stays as it was. The picture is completed after it.</param>
    /// <param name="options">Compression of PNG; the defaults where <see langword="null"/>.</param>
    /// <returns>A task that ends when the file stands under its name.</returns>
    /// <exception cref="ImageFileException">The extension is unknown, the format cannot store the picture, or a value is not a number.</exception>
    public static Task WriteAsync(string path, RowFormat format, Func<IRowSink, Task> write, PngWriteOptions? options = null)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        ArgumentNullException.ThrowIfNull(format);
        ArgumentNullException.ThrowIfNull(write);
        string extension = Path.GetExtension(path).ToLowerInvariant();
        if (!Extensions.Contains(extension, StringComparer.Ordinal))
        {
            throw new ImageFileException($"'{path}' has the extension '{extension}'; files are written row by row as {string.Join(", ", Extensions)}.");
        }

        return AtomicFile.WriteAsync(path, async stream =>
        {
            using IRowSink sink = extension == ".png" ? CreatePng(stream, format, options, leaveOpen: true) : CreatePnm(stream, format, leaveOpen: true);
            await write(sink).ConfigureAwait(false);
            sink.Complete();
        });
    }

    /// <summary>Writes a PNG into a stream.</summary>
    /// <param name="stream">A writable stream.</param>
    /// <param name="format">What is written.</param>
    /// <param name="options">Compression; the defaults where <see langword="null"/>.</param>
    /// <param name="leaveOpen">Whether the stream stays open when the sink is disposed.</param>
    /// <returns>The sink; the caller writes all rows, completes and disposes it.</returns>
    public static IRowSink CreatePng(Stream stream, RowFormat format, PngWriteOptions? options = null, bool leaveOpen = false)
    {
        ArgumentNullException.ThrowIfNull(stream);
        ArgumentNullException.ThrowIfNull(format);
        return new PngRowSink(stream, format, options ?? new PngWriteOptions(), leaveOpen);
    }

    /// <summary>Writes a binary portable graymap (P5) or pixmap (P6) into a stream.</summary>
    /// <param name="stream">A writable stream.</param>
    /// <param name="format">What is written; without alpha. Metadata have no place in this format.</param>
    /// <param name="leaveOpen">Whether the stream stays open when the sink is disposed.</param>
    /// <returns>The sink; the caller writes all rows, completes and disposes it.</returns>
    /// <exception cref="ImageFileException">The picture has alpha.</exception>
    public static IRowSink CreatePnm(Stream stream, RowFormat format, bool leaveOpen = false)
    {
        ArgumentNullException.ThrowIfNull(stream);
        ArgumentNullException.ThrowIfNull(format);
        return new PnmRowSink(stream, format, leaveOpen);
    }
}
