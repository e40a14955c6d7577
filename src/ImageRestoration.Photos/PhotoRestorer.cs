using System.Diagnostics;
using ImageRestoration.Masking;
using ImageRestoration.Restoration;

namespace ImageRestoration.Photos;

/// <summary>
/// Restores photographs from file to file, stream to stream or folder to folder, with any restorer. A grey picture stays grey: a restorer
/// for RGB gets its plane three times, and its answers are averaged; a <see cref="GreyRoutingRestorer"/>, such as that of a pretrained
/// model, gives it to its restorer for grey. A restorer for grey gets the planes of a colour picture one after another. Format and depth of
/// the result are those of the photograph, unless the name of the output or <see cref="SaveOptions"/> say otherwise.
/// </summary>
/// <remarks>As thread-safe as its restorer. Disposing it disposes the restorer, unless that was to be left open.</remarks>
public sealed partial class PhotoRestorer : IDisposable
{
    private readonly IRestorer _restorer;
    private readonly PhotoFiles _files;
    private readonly bool _leaveOpen;
    private bool _disposed;

    /// <summary>Creates the restorer of photographs.</summary>
    /// <param name="restorer">Restores pictures of 1 or 3 channels.</param>
    /// <param name="codec">Decodes and encodes files, such as <c>new ImageSharpCodec()</c>.</param>
    /// <param name="leaveOpen">Whether the restorer stays open when this object is disposed.</param>
    /// <exception cref="TensorShapeException">The restorer takes other pictures than grey or RGB.</exception>
    public PhotoRestorer(IRestorer restorer, IPhotoCodec codec, bool leaveOpen = false)
        : this(restorer, new PhotoFiles(codec), leaveOpen)
    {
    }

    /// <summary>Creates the restorer of photographs with several codecs, or none.</summary>
    /// <param name="restorer">Restores pictures of 1 or 3 channels.</param>
    /// <param name="files">Decodes and encodes files.</param>
    /// <param name="leaveOpen">Whether the restorer stays open when this object is disposed.</param>
    /// <exception cref="TensorShapeException">The restorer takes other pictures than grey or RGB.</exception>
    public PhotoRestorer(IRestorer restorer, PhotoFiles files, bool leaveOpen = false)
    {
        ArgumentNullException.ThrowIfNull(restorer);
        ArgumentNullException.ThrowIfNull(files);
        PhotoRestoration.ThrowIfUnfit(restorer.Info, hasMask: true);
        _restorer = restorer;
        _files = files;
        _leaveOpen = leaveOpen;
    }

    /// <summary>Limits and orientation of the pictures that are read.</summary>
    /// <value>Default <see cref="ImageLoadOptions.Default"/>.</value>
    public ImageLoadOptions LoadOptions { get; init; } = ImageLoadOptions.Default;

    /// <summary>
    /// Quality of the pictures that are written. A result has at least the photograph's depth where its format has it, whatever these
    /// say.
    /// </summary>
    /// <value>Default <see cref="ImageSaveOptions.Default"/>.</value>
    public ImageSaveOptions SaveOptions { get; init; } = ImageSaveOptions.Default;

    /// <summary>What becomes of transparency.</summary>
    /// <value>Default <see cref="AlphaHandling.Preserve"/>.</value>
    public AlphaHandling Alpha
    {
        get;
        init => field = Enum.IsDefined(value)
            ? value
            : throw new ArgumentOutOfRangeException(
                nameof(value), value, $"{nameof(PhotoRestorer)}.{nameof(Alpha)} is one of "
                    + $"{string.Join(", ", Enum.GetNames<AlphaHandling>())}.");
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

    /// <summary>Restores a decoded picture and hands the result on, with what the source said beside the pixels.</summary>
    private async Task<PhotoResult> RestoreAsync(
        DecodedPhoto input,
        PhotoFormat format,
        string outputName,
        PhotoMask? mask,
        RestorationOptions? options,
        Func<RestoredPhoto, Task> writeAsync,
        long start,
        CancellationToken cancellationToken)
    {
        bool losesAlpha = Alpha == AlphaHandling.Discard || mask is { MakesOpaque: true };
        PhotoWriter.ThrowIfUnfit(outputName, format, input.Image, losesAlpha ? null : input.Alpha);
        Mask? missing = mask is null ? null : await mask.CreateAsync(input, _files, LoadOptions, cancellationToken).ConfigureAwait(false);
        var settings = new PhotoSettings(Alpha, mask?.MakesOpaque ?? false, options);
        using RestoredPhoto result = await PhotoRestoration
            .RestoreAsync(_restorer, input.Image, input.Alpha, missing, settings, cancellationToken).ConfigureAwait(false);
        await writeAsync(result).ConfigureAwait(false);
        return new PhotoResult(result.Color.Width, result.Color.Height, result.ComputeTime, Stopwatch.GetElapsedTime(start));
    }
}
