using ImageRestoration.Imaging;
using ImageRestoration.Restoration;

namespace ImageRestoration.Tiling;

/// <summary>
/// Restores pictures tile by tile, with memory bounded by the tiles beside picture and result. How far tiles overlap follows from the
/// network: with layers that look at a neighbourhood only, the result is that of the whole picture but for rounding. Other networks are
/// refused, or their tiles blended where <see cref="TilingOptions.AllowBlending"/> says so.
/// </summary>
/// <remarks>
/// <para>Tiles start at multiples of <see cref="RestorerInfo.TileAlignment"/> and all have one size. A tile is kept but for the
/// <see cref="RestorerInfo.TileHalo"/> along its sides that are cut; where the picture ends, the tile ends too, so that the network pads
/// there as it does in the whole picture. Tiles in which a mask has nothing missing are not restored, since their pixels are known.</para>
/// <para>Tiles run one batch after the other, which are cancelled in between. As thread-safe as the restorer inside.</para>
/// </remarks>
public sealed class TiledRestorer : DelegatingRestorer
{
    private readonly TilingOptions _options;
    private readonly TileGeometry _geometry;

    /// <summary>Puts tiling around a restorer.</summary>
    /// <param name="inner">The restorer inside.</param>
    /// <param name="options">Settings; <see cref="TilingOptions.Default"/> where <see langword="null"/>.</param>
    /// <param name="leaveOpen">Whether <paramref name="inner"/> stays open when this restorer is disposed.</param>
    /// <exception cref="ArgumentException">The options are wrong, tiles too small, or never exact with this restorer.</exception>
    public TiledRestorer(IRestorer inner, TilingOptions? options = null, bool leaveOpen = false)
        : base(inner, leaveOpen)
    {
        _options = TilingOptions.Validated(options, nameof(options));
        _geometry = TileGeometry.Create(inner.Info, _options, nameof(options));
    }

    /// <inheritdoc/>
    public override Task<RestorationResult> RestoreAsync(
        RestorationRequest request, RestorationOptions? options = null, CancellationToken cancellationToken = default)
    {
        ThrowIfDisposed();
        return RestorationPipeline.RunAsync(Info, request, options, ComputeAsync, cancellationToken, reportsParts: true);
    }

    /// <summary>Restores pictures and measures how much neighbouring tiles differ where they overlap, before they are blended.</summary>
    /// <remarks>
    /// Where tiles are exact, they are given a further overlap of one alignment to be compared in, and differ by rounding alone; more means
    /// that <see cref="TilingOptions.Overlap"/>, as the user gave it, is not enough. Values are not limited to [0, 1].
    /// </remarks>
    /// <param name="request">Pictures in [0, 1], and a mask where the task needs one.</param>
    /// <param name="cancellationToken">Stops the work.</param>
    /// <returns>The differences.</returns>
    /// <exception cref="TensorShapeException">The pictures do not have the channels that the restorer takes.</exception>
    /// <exception cref="MaskRequiredException">The task needs a mask and there is none.</exception>
    /// <exception cref="BackendException">The backend failed.</exception>
    public async Task<SeamReport> MeasureSeamsAsync(RestorationRequest request, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(request);
        ThrowIfDisposed();
        return await Task.Run(() => MeasureAsync(request, cancellationToken), cancellationToken).ConfigureAwait(false);
    }

    private async Task<SeamReport> MeasureAsync(RestorationRequest request, CancellationToken cancellationToken)
    {
        RequestChecks.ThrowIfUnfit(request, Info, cancellationToken);
        TileGrid grid = _geometry.WithSeams().GridFor(request.Image.Shape);
        var options = new RestorationOptions { Clamp = false };
        ImageTensor? prepared = Prepare(request, options, cancellationToken);
        using ImageTensor first = prepared ?? ImageTensor.CreateUninitialized(request.Image.Shape);
        var output = new SeamOutput(grid, first);
        await RunAsync(request, options, grid, prepared, output, inFull: true, cancellationToken).ConfigureAwait(false);
        return output.Report;
    }

    /// <summary>What fills holes and how dark a picture is may follow from the whole of it, which a tile does not see.</summary>
    private ImageTensor? Prepare(RestorationRequest request, RestorationOptions options, CancellationToken cancellationToken)
        => RestorationPipeline.IsLocal(Info) ? null : RestorationPipeline.Prepare(request, Info, options, cancellationToken);

    private async Task<RestorationResult> ComputeAsync(
        RestorationRequest request, RestorationOptions options, CancellationToken cancellationToken)
    {
        ImageShape shape = request.Image.Shape;
        TileGrid grid = _geometry.GridFor(shape);
        if (grid.Count == 1 && shape.Batch <= _options.BatchSize)
        {
            return await Inner.RestoreAsync(request, options, cancellationToken).ConfigureAwait(false);
        }

        ImageTensor? prepared = Prepare(request, options, cancellationToken);
        ImageTensor result = prepared ?? (grid.Blends ? ImageTensor.Create(shape) : ImageTensor.CreateUninitialized(shape));
        try
        {
            var output = new PictureOutput(grid, result, shape.Channels);
            TimeSpan time = await RunAsync(request, options, grid, prepared, output, inFull: false, cancellationToken)
                .ConfigureAwait(false);
            return new RestorationResult(result, time);
        }
        catch
        {
            result.Dispose();
            throw;
        }
    }

    /// <summary>Runs all tiles; where pictures were prepared, the output goes into these very pictures.</summary>
    private async Task<TimeSpan> RunAsync(
        RestorationRequest request, RestorationOptions options, TileGrid grid, ImageTensor? prepared, TileOutput output, bool inFull,
        CancellationToken cancellationToken)
    {
        using PreparedBand? band = prepared is null ? null : new PreparedBand(grid, prepared);
        bool isPrepared = prepared is not null || request.IsPrepared;
        using var runner = new TileRunner(Inner, options, _options, grid, request.Image.Batch, isPrepared, inFull);
        for (int row = 0; row < grid.Rows.Count; row++)
        {
            band?.MoveTo(row);
            await runner.RunRowAsync(
                row, band?.Rows ?? request.Image, band?.Top ?? 0, request.Mask, 0, output, cancellationToken).ConfigureAwait(false);
        }

        return runner.ComputeTime;
    }
}
