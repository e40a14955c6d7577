using System.Diagnostics;
using ImageRestoration.Masking;
using ImageRestoration.Restoration;

namespace ImageRestoration.ImageSharp;

/// <summary>
/// Restores photographs from file to file with any restorer. A grey picture stays grey: <see cref="GreyRestorer"/> restores it, or the restorer for RGB, which
/// gets its plane three times and whose answers are averaged. A restorer for grey gets the planes of a colour picture one after another.
/// Format and depth of the result are those of the photograph, unless the name of the output or <see cref="SaveOptions"/> say otherwise.
/// </summary>
/// <remarks>As thread-safe as its restorer. Disposing it disposes the restorer, unless that was to be left open.</remarks>
public sealed partial class PhotoRestorer : IDisposable
{
    private readonly IRestorer _restorer;
    private readonly bool _leaveOpen;
    private bool _disposed;

    /// <summary>Creates the restorer of photographs.</summary>
    /// <param name="restorer">Restores pictures of 1 or 3 channels.</param>
    /// <param name="leaveOpen">Whether the restorer stays open when this object is disposed.</param>
    /// <exception cref="TensorShapeException">The restorer takes other pictures than grey or RGB.</exception>
    public PhotoRestorer(IRestorer restorer, bool leaveOpen = false)
    {
        ArgumentNullException.ThrowIfNull(restorer);
        PictureRestoration.ThrowIfUnfit(restorer.Info);
        _restorer = restorer;
        _leaveOpen = leaveOpen;
    }

    /// <summary>
    /// Restores grey pictures, and transparency where <see cref="Alpha"/> says so. A model for grey does better there than one for RGB. It takes a mask if, and only if,
    /// the restorer for RGB does, and is disposed with it.
    /// </summary>
    /// <value>Default <see langword="null"/>: the same restorer as for colours.</value>
    /// <exception cref="TensorShapeException">It takes other pictures than grey or RGB, or only one of both takes a mask.</exception>
    public IRestorer? GreyRestorer
    {
        get;
        init
        {
            if (value is not null)
            {
                PictureRestoration.ThrowIfUnfit(value.Info);
                if (value.Info.TakesMask != _restorer.Info.TakesMask)
                {
                    throw new TensorShapeException($"Of '{_restorer.Info.Name}' for colours and '{value.Info.Name}' for grey, one alone takes a mask. Use restorers of the same task.");
                }
            }

            field = value;
        }
    }

    /// <summary>Limits and orientation of the pictures that are read.</summary>
    /// <value>Default <see cref="ImageLoadOptions.Default"/>.</value>
    public ImageLoadOptions LoadOptions { get; init; } = ImageLoadOptions.Default;

    /// <summary>Quality of the pictures that are written. A PNG or TIFF made of a picture with 16 bits per channel has 16, whatever these say.</summary>
    /// <value>Default <see cref="ImageSaveOptions.Default"/>.</value>
    public ImageSaveOptions SaveOptions { get; init; } = ImageSaveOptions.Default;

    /// <summary>What becomes of transparency.</summary>
    /// <value>Default <see cref="AlphaHandling.Preserve"/>.</value>
    public AlphaHandling Alpha
    {
        get;
        init => field = Enum.IsDefined(value) ? value : throw new ArgumentOutOfRangeException(nameof(value), value, $"{nameof(PhotoRestorer)}.{nameof(Alpha)} is one of {string.Join(", ", Enum.GetNames<AlphaHandling>())}.");
    }

    /// <summary>
    /// Reads a photograph, restores it and writes the result. EXIF, ICC, XMP and IPTC profiles, resolution and PNG texts go along where
    /// the format has a place for them; the picture is turned upright and its EXIF orientation says so.
    /// </summary>
    /// <param name="inputPath">A PNG, JPEG, WebP or TIFF file.</param>
    /// <param name="outputPath">
    /// Another file; its extension says the format: one of <see cref="ImageFile.Extensions"/>. A photograph of 16 bits stays so as PNG or
    /// TIFF, and is rounded to the 8 bits that a JPEG or WebP has. An existing file is replaced, a missing folder is made.
    /// </param>
    /// <param name="options">Settings of the restorer; <see cref="RestorationOptions.Default"/> where <see langword="null"/>.</param>
    /// <param name="cancellationToken">Stops the work; then nothing is written.</param>
    /// <returns>Size and times.</returns>
    /// <exception cref="ImageFileException">A file cannot be read or written, both paths name the same file, or the format of the output has no transparency and the picture has.</exception>
    /// <exception cref="TensorShapeException">The restorer needs a mask.</exception>
    /// <exception cref="BackendException">The backend failed.</exception>
    public Task<PhotoResult> RestoreAsync(string inputPath, string outputPath, RestorationOptions? options = null, CancellationToken cancellationToken = default)
        => RunAsync(inputPath, outputPath, mask: null, options, cancellationToken);

