using System.Diagnostics;
using ImageRestoration.Restoration;

namespace ImageRestoration.ImageSharp;

/// <summary>
/// Restores photographs from file to file with any restorer. A grey picture stays grey: a restorer for RGB gets its plane three times and the
/// answers are averaged. A restorer for grey gets the planes of a colour picture one after another.
/// </summary>
/// <remarks>As thread-safe as its restorer. Disposing it disposes the restorer, unless that was to be left open.</remarks>
public sealed class PhotoRestorer : IDisposable
{
    private readonly IRestorer _restorer;
    private readonly bool _leaveOpen;
    private bool _disposed;

    /// <summary>Creates the restorer of photographs.</summary>
    /// <param name="restorer">Restores pictures of 1 or 3 channels without a mask.</param>
    /// <param name="leaveOpen">Whether the restorer stays open when this object is disposed.</param>
    /// <exception cref="TensorShapeException">The restorer takes a mask, or other pictures than grey or RGB.</exception>
    public PhotoRestorer(IRestorer restorer, bool leaveOpen = false)
    {
        ArgumentNullException.ThrowIfNull(restorer);
        if (restorer.Info.Channels is not (1 or 3))
        {
            throw new TensorShapeException($"Restorer '{restorer.Info.Name}' takes pictures of {restorer.Info.Channels} channels; photographs have 1 (grey) or 3 (RGB). Use a restorer for one of these.");
        }

        if (restorer.Info.TakesMask)
        {
            throw new TensorShapeException($"Restorer '{restorer.Info.Name}' fills in missing pixels and needs a mask, which a photograph does not have. Call it with a RestorationRequest that has a mask.");
        }

        _restorer = restorer;
        _leaveOpen = leaveOpen;
    }

    /// <summary>Limits and orientation of the pictures that are read.</summary>
    /// <value>Default <see cref="ImageLoadOptions.Default"/>.</value>
    public ImageLoadOptions LoadOptions { get; init; } = ImageLoadOptions.Default;

    /// <summary>Quality of the pictures that are written. A PNG made of a picture with 16 bits per channel has 16, whatever these say.</summary>
    /// <value>Default <see cref="ImageSaveOptions.Default"/>.</value>
    public ImageSaveOptions SaveOptions { get; init; } = ImageSaveOptions.Default;

    /// <summary>
    /// Reads a photograph, restores it and writes the result. EXIF, ICC and XMP profiles, resolution and PNG texts go along;
    /// the picture is turned upright and its EXIF orientation says so.
    /// </summary>
    /// <param name="inputPath">A PNG or JPEG file.</param>
    /// <param name="outputPath">Another file; its extension says the format: .png, .jpg or .jpeg. An existing file is replaced, a missing folder is made.</param>
    /// <param name="options">Settings of the restorer; <see cref="RestorationOptions.Default"/> where <see langword="null"/>.</param>
    /// <param name="cancellationToken">Stops the work; then nothing is written.</param>
    /// <returns>Size and times.</returns>
    /// <exception cref="ImageFileException">A file cannot be read or written, or both paths name the same file.</exception>
    /// <exception cref="BackendException">The backend failed.</exception>
    public async Task<PhotoResult> RestoreAsync(string inputPath, string outputPath, RestorationOptions? options = null, CancellationToken cancellationToken = default)
    {
        ArgumentException.ThrowIfNullOrEmpty(inputPath);
        ArgumentException.ThrowIfNullOrEmpty(outputPath);
        ObjectDisposedException.ThrowIf(_disposed, this);
        ImageFileWriter.ThrowIfUnknown(outputPath);
        if (FileIdentity.AreSame(inputPath, outputPath))
        {
            throw new ImageFileException($"The output '{outputPath}' is the input itself, which would be lost. Give the result another name or folder.");
        }

        long start = Stopwatch.GetTimestamp();
        using DecodedFile input = await ImageFileReader.ReadAsync(inputPath, LoadOptions, cancellationToken).ConfigureAwait(false);
        using RestorationResult result = await ChannelAdapter.RestoreAsync(_restorer, input.Image, options, cancellationToken).ConfigureAwait(false);
        ImageSaveOptions save = input.BitsPerChannel == 16 ? SaveOptions with { PngBitsPerChannel = 16 } : SaveOptions;
        await ImageFileWriter.WriteAsync(result.Image, outputPath, input.Metadata, save, cancellationToken).ConfigureAwait(false);
        return new PhotoResult(result.Image.Width, result.Image.Height, result.ComputeTime, Stopwatch.GetElapsedTime(start));
    }

    /// <summary>Disposes the restorer, unless it was to be left open. A second call does nothing.</summary>
    public void Dispose()
    {
        if (!_disposed)
        {
            _disposed = true;
            if (!_leaveOpen)
            {
                _restorer.Dispose();
            }
        }
    }
}
