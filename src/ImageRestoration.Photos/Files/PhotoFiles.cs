using ImageRestoration.Imaging;

namespace ImageRestoration.Photos;

/// <summary>
/// Reads files into image tensors and writes them, through codecs; of several, the first that can do a file is taken. Damaged, truncated
/// and hostile files are refused with an <see cref="ImageFileException"/> that names the file and the remedy; nothing of a picture is
/// dropped in silence.
/// </summary>
/// <remarks>Immutable and safe from several threads.</remarks>
public sealed class PhotoFiles
{
    /// <summary>Creates the reader and writer.</summary>
    /// <param name="codecs">
    /// The codecs, in the order in which they are asked. Without any, PNG is read and written, and TIFF written.
    /// </param>
    public PhotoFiles(params IEnumerable<IPhotoCodec> codecs)
    {
        ArgumentNullException.ThrowIfNull(codecs);
        Codecs = new PhotoCodecs(codecs);
        Reader = new PhotoReader(Codecs);
        Writer = new PhotoWriter(Codecs);
    }

    /// <summary>Extensions of the files that are read, with their dot, in lower case.</summary>
    public IReadOnlyList<string> ReadExtensions => Codecs.ReadExtensions;

    /// <summary>Extensions of the files that are written, with their dot, in lower case.</summary>
    public IReadOnlyList<string> WriteExtensions => Codecs.WriteExtensions;

    internal PhotoCodecs Codecs { get; }

    internal PhotoReader Reader { get; }

    internal PhotoWriter Writer { get; }

    /// <summary>Reads a file.</summary>
    /// <param name="path">A file of a format that the codecs read; the contents decide, not the extension.</param>
    /// <param name="options">Limits and orientation; <see cref="ImageLoadOptions.Default"/> where <see langword="null"/>.</param>
    /// <param name="cancellationToken">Stops the work.</param>
    /// <returns>
    /// Shape 1 × channels × height × width with 1 (grey) or 3 (RGB) channels, values in [0, 1] as encoded in the file; the caller
    /// disposes it.
    /// </returns>
    /// <exception cref="ImageFileException">
    /// The file is missing, no image, damaged, truncated, too large or of a kind that would lose values.
    /// </exception>
    public async Task<ImageTensor> LoadAsync(string path, ImageLoadOptions? options = null, CancellationToken cancellationToken = default)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        options ??= ImageLoadOptions.Default;
        DecodedPhoto photo = await Reader.ReadAsync(path, options, cancellationToken).ConfigureAwait(false);
        if (photo.Alpha is { } alpha)
        {
            alpha.Dispose();
            if (!options.DiscardAlpha)
            {
                photo.Image.Dispose();
                throw PhotoErrors.TransparentPixels($"'{path}'");
            }
        }

        return photo.Image;
    }

    /// <summary>Writes a file.</summary>
    /// <param name="image">
    /// One picture of 1 (grey) or 3 (RGB) channels, NCHW, nominal range [0, 1]; values outside are limited to it.
    /// </param>
    /// <param name="path">
    /// Target; its extension says the format: one of <see cref="WriteExtensions"/>. An existing file is replaced, a missing folder is
    /// made.
    /// </param>
    /// <param name="options">Quality and depth; <see cref="ImageSaveOptions.Default"/> where <see langword="null"/>.</param>
    /// <param name="cancellationToken">Stops the work; then nothing is written.</param>
    /// <returns>A task that ends when the whole file stands under its name.</returns>
    /// <exception cref="ImageFileException">The extension is unknown, the picture holds NaN, or the file cannot be written.</exception>
    /// <exception cref="TensorShapeException">The tensor holds several pictures, or has neither 1 nor 3 channels.</exception>
    public Task SaveAsync(ImageTensor image, string path, ImageSaveOptions? options = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(image);
        ArgumentException.ThrowIfNullOrEmpty(path);
        return Writer.WriteAsync(path, image, alpha: null, source: null, options ?? ImageSaveOptions.Default, cancellationToken);
    }
}