    /// <summary>
    /// Reads a photograph, restores its missing pixels and writes the result. All other pixels stay bit for bit what they were, also in
    /// the file if its format is lossless: PNG, TIFF and, where the photograph has 8 bits, lossless WebP.
    /// </summary>
    /// <param name="inputPath">A PNG, JPEG, WebP or TIFF file.</param>
    /// <param name="outputPath">Another file; its extension says the format, as without a mask.</param>
    /// <param name="mask">Says which pixels are missing.</param>
    /// <param name="options">Settings of the restorer; <see cref="RestorationOptions.Default"/> where <see langword="null"/>.</param>
    /// <param name="cancellationToken">Stops the work; then nothing is written.</param>
    /// <returns>Size and times.</returns>
    /// <exception cref="ImageFileException">A file cannot be read or written, both paths name the same file, or the format of the output has no transparency and the picture has.</exception>
    /// <exception cref="TensorShapeException">The mask is of another size than the photograph.</exception>
    /// <exception cref="BackendException">The backend failed.</exception>
    public Task<PhotoResult> RestoreAsync(string inputPath, string outputPath, PhotoMask mask, RestorationOptions? options = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(mask);
        return RunAsync(inputPath, outputPath, mask, options, cancellationToken);
    }

    /// <summary>Disposes the restorers, unless they were to be left open. A second call does nothing.</summary>
    public void Dispose()
    {
        if (!_disposed)
        {
            _disposed = true;
            if (!_leaveOpen)
            {
                _restorer.Dispose();
                GreyRestorer?.Dispose();
            }
        }
    }

    private async Task<PhotoResult> RunAsync(string inputPath, string outputPath, PhotoMask? mask, RestorationOptions? options, CancellationToken cancellationToken)
    {
        ArgumentException.ThrowIfNullOrEmpty(inputPath);
        ArgumentException.ThrowIfNullOrEmpty(outputPath);
        ObjectDisposedException.ThrowIf(_disposed, this);
        FileFormat format = ImageFileWriter.FormatOf(outputPath);
        if (FileIdentity.AreSame(inputPath, outputPath))
        {
            throw new ImageFileException($"The output '{outputPath}' is the input itself, which would be lost. Give the result another name or folder.");
        }

        long start = Stopwatch.GetTimestamp();
        using DecodedFile input = await ImageFileReader.ReadAsync(inputPath, LoadOptions, cancellationToken).ConfigureAwait(false);
        bool losesAlpha = Alpha == AlphaHandling.Discard || mask is { MakesOpaque: true };
        ImageFileWriter.ThrowIfOpaqueFormat(outputPath, format, losesAlpha ? null : input.Alpha);
        ImageFileWriter.ThrowIfTooLarge(outputPath, format, input.Image);
        Mask? missing = mask is null ? null : await mask.CreateAsync(input, LoadOptions, cancellationToken).ConfigureAwait(false);
        var settings = new PictureSettings(Alpha, mask?.MakesOpaque ?? false, GreyRestorer, options);
        using RestoredPicture result = await PictureRestoration.RestoreAsync(_restorer, input.Image, input.Alpha, missing, settings, cancellationToken).ConfigureAwait(false);
        ImageSaveOptions save = input.Facts.Bits == 16 ? SaveOptions with { BitsPerChannel = 16 } : SaveOptions;
        await ImageFileWriter.WriteAsync(result.Color, result.Alpha, outputPath, input, save, cancellationToken).ConfigureAwait(false);
        return new PhotoResult(result.Color.Width, result.Color.Height, result.ComputeTime, Stopwatch.GetElapsedTime(start));
    }
}
