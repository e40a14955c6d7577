using System.Numerics.Tensors;
using ImageRestoration.Imaging;

namespace ImageRestoration.Restoration;

/// <summary>
/// Gives grey pictures to a restorer for RGB, as three equal planes of whose results it takes the mean; or RGB pictures to a restorer for
/// grey, plane by plane.
/// </summary>
/// <remarks>
/// A restorer for the pictures' own channels does better, because noise of a grey picture is the same in the three planes, which a network
/// for RGB never saw, and because planes restored one by one know nothing of each other. Known pixels are the input's, bit by bit.
/// </remarks>
public sealed class ChannelAdaptingRestorer : DelegatingRestorer
{
    private const int Colors = 3;

    /// <summary>Puts the adapter around a restorer.</summary>
    /// <param name="inner">A restorer for 1 or 3 channels.</param>
    /// <param name="channels">Channels of the pictures that this restorer takes: 1 or 3.</param>
    /// <param name="leaveOpen">Whether <paramref name="inner"/> stays open when this restorer is disposed.</param>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="channels"/> is neither 1 nor 3.</exception>
    /// <exception cref="TensorShapeException">The restorer inside takes neither 1 nor 3 channels.</exception>
    public ChannelAdaptingRestorer(IRestorer inner, int channels, bool leaveOpen = false)
        : base(inner, leaveOpen)
    {
        ThrowIfInvalid(channels, nameof(channels));
        if (inner.Info.Channels is not (1 or Colors))
        {
            throw RestorationErrors.NotAdaptable(inner.Info);
        }

        Info = inner.Info with { Channels = channels };
    }

    /// <inheritdoc/>
    public override RestorerInfo Info { get; }

    /// <inheritdoc/>
    public override Task<RestorationResult> RestoreAsync(
        RestorationRequest request, RestorationOptions? options = null, CancellationToken cancellationToken = default)
    {
        ThrowIfDisposed();
        Func<RestorationRequest, RestorationOptions, CancellationToken, Task<RestorationResult>> compute
            = Info.Channels == Inner.Info.Channels ? RunAsync : Info.Channels == 1 ? RestoreGreyAsync : RestorePlanesAsync;
        return RestorationPipeline.RunAsync(Info, request, options, compute, cancellationToken, reportsParts: true);
    }

    internal static void ThrowIfInvalid(int channels, string parameterName)
    {
        if (channels is not (1 or Colors))
        {
            throw RestorationErrors.WrongChannels(channels, parameterName);
        }
    }

    private async Task<RestorationResult> RestoreGreyAsync(
        RestorationRequest request, RestorationOptions options, CancellationToken cancellationToken)
    {
        ImageTensor image = request.Image;
        using ImageTensor color = ImageTensor.CreateUninitialized(image.Shape with { Channels = Colors });
        for (int n = 0; n < image.Batch; n++)
        {
            for (int c = 0; c < Colors; c++)
            {
                image.Plane(n, 0).CopyTo(color.Plane(n, c));
            }
        }

        RestorationRequest colored = With(color, request, request.IsPrepared);
        using RestorationResult result = await RunAsync(colored, options, cancellationToken).ConfigureAwait(false);
        ImageTensor grey = ImageTensor.CreateUninitialized(image.Shape);
        for (int n = 0; n < image.Batch; n++)
        {
            Span<float> mean = grey.Plane(n, 0);
            TensorPrimitives.Add(result.Image.Plane(n, 0), result.Image.Plane(n, 1), mean);
            TensorPrimitives.Add(mean, result.Image.Plane(n, 2), mean);
            TensorPrimitives.Divide(mean, Colors, mean);
        }

        return new RestorationResult(grey, result.ComputeTime);
    }

    // One plane at a time rather than as a batch of three: memory is what limits large photographs.
    private async Task<RestorationResult> RestorePlanesAsync(
        RestorationRequest request, RestorationOptions options, CancellationToken cancellationToken)
    {
        // The exposure is that of the picture; a plane alone would get one of its own, and the colours would change.
        using ImageTensor? prepared = Info.NormalizesExposure
            ? RestorationPipeline.Prepare(request, Info, options, cancellationToken)
            : null;
        ImageTensor image = prepared ?? request.Image;
        bool isPrepared = prepared is not null || request.IsPrepared;
        ImageTensor color = ImageTensor.CreateUninitialized(image.Shape);
        try
        {
            TimeSpan time = TimeSpan.Zero;
            int length = image.Height * image.Width, planes = image.Batch * image.Channels;
            var shape = ImageShape.Single(1, image.Height, image.Width);
            RestorationOptions inside = options.ForPart();
            for (int plane = 0; plane < planes; plane++)
            {
                using ImageTensor grey = ImageTensor.Wrap(image.Memory.Slice(plane * length, length), shape);
                RestorationRequest part = With(grey, request, isPrepared);
                using RestorationResult result = await RunAsync(part, inside, cancellationToken).ConfigureAwait(false);
                result.Image.Span.CopyTo(color.Span.Slice(plane * length, length));
                time += result.ComputeTime;
                options.Progress?.Report(new RestorationProgress(plane + 1, planes));
            }

            return new RestorationResult(color, time);
        }
        catch
        {
            color.Dispose();
            throw;
        }
    }

    private static RestorationRequest With(ImageTensor image, RestorationRequest request, bool isPrepared)
        => new(image, request.Mask) { IsPrepared = isPrepared };

    private async Task<RestorationResult> RunAsync(
        RestorationRequest request, RestorationOptions options, CancellationToken cancellationToken)
    {
        RestorationResult result = await Inner.RestoreAsync(request, options, cancellationToken).ConfigureAwait(false);
        return RestorationPipeline.Checked(Info, result, request.Image.Shape);
    }
}
