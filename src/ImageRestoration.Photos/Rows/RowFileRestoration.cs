using ImageRestoration.Restoration;
using ImageRestoration.Tiling;

namespace ImageRestoration.Photos;

/// <summary>Restores files row by row.</summary>
public static class RowFileRestoration
{
    /// <summary>
    /// Restores a file into another, which appears complete under its name or not at all. Pixels are restored as they are stored;
    /// profiles, EXIF and XMP go along where the format has a place for them, and the orientation that they say stays.
    /// </summary>
    /// <param name="restorer">Restores rows.</param>
    /// <param name="input">A PNG (not interlaced) or P5/P6 file, or one that the codec reads row by row.</param>
    /// <param name="output">Target: .png, .tif, .tiff, .ppm, .pgm or .pnm, of the input's depth.</param>
    /// <param name="mask">A file as large as the input, grey, in which missing pixels are white, or <see langword="null"/>.</param>
    /// <param name="codec">Reads formats beside PNG and P5/P6, or <see langword="null"/>.</param>
    /// <param name="options">Settings of each call to the restorer; the defaults where <see langword="null"/>.</param>
    /// <param name="cancellationToken">Stops the work between tiles; then nothing is written.</param>
    /// <returns>Time spent in the restorer inside.</returns>
    /// <exception cref="ImageFileException">
    /// A file is missing, damaged, of a format that is not read row by row, or cannot store the result.
    /// </exception>
    /// <exception cref="TensorShapeException">
    /// The picture does not have the channels that the restorer takes, or a mask is missing or of another size.
    /// </exception>
    public static async Task<TimeSpan> RestoreFileAsync(
        this RowRestorer restorer,
        string input,
        string output,
        string? mask = null,
        IPhotoCodec? codec = null,
        RestorationOptions? options = null,
        CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(restorer);
        using IRowSource source = Open(input, codec);
        using IRowSource? maskSource = mask is null ? null : Open(mask, codec);
        TimeSpan time = TimeSpan.Zero;
        async Task RestoreAsync(IRowSink sink)
            => time = await restorer.RestoreAsync(source, sink, maskSource, options, cancellationToken).ConfigureAwait(false);
        await RowFile.WriteAsync(output, source.Format, RestoreAsync).ConfigureAwait(false);
        return time;
    }

    private static IRowSource Open(string path, IPhotoCodec? codec) => codec is null ? RowFile.Open(path) : RowFile.Open(path, codec);
}
