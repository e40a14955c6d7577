using System.Diagnostics;
using ImageRestoration.Restoration;

namespace ImageRestoration.Photos;

/// <content>From stream to stream, and in memory.</content>
public sealed partial class PhotoRestorer
{
    /// <summary>
    /// Reads a photograph from a stream, restores it and writes the result into another one, as from file to file: with the same limits,
    /// refusals and metadata. The output gets nothing unless the whole result is there.
    /// </summary>
    /// <param name="input">A readable stream at the start of a picture, read to its end; it need not seek, and stays open.</param>
    /// <param name="output">A writable stream; it need not seek, and stays open.</param>
    /// <param name="format">The result's format.</param>
    /// <param name="mask">Says which pixels are missing, or <see langword="null"/>.</param>
    /// <param name="options">Settings of the restorer; <see cref="RestorationOptions.Default"/> where <see langword="null"/>.</param>
    /// <param name="cancellationToken">Stops the work; until the result is there, nothing is written.</param>
    /// <returns>Size and times.</returns>
    /// <exception cref="ImageFileException">
    /// The input is no picture, damaged, truncated, too large or of a kind that would lose values, or the format has no room for the
    /// result.
    /// </exception>
    /// <exception cref="TensorShapeException">The mask is of another size than the photograph.</exception>
    /// <exception cref="MaskRequiredException">The restorer needs a mask.</exception>
    /// <exception cref="BackendException">The backend failed.</exception>
    public async Task<PhotoResult> RestoreAsync(
        Stream input,
        Stream output,
        PhotoFormat format,
        PhotoMask? mask = null,
        RestorationOptions? options = null,
        CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(input);
        ArgumentNullException.ThrowIfNull(output);
        ObjectDisposedException.ThrowIf(_disposed, this);
        PhotoFormats.NameOf(format);
        long start = Stopwatch.GetTimestamp();
        _files.Codecs.FindWriter(format, bits: 8, OutputName);
        using DecodedPhoto photo = await _files.Reader.ReadAsync(input, LoadOptions, cancellationToken).ConfigureAwait(false);
        async Task WriteAsync(RestoredPhoto result)
        {
            using MemoryStream file = await EncodeAsync(result, photo, format, cancellationToken).ConfigureAwait(false);
            await file.CopyToAsync(output, cancellationToken).ConfigureAwait(false);
            await output.FlushAsync(cancellationToken).ConfigureAwait(false);
        }

        return await RestoreAsync(photo, format, OutputName, mask, options, WriteAsync, start, cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Restores a photograph in memory, as from file to file: with the same limits, refusals and metadata.</summary>
    /// <param name="file">The contents of a file; not to be changed meanwhile.</param>
    /// <param name="format">The result's format, or <see langword="null"/> for the photograph's own.</param>
    /// <param name="mask">Says which pixels are missing, or <see langword="null"/>.</param>
    /// <param name="options">Settings of the restorer; <see cref="RestorationOptions.Default"/> where <see langword="null"/>.</param>
    /// <param name="cancellationToken">Stops the work.</param>
    /// <returns>The contents of the result's file.</returns>
    /// <exception cref="ImageFileException">
    /// The input is no picture, damaged, truncated, too large or of a kind that would lose values, or the format has no room for the
    /// result.
    /// </exception>
    /// <exception cref="TensorShapeException">The mask is of another size than the photograph.</exception>
    /// <exception cref="MaskRequiredException">The restorer needs a mask.</exception>
    /// <exception cref="BackendException">The backend failed.</exception>
    public async Task<byte[]> RestoreAsync(
        ReadOnlyMemory<byte> file,
        PhotoFormat? format = null,
        PhotoMask? mask = null,
        RestorationOptions? options = null,
        CancellationToken cancellationToken = default)
    {
        const string name = "The file in memory";
        ObjectDisposedException.ThrowIf(_disposed, this);
        long start = Stopwatch.GetTimestamp();
        FileBytes.ThrowIfNoImage(name, file.Span);
        PhotoFormat target = format ?? PhotoFormats.FromSignature(file.Span)!.Value;
        PhotoFormats.NameOf(target);
        _files.Codecs.FindWriter(target, bits: 8, OutputName);
        using DecodedPhoto photo = await _files.Reader.ReadAsync(file, name, LoadOptions, cancellationToken).ConfigureAwait(false);
        byte[] bytes = [];
        async Task WriteAsync(RestoredPhoto result)
        {
            using MemoryStream encoded = await EncodeAsync(result, photo, target, cancellationToken).ConfigureAwait(false);
            bytes = encoded.ToArray();
        }

        await RestoreAsync(photo, target, OutputName, mask, options, WriteAsync, start, cancellationToken).ConfigureAwait(false);
        return bytes;
    }

    private const string OutputName = "the output";

    private Task<MemoryStream> EncodeAsync(
        RestoredPhoto result, DecodedPhoto source, PhotoFormat format, CancellationToken cancellationToken)
        => _files.Writer.EncodeAsync(format, result.Color, result.Alpha, source, SaveOptions, cancellationToken);
}
