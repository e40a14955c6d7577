using ImageRestoration.Restoration;

namespace ImageRestoration.Tiling;

/// <summary>
/// Restores pictures that need not fit into memory: rows are read, restored in tiles and written from top to bottom. Two bands of the
/// picture's width and a tile's height are held, beside what the restorer takes for its tiles. The result is that of
/// <see cref="TiledRestorer"/>.
/// </summary>
/// <remarks>
/// Alpha is passed on unchanged. Pictures are restored as they are stored: an orientation in their EXIF data stays there.
/// <c>ImageRestoration.Photos</c> has sources and sinks for files. As thread-safe as the restorer inside; each call needs a source and a
/// sink of its own.
/// </remarks>
public sealed class RowRestorer : IDisposable
{
    private readonly IRestorer _inner;
    private readonly TilingOptions _options;
    private readonly TileGeometry _geometry;
    private readonly bool _leaveOpen;
    private bool _disposed;

    /// <summary>Puts restoration row by row around a restorer.</summary>
    /// <param name="inner">The restorer that is given the tiles.</param>
    /// <param name="options">Settings; <see cref="TilingOptions.Default"/> where <see langword="null"/>.</param>
    /// <param name="leaveOpen">Whether <paramref name="inner"/> stays open when this restorer is disposed.</param>
    /// <exception cref="ArgumentException">The options are wrong, tiles too small, or never exact with this restorer.</exception>
    public RowRestorer(IRestorer inner, TilingOptions? options = null, bool leaveOpen = false)
    {
        ArgumentNullException.ThrowIfNull(inner);
        if (!RestorationPipeline.IsLocal(inner.Info))
        {
            string what = inner.Info.NormalizesExposure ? "takes the exposure" : $"fills missing pixels ({inner.Info.Fill})";
            throw new ArgumentException($"Restorer '{inner.Info.Name}' {what} from the whole picture, "
                + "which is never there at once when files are restored row by row. "
                + $"Load the picture and use {nameof(TiledRestorer)}.", nameof(inner));
        }

        _inner = inner;
        _options = TilingOptions.Validated(options, nameof(options));
        _geometry = TileGeometry.Create(inner.Info, _options, nameof(options));
        _leaveOpen = leaveOpen;
    }

    /// <summary>Task, channels, backend and device of the restorer inside.</summary>
    public RestorerInfo Info => _inner.Info;

    /// <summary>Restores rows.</summary>
    /// <param name="source">The picture, at its first row.</param>
    /// <param name="sink">Takes the result; of the source's size and channels. It is neither completed nor disposed.</param>
    /// <param name="mask">Missing pixels: one channel, at least 0.5 where missing; or <see langword="null"/> where none is.</param>
    /// <param name="options">Settings of each call to the restorer; the defaults where <see langword="null"/>.</param>
    /// <param name="cancellationToken">Stops the work between tiles.</param>
    /// <returns>Time spent in the restorer inside.</returns>
    /// <exception cref="TensorShapeException">The picture does not have the channels that the restorer takes, or sizes differ.</exception>
    /// <exception cref="MaskRequiredException">The task needs a mask and there is none.</exception>
    /// <exception cref="ImageFileException">A source is damaged.</exception>
    public async Task<TimeSpan> RestoreAsync(
        IRowSource source, IRowSink sink, IRowSource? mask = null, RestorationOptions? options = null,
        CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(source);
        ArgumentNullException.ThrowIfNull(sink);
        ObjectDisposedException.ThrowIf(_disposed, this);
        ThrowIfUnfit(source.Format, sink.Format, mask?.Format);
        TileGrid grid = _geometry.GridFor(source.Format.Height, source.Format.Width);
        if ((long)source.Format.Width * grid.Rows.Tile * source.Format.Channels > Array.MaxLength)
        {
            throw TilingErrors.TooWide(source.Format, grid.Rows.Tile);
        }

        using var window = new RowWindow(source, mask, sink, grid);
        using var runner = new TileRunner(_inner, options ?? RestorationOptions.Default, _options, grid, pictures: 1);
        var output = new PictureOutput(grid, window.Result, source.Format.ColorChannels);
        for (int row = 0; row < grid.Rows.Count; row++)
        {
            cancellationToken.ThrowIfCancellationRequested();
            window.MoveTo(row);
            output.Top = window.Top;
            await runner.RunRowAsync(
                row, window.Picture, window.Top, window.Mask, window.Top, output, cancellationToken).ConfigureAwait(false);
            window.WriteFinal(row);
        }

        return runner.ComputeTime;
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        if (!_disposed)
        {
            _disposed = true;
            if (!_leaveOpen)
            {
                _inner.Dispose();
            }
        }
    }

    private void ThrowIfUnfit(RowFormat source, RowFormat sink, RowFormat? mask)
    {
        if (source.ColorChannels != Info.Channels)
        {
            throw TilingErrors.WrongChannels(Info, source);
        }

        if (sink.Width != source.Width || sink.Height != source.Height || sink.Channels != source.Channels)
        {
            throw TilingErrors.OtherSink(sink, source);
        }

        if (mask is null && Info.TakesMask)
        {
            throw TilingErrors.NoMask(Info);
        }

        if (mask is not null && (mask.Channels != 1 || mask.Width != source.Width || mask.Height != source.Height))
        {
            throw TilingErrors.OtherMask(mask, source);
        }
    }
}
