using ImageRestoration.Imaging;

namespace ImageRestoration.Restoration;

/// <summary>
/// Gives RGB pictures that are black-and-white in truth, or toned in one colour such as sepia, to a restorer for grey, and all others to
/// one for RGB. Which it is follows from the pixels: whether their colours lie on a straight line, within the rounding of JPEG.
/// </summary>
/// <remarks>
/// Noise of a black-and-white picture is the same in the three channels, which a model for RGB takes for the picture. The tone, the mean
/// of the channels, is restored; the result has the colours of the line. The decision is about the whole picture, so tiling belongs inside.
/// Colours of JPEG files count as on a line down to about quality 75.
/// As thread-safe as the restorers.
/// </remarks>
public sealed class GreyRoutingRestorer : DelegatingRestorer
{
    private const int Colors = 3;

    private readonly Lazy<IRestorer> _grey;
    private readonly bool _leaveOpen;

    /// <summary>Joins two restorers.</summary>
    /// <param name="color">Restores RGB pictures.</param>
    /// <param name="grey">Restores grey pictures; takes a mask if, and only if, the other does.</param>
    /// <param name="leaveOpen">Whether both stay open when this restorer is disposed.</param>
    /// <exception cref="TensorShapeException">They take other channels, or one of both takes a mask.</exception>
    public GreyRoutingRestorer(IRestorer color, IRestorer grey, bool leaveOpen = false)
        : this(color, () => grey, leaveOpen)
    {
        ArgumentNullException.ThrowIfNull(grey);
        _ = _grey.Value;
    }

    /// <summary>Joins a restorer with one that is made when the first picture for it comes.</summary>
    /// <param name="color">Restores RGB pictures.</param>
    /// <param name="grey">Makes what restores grey pictures, once; it takes a mask if, and only if, the other does.</param>
    /// <param name="leaveOpen">Whether both stay open when this restorer is disposed.</param>
    /// <exception cref="TensorShapeException">The restorer does not take 3 channels.</exception>
    public GreyRoutingRestorer(IRestorer color, Func<IRestorer> grey, bool leaveOpen = false)
        : base(color, leaveOpen)
    {
        ArgumentNullException.ThrowIfNull(grey);
        Info = color.Info.Channels == Colors
            ? color.Info with { TileHalo = null }
            : throw RestorationErrors.NotRoutable(color.Info, null);
        _grey = new Lazy<IRestorer>(() => Fitting(grey()));
        _leaveOpen = leaveOpen;
    }

    /// <inheritdoc/>
    public override RestorerInfo Info { get; }

    /// <inheritdoc/>
    public override Task<RestorationResult> RestoreAsync(
        RestorationRequest request, RestorationOptions? options = null, CancellationToken cancellationToken = default)
    {
        ThrowIfDisposed();
        return RestorationPipeline.RunAsync(Info, request, options, ComputeAsync, cancellationToken, reportsParts: true);
    }

    /// <inheritdoc/>
    protected override void Dispose(bool disposing)
    {
        base.Dispose(disposing);
        if (disposing && !_leaveOpen && _grey.IsValueCreated)
        {
            _grey.Value.Dispose();
        }
    }

    /// <summary>Puts a restorer around each of both instead of around this one, which is not to be used or disposed any more.</summary>
    internal GreyRoutingRestorer Around(Func<IRestorer, IRestorer> decorator)
        => new(decorator(Inner), () => decorator(_grey.Value), _leaveOpen);

    private IRestorer Fitting(IRestorer grey)
        => grey.Info.Channels == 1 && grey.Info.TakesMask == Info.TakesMask ? grey : throw RestorationErrors.NotRoutable(Info, grey.Info);

    private async Task<RestorationResult> ComputeAsync(
        RestorationRequest request, RestorationOptions options, CancellationToken cancellationToken)
    {
        ImageTensor image = request.Image;
        var lines = new ToneLine[image.Batch];
        for (int n = 0; n < lines.Length; n++)
        {
            if (ToneLine.Find(image, n) is not { } line)
            {
                RestorationResult color = await Inner.RestoreAsync(request, options, cancellationToken).ConfigureAwait(false);
                return RestorationPipeline.Checked(Info, color, image.Shape);
            }

            lines[n] = line;
        }

        using ImageTensor tones = ImageTensor.CreateUninitialized(image.Shape with { Channels = 1 });
        for (int n = 0; n < lines.Length; n++)
        {
            ToneLine.ToTones(image, n, tones.Plane(n, 0));
        }

        var greyRequest = new RestorationRequest(tones, request.Mask);
        using RestorationResult grey = await _grey.Value.RestoreAsync(greyRequest, options, cancellationToken).ConfigureAwait(false);
        RestorationPipeline.Checked(Info, grey, tones.Shape);
        ImageTensor result = ImageTensor.CreateUninitialized(image.Shape);
        for (int n = 0; n < lines.Length; n++)
        {
            lines[n].ToColors(grey.Image.Plane(n, 0), result, n);
        }

        return new RestorationResult(result, grey.ComputeTime);
    }
}
