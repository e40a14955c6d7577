using ImageRestoration.Imaging;

namespace ImageRestoration.Restoration;

/// <summary>
/// Gives RGB pictures that are black-and-white in truth, or toned in one colour such as sepia, to a restorer for grey, and all others to
/// one for RGB. Which it is follows from the pixels: whether their colours lie on a straight line, within the rounding of JPEG.
/// </summary>
/// <remarks>
/// Noise of a black-and-white picture is the same in the three channels, which a model for RGB takes for the picture. The tone, the mean
/// of the channels, is restored; the result has the colours of the line. The decision is about the whole picture, so tiling belongs inside.
/// As thread-safe as the restorers.
/// </remarks>
public sealed class GreyRoutingRestorer : DelegatingRestorer
{
    private readonly IRestorer _grey;
    private readonly bool _leaveOpen;

    /// <summary>Joins two restorers.</summary>
    /// <param name="color">Restores RGB pictures.</param>
    /// <param name="grey">Restores grey pictures; takes a mask if, and only if, the other does.</param>
    /// <param name="leaveOpen">Whether both stay open when this restorer is disposed.</param>
    /// <exception cref="TensorShapeException">They take other channels, or one of both takes a mask.</exception>
    public GreyRoutingRestorer(IRestorer color, IRestorer grey, bool leaveOpen = false)
        : base(color, leaveOpen)
    {
        ArgumentNullException.ThrowIfNull(grey);
        if (color.Info.Channels != 3 || grey.Info.Channels != 1 || color.Info.TakesMask != grey.Info.TakesMask)
        {
            throw new TensorShapeException(
                $"Restorers '{color.Info.Name}' and '{grey.Info.Name}' must take 3 channels and 1 channel, and both a mask or neither.");
        }

        _grey = grey;
        _leaveOpen = leaveOpen;
        Info = color.Info with { TileHalo = null };
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
        if (disposing && !_leaveOpen)
        {
            _grey.Dispose();
        }
    }

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

        using RestorationResult grey = await _grey.RestoreAsync(new RestorationRequest(tones, request.Mask), options, cancellationToken)
            .ConfigureAwait(false);
        RestorationPipeline.Checked(Info, grey, tones.Shape);
        ImageTensor result = ImageTensor.CreateUninitialized(image.Shape);
        for (int n = 0; n < lines.Length; n++)
        {
            lines[n].ToColors(grey.Image.Plane(n, 0), result, n);
        }

        return new RestorationResult(result, grey.ComputeTime);
    }
}
