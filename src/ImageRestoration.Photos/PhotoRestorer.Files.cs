using System.Diagnostics;
using ImageRestoration.Restoration;

namespace ImageRestoration.Photos;

/// <content>From file to file.</content>
public sealed partial class PhotoRestorer
{
    /// <summary>
    /// Reads a photograph, restores it and writes the result. EXIF, ICC, XMP and IPTC profiles, resolution and PNG texts go along where
    /// the format has a place for them; the picture is turned upright and its EXIF orientation says so.
    /// </summary>
    /// <param name="inputPath">A file that the codecs read; the contents decide, not the extension.</param>
    /// <param name="outputPath">
    /// Another file; its extension says the format: one of <see cref="PhotoFiles.WriteExtensions"/>. The depth of the photograph stays
    /// where that format has it, and is rounded to the 8 bits of a JPEG or WebP. An existing file is replaced, a missing folder is made.
    /// </param>
    /// <param name="options">Settings of the restorer; <see cref="RestorationOptions.Default"/> where <see langword="null"/>.</param>
    /// <param name="cancellationToken">Stops the work; then nothing is written.</param>
    /// <returns>Size and times.</returns>
    /// <exception cref="ImageFileException">
    /// A file cannot be read or written, both paths name the same file, or the format of the output has no transparency and the picture
    /// has.
    /// </exception>
    /// <exception cref="MaskRequiredException">The restorer needs a mask.</exception>
    /// <exception cref="BackendException">The backend failed.</exception>
    public Task<PhotoResult> RestoreAsync(
        string inputPath, string outputPath, RestorationOptions? options = null, CancellationToken cancellationToken = default)
        => RunAsync(inputPath, outputPath, mask: null, options, cancellationToken);

    /// <summary>
    /// Reads a photograph, restores its missing pixels and writes the result. All other pixels stay bit for bit what they were, also in
    /// the file if its format is lossless: PNG, TIFF and, where the photograph has 8 bits, lossless WebP.
    /// </summary>
    /// <param name="inputPath">A file that the codecs read; the contents decide, not the extension.</param>
    /// <param name="outputPath">Another file; its extension says the format, as without a mask.</param>
    /// <param name="mask">Says which pixels are missing.</param>
    /// <param name="options">Settings of the restorer; <see cref="RestorationOptions.Default"/> where <see langword="null"/>.</param>
    /// <param name="cancellationToken">Stops the work; then nothing is written.</param>
    /// <returns>Size and times.</returns>
    /// <exception cref="ImageFileException">
    /// A file cannot be read or written, both paths name the same file, or the format of the output has no transparency and the picture
    /// has.
    /// </exception>
    /// <exception cref="TensorShapeException">The mask is of another size than the photograph.</exception>
    /// <exception cref="BackendException">The backend failed.</exception>
    public Task<PhotoResult> RestoreAsync(
        string inputPath,
        string outputPath,
        PhotoMask mask,
        RestorationOptions? options = null,
        CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(mask);
        return RunAsync(inputPath, outputPath, mask, options, cancellationToken);
    }

    private async Task<PhotoResult> RunAsync(
        string inputPath, string outputPath, PhotoMask? mask, RestorationOptions? options, CancellationToken cancellationToken)
    {
        ArgumentException.ThrowIfNullOrEmpty(inputPath);
        ArgumentException.ThrowIfNullOrEmpty(outputPath);
        ObjectDisposedException.ThrowIf(_disposed, this);
        PhotoFormat format = _files.Writer.FormatOf(outputPath);
        if (FileIdentity.AreSame(inputPath, outputPath))
        {
            throw PhotoErrors.SameFile(outputPath);
        }

        long start = Stopwatch.GetTimestamp();
        using DecodedPhoto input = await _files.Reader.ReadAsync(inputPath, LoadOptions, cancellationToken).ConfigureAwait(false);
        Task WriteAsync(RestoredPhoto result)
            => _files.Writer.WriteAsync(outputPath, result.Color, result.Alpha, input, SaveOptions, cancellationToken);
        return await RestoreAsync(
            input, format, $"'{outputPath}'", mask, options, WriteAsync, start, cancellationToken).ConfigureAwait(false);
    }
}
