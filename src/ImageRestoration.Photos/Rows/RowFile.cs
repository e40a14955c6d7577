using ImageRestoration.IO;
using ImageRestoration.Tiling;

namespace ImageRestoration.Photos;

/// <summary>Opens and writes picture files row by row: PNG (not interlaced) and binary portable graymaps and pixmaps (P5, P6), 8 or 16
/// bits; TIFF is written, and read through a codec.</summary>
/// <remarks>Safe from several threads; sources and sinks are not.</remarks>
public static class RowFile
{
    private const int BufferSize = 1 << 16;

    /// <summary>Extensions of the files that are written, with their dot, in lower case.</summary>
    public static IReadOnlyList<string> Extensions { get; } = [".png", ".tif", ".tiff", ".ppm", ".pgm", ".pnm"];

    /// <summary>Opens a file by what needs no codec, or else by a codec.</summary>
    /// <param name="path">The file; the contents decide, not the extension.</param>
    /// <param name="codec">Reads the formats that its <see cref="IPhotoCodec.Formats"/> say to be read row by row.</param>
    /// <param name="options">Bounds; the defaults where <see langword="null"/>.</param>
    /// <returns>The source of its rows; the caller disposes it.</returns>
    /// <exception cref="ImageFileException">
    /// The file is missing, of another format, damaged, over a bound, interlaced or animated.
    /// </exception>
    public static IRowSource Open(string path, IPhotoCodec codec, RowSourceOptions? options = null)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        ArgumentNullException.ThrowIfNull(codec);
        PhotoFormat? format;
        using (FileStream file = OpenFile(path))
        {
            Span<byte> start = stackalloc byte[PhotoFormats.SignatureLength];
            format = PhotoFormats.FromSignature(start[..file.ReadAtLeast(start, start.Length, throwOnEndOfStream: false)]);
        }

        if (format is null or PhotoFormat.Png || !codec.Formats.Any(known => known.Format == format && known.ReadsRows))
        {
            return Open(path, options);
        }

        try
        {
            return new NamedRowSource(codec.OpenRows(path, options ?? new RowSourceOptions()), path);
        }
        catch (ImageFileException e)
        {
            throw new ImageFileException($"'{path}': {e.Message}", e);
        }
    }

    /// <summary>Opens a file.</summary>
    /// <param name="path">
    /// A PNG (8 or 16 bits; fewer are read exactly, palettes as RGB) or P5/P6; the contents decide, not the extension.
    /// </param>
    /// <param name="options">Bounds; the defaults where <see langword="null"/>.</param>
    /// <returns>The source of its rows; the caller disposes it.</returns>
    /// <exception cref="ImageFileException">
    /// The file is missing, of another format, damaged, over a bound, interlaced or animated.
    /// </exception>
    public static IRowSource Open(string path, RowSourceOptions? options = null)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        FileStream file = OpenFile(path);
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
    /// <param name="stream">
    /// A readable stream at the start of a PNG or P5/P6. It need not be seekable; one without a buffer of its own is slow.
    /// </param>
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
            _ => throw RowErrors.NoRows(),
        };
    }

    /// <summary>Writes a file, which appears complete under its name or not at all.</summary>
    /// <param name="path">
    /// Target; its extension says the format: one of <see cref="Extensions"/>. An existing file is replaced, a missing folder is made.
    /// </param>
    /// <param name="format">What is written.</param>
    /// <param name="write">
    /// Writes all rows into the sink; when it throws, the target stays as it was. The picture is completed after it.
    /// </param>
    /// <param name="options">Compression of PNG; the defaults where <see langword="null"/>.</param>
    /// <returns>A task that ends when the file stands under its name.</returns>
    /// <exception cref="ImageFileException">
    /// The extension is unknown, the format cannot store the picture, or a value is not a number.
    /// </exception>
    public static Task WriteAsync(string path, RowFormat format, Func<IRowSink, Task> write, PngWriteOptions? options = null)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        ArgumentNullException.ThrowIfNull(format);
        ArgumentNullException.ThrowIfNull(write);
        string extension = Path.GetExtension(path).ToLowerInvariant();
        if (!Extensions.Contains(extension, StringComparer.Ordinal))
        {
            throw RowErrors.NoRowFormat(path, Extensions);
        }

        return AtomicFile.WriteAsync(path, async stream =>
        {
            using IRowSink sink = extension switch
            {
                ".png" => CreatePng(stream, format, options, leaveOpen: true),
                ".tif" or ".tiff" => CreateTiff(stream, format, leaveOpen: true),
                _ => CreatePnm(stream, format, leaveOpen: true),
            };
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

    /// <summary>Writes a TIFF into a stream; a BigTIFF where the picture has more than 4,000,000,000 bytes.</summary>
    /// <param name="stream">A writable stream at its start that can seek: the directory stands behind the pixels.</param>
    /// <param name="format">What is written. Grey with alpha becomes RGB with alpha.</param>
    /// <param name="leaveOpen">Whether the stream stays open when the sink is disposed.</param>
    /// <returns>The sink; the caller writes all rows, completes and disposes it.</returns>
    /// <exception cref="ArgumentException">The stream cannot seek.</exception>
    public static IRowSink CreateTiff(Stream stream, RowFormat format, bool leaveOpen = false)
    {
        ArgumentNullException.ThrowIfNull(stream);
        ArgumentNullException.ThrowIfNull(format);
        return stream.CanSeek
            ? new TiffRowSink(stream, format, leaveOpen)
            : throw new ArgumentException("The stream cannot seek, and a TIFF is completed at its start. "
                + "Write into a file or into memory.", nameof(stream));
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

    private static FileStream OpenFile(string path)
    {
        try
        {
            return new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.Read, BufferSize, FileOptions.SequentialScan);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new ImageFileException($"'{path}' cannot be opened: {e.Message}", e);
        }
    }
}
