using System.Diagnostics;
using ImageRestoration.Imaging;
using ImageRestoration.Masking;
using ImageRestoration.Restoration;

namespace ImageRestoration.Classical;

/// <summary>
/// Base of the methods that need no model. They hold nothing between calls.
/// </summary>
/// <remarks>Thread-safe and re-entrant. <see cref="RestorerBase.Dispose()"/> only refuses further use.</remarks>
public abstract class ClassicalRestorer : RestorerBase
{
    /// <summary>Creates the restorer.</summary>
    /// <param name="name">Name of the method.</param>
    /// <param name="task">What it does.</param>
    /// <param name="takesMask">Whether a request needs a mask.</param>
    /// <param name="channels">Channels of the pictures; at least 1.</param>
    private protected ClassicalRestorer(string name, RestorationTask task, bool takesMask, int channels)
        : base(new RestorerInfo(name, task, channels, takesMask, "Classical", "cpu"))
    {
        if (channels < 1)
        {
            throw new ArgumentOutOfRangeException(
                nameof(channels),
                channels,
                Invariant($"Method '{name}' is asked for pictures of {channels} channels. Give at least 1: 1 for grey, 3 for RGB."));
        }
    }

    /// <summary>Computes the result.</summary>
    /// <param name="image">Pictures, NCHW, finite; not to be changed.</param>
    /// <param name="mask">Missing pixels (1) where the method takes a mask; otherwise <see langword="null"/>.</param>
    /// <param name="result">Receives the pictures: of the image's shape, with arbitrary contents before.</param>
    /// <param name="cancellationToken">Checked often enough that a user does not wait.</param>
    private protected abstract void Run(ImageTensor image, Mask? mask, ImageTensor result, CancellationToken cancellationToken);

    /// <summary>Computes the result where it depends on the settings of the call.</summary>
    private protected virtual void Run(
        ImageTensor image, Mask? mask, RestorationOptions options, ImageTensor result, CancellationToken cancellationToken)
        => Run(image, mask, result, cancellationToken);

    /// <inheritdoc/>
    protected sealed override Task<RestorationResult> ComputeAsync(
        RestorationRequest request, RestorationOptions options, CancellationToken cancellationToken)
    {
        ImageTensor result = ImageTensor.CreateUninitialized(request.Image.Shape);
        try
        {
            long start = Stopwatch.GetTimestamp();
            Run(request.Image, Info.TakesMask ? request.Mask : null, options, result, cancellationToken);
            return Task.FromResult(new RestorationResult(result, Stopwatch.GetElapsedTime(start)));
        }
        catch
        {
            result.Dispose();
            throw;
        }
    }
}
