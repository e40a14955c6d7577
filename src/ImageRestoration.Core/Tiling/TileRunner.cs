using ImageRestoration.Imaging;
using ImageRestoration.Masking;
using ImageRestoration.Restoration;

namespace ImageRestoration.Tiling;

/// <summary>Cuts tiles, restores them in batches and hands the results on. One for each call; its buffers serve all tiles.</summary>
internal sealed class TileRunner : IDisposable
{
    private readonly IRestorer _inner;
    private readonly RestorationOptions _restoration;
    private readonly IProgress<RestorationProgress>? _progress;
    private readonly TileGrid _grid;
    private readonly int _pictures;
    private readonly bool _isPrepared;
    private readonly bool _inFull;
    private readonly ImageTensor _tiles;
    private readonly Mask? _mask;
    private readonly RestorationRequest?[] _requests;
    private readonly (int Picture, int Column)[] _waiting;
    private int _waitingCount;
    private int _done;

    /// <summary>Reserves the buffers.</summary>
    /// <param name="inner">Restores tiles.</param>
    /// <param name="restoration">Settings of its calls.</param>
    /// <param name="options">Batch size and progress.</param>
    /// <param name="grid">The tiles.</param>
    /// <param name="pictures">Pictures in the batch.</param>
    /// <param name="isPrepared">Whether the pictures are what the network is to see.</param>
    /// <param name="inFull">Whether tiles in which nothing is missing are restored nevertheless.</param>
    internal TileRunner(
        IRestorer inner, RestorationOptions restoration, TilingOptions options, TileGrid grid, int pictures, bool isPrepared = false,
        bool inFull = false)
    {
        _inner = inner;
        _restoration = restoration.ForPart();
        _progress = restoration.Progress;
        _grid = grid;
        _pictures = pictures;
        _isPrepared = isPrepared;
        _inFull = inFull;
        long items = inner.Info.TakesMask ? pictures : (long)pictures * grid.Columns.Count;
        int batch = (int)Math.Min(options.BatchSize, items);
        _tiles = ImageTensor.CreateUninitialized(new ImageShape(batch, inner.Info.Channels, grid.Rows.Tile, grid.Columns.Tile));
        _mask = inner.Info.TakesMask ? new Mask(grid.Rows.Tile, grid.Columns.Tile) : null;
        _requests = new RestorationRequest?[batch + 1];
        _waiting = new (int, int)[batch];
    }

    /// <summary>Time spent in the restorer inside.</summary>
    internal TimeSpan ComputeTime { get; private set; }

    /// <summary>Restores a row of tiles.</summary>
    /// <param name="row">Row of tiles.</param>
    /// <param name="source">The pictures, or windows of them that hold the row.</param>
    /// <param name="sourceTop">Row of the picture that the first row of <paramref name="source"/> is.</param>
    /// <param name="mask">Missing pixels, of the pictures or of windows of them, or <see langword="null"/>.</param>
    /// <param name="maskTop">Row of the picture that the first row of <paramref name="mask"/> is.</param>
    /// <param name="output">Takes the results.</param>
    /// <param name="cancellationToken">Stops the work between tiles.</param>
    internal async Task RunRowAsync(
        int row, ImageTensor source, int sourceTop, Mask? mask, int maskTop, TileOutput output, CancellationToken cancellationToken)
    {
        for (int column = 0; column < _grid.Columns.Count; column++)
        {
            bool known = !_inFull && mask is not null && NothingMissing(mask, row, column, maskTop);
            for (int picture = 0; picture < _pictures; picture++)
            {
                if (known)
                {
                    output.Take(picture, row, column, source, picture, sourceTop, left: 0);
                    Advance(1);
                    continue;
                }

                Cut(source, picture, row, column, sourceTop, _waitingCount);
                _waiting[_waitingCount++] = (picture, column);

                // A mask serves all tiles of a call, so tiles of one place go together.
                if (_waitingCount == _waiting.Length || (_mask is not null && picture == _pictures - 1))
                {
                    CutMask(mask, row, column, maskTop);
                    await RunAsync(row, output, cancellationToken).ConfigureAwait(false);
                }
            }
        }

        if (_waitingCount > 0)
        {
            await RunAsync(row, output, cancellationToken).ConfigureAwait(false);
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        foreach (RestorationRequest? request in _requests)
        {
            request?.Image.Dispose();
        }

        _tiles.Dispose();
    }

    private async Task RunAsync(int row, TileOutput output, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        ImageShape shape = _tiles.Shape with { Batch = _waitingCount };
        RestorationRequest request = _requests[_waitingCount]
            ??= new(ImageTensor.Wrap(_tiles.Memory[..(int)shape.ElementCount], shape), _mask) { IsPrepared = _isPrepared };
        using RestorationResult result = await _inner.RestoreAsync(request, _restoration, cancellationToken).ConfigureAwait(false);
        if (result.Image.Shape != shape)
        {
            throw TilingErrors.WrongShape(_inner.Info, result.Image.Shape, shape);
        }

        ComputeTime += result.ComputeTime;
        for (int item = 0; item < _waitingCount; item++)
        {
            (int picture, int column) = _waiting[item];
            output.Take(picture, row, column, result.Image, item, _grid.Rows.Start(row), _grid.Columns.Start(column));
        }

        Advance(_waitingCount);
        _waitingCount = 0;
    }

    private void Advance(int count)
    {
        _done += count;
        _progress?.Report(new RestorationProgress(_done, _grid.Count * _pictures));
    }

    private bool NothingMissing(Mask mask, int row, int column, int maskTop)
    {
        int from = _grid.Columns.From(column), width = _grid.Columns.To(column) - from;
        for (int y = _grid.Rows.From(row); y < _grid.Rows.To(row); y++)
        {
            if (mask.Values.Slice(((y - maskTop) * mask.Width) + from, width).ContainsAnyExcept((byte)0))
            {
                return false;
            }
        }

        return true;
    }

    /// <summary>Copies a tile; beyond the picture's end it is mirrored, as whole pictures are up to the size multiple.</summary>
    private void Cut(ImageTensor source, int picture, int row, int column, int sourceTop, int item)
    {
        int top = _grid.Rows.Start(row), left = _grid.Columns.Start(column), width = Math.Min(_grid.Columns.Tile, source.Width - left);
        for (int c = 0; c < _tiles.Channels; c++)
        {
            for (int y = 0; y < _grid.Rows.Tile; y++)
            {
                ReadOnlySpan<float> from = source.Row(picture, c, MirrorPadding.Mirror(top + y, _grid.Rows.Extent) - sourceTop);
                Span<float> to = _tiles.Row(item, c, y);
                from.Slice(left, width).CopyTo(to);
                for (int x = width; x < to.Length; x++)
                {
                    to[x] = from[MirrorPadding.Mirror(left + x, source.Width)];
                }
            }
        }
    }

    private void CutMask(Mask? mask, int row, int column, int maskTop)
    {
        if (_mask is null || mask is null)
        {
            return;
        }

        int top = _grid.Rows.Start(row), left = _grid.Columns.Start(column), width = Math.Min(_grid.Columns.Tile, mask.Width - left);
        for (int y = 0; y < _grid.Rows.Tile; y++)
        {
            ReadOnlySpan<byte> from = mask.Row(MirrorPadding.Mirror(top + y, _grid.Rows.Extent) - maskTop);
            Span<byte> to = _mask.Row(y);
            from.Slice(left, width).CopyTo(to);
            for (int x = width; x < to.Length; x++)
            {
                to[x] = from[MirrorPadding.Mirror(left + x, mask.Width)];
            }
        }
    }
}
