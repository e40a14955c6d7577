using ImageRestoration.Imaging;
using ImageRestoration.Photos;

namespace ImageRestoration.ImageSharp;

/// <summary>
/// Reads PNG, JPEG, WebP and TIFF files into image tensors and writes them: <see cref="PhotoFiles"/> with <see cref="ImageSharpCodec"/>.
/// Damaged, truncated and hostile files are refused with an <see cref="ImageFileException"/> that names the file and the remedy; nothing
/// of a picture is dropped in silence.
/// </summary>
/// <remarks>Safe from several threads.</remarks>
public static class ImageFile
{
    private static readonly PhotoFiles _files = new(new ImageSharpCodec());

    /// <summary>Extensions of the files that are read and written, with their dot, in lower case.</summary>
    public static IReadOnlyList<string> Extensions => _files.WriteExtensions;

    /// <summary>Reads a file with <see cref="ImageLoadOptions.Default"/>.</summary>
    /// <param name="path">A PNG or TIFF (8 or 16 bits), JPEG or WebP; the contents decide, not the extension.</param>
    /// <param name="cancellationToken">Stops the work.</param>
    /// <returns>
    /// Shape 1 × channels × height × width with 1 (grey) or 3 (RGB) channels, values in [0, 1] as encoded in the file; the caller
    /// disposes it.
    /// </returns>
    /// <exception cref="ImageFileException">
    /// The file is missing, no image, damaged, truncated, too large or of a kind that would lose values.
    /// </exception>
    public static Task<ImageTensor> LoadAsync(string path, CancellationToken cancellationToken = default)
        => LoadAsync(path, options: null, cancellationToken);

    /// <summary>Reads a file.</summary>
    /// <param name="path">A PNG or TIFF (8 or 16 bits), JPEG or WebP; the contents decide, not the extension.</param>
    /// <param name="options">Limits and orientation; <see cref="ImageLoadOptions.Default"/> where <see langword="null"/>.</param>
    /// <param name="cancellationToken">Stops the work.</param>
    /// <returns>
    /// Shape 1 × channels × height × width with 1 (grey) or 3 (RGB) channels, values in [0, 1] as encoded in the file; the caller
    /// disposes it.
    /// </returns>
    /// <exception cref="ImageFileException">
    /// The file is missing, no image, damaged, truncated, too large or of a kind that would lose values.
    /// </exception>
    public static Task<ImageTensor> LoadAsync(string path, ImageLoadOptions? options, CancellationToken cancellationToken = default)
        => _files.LoadAsync(path, options, cancellationToken);

    /// <summary>Writes a file with <see cref="ImageSaveOptions.Default"/>.</summary>
    /// <param name="image">
    /// One picture of 1 (grey) or 3 (RGB) channels, NCHW, nominal range [0, 1]; values outside are limited to it.
    /// </param>
    /// <param name="path">
    /// Target; its extension says the format: one of <see cref="Extensions"/>. An existing file is replaced, a missing folder is made.
    /// </param>
    /// <param name="cancellationToken">Stops the work; then nothing is written.</param>
    /// <returns>A task that ends when the whole file stands under its name.</returns>
    /// <exception cref="ImageFileException">The extension is unknown, the picture holds NaN, or the file cannot be written.</exception>
    /// <exception cref="TensorShapeException">The tensor holds several pictures, or has neither 1 nor 3 channels.</exception>
    public static Task SaveAsync(ImageTensor image, string path, CancellationToken cancellationToken = default)
        => SaveAsync(image, path, options: null, cancellationToken);

    /// <summary>Writes a file.</summary>
    /// <param name="image">
    /// One picture of 1 (grey) or 3 (RGB) channels, NCHW, nominal range [0, 1]; values outside are limited to it.
    /// </param>
    /// <param name="path">
    /// Target; its extension says the format: one of <see cref="Extensions"/>. An existing file is replaced, a missing folder is made.
    /// </param>
    /// <param name="options">Quality and depth; <see cref="ImageSaveOptions.Default"/> where <see langword="null"/>.</param>
    /// <param name="cancellationToken">Stops the work; then nothing is written.</param>
    /// <returns>A task that ends when the whole file stands under its name.</returns>
    /// <exception cref="ImageFileException">The extension is unknown, the picture holds NaN, or the file cannot be written.</exception>
    /// <exception cref="TensorShapeException">The tensor holds several pictures, or has neither 1 nor 3 channels.</exception>
    public static Task SaveAsync(ImageTensor image, string path, ImageSaveOptions? options, CancellationToken cancellationToken = default)
        => _files.SaveAsync(image, path, options, cancellationToken);
}
