using System.Diagnostics;
using ImageRestoration.Imaging;
using ImageRestoration.Masking;
using ImageRestoration.Restoration;

namespace ImageRestoration.Classical;

/// <summary>
/// Base of the methods that need no model. It checks requests as all restorers do, computes on the thread pool, limits the result and
/// puts known pixels back bit by bit.
/// </summary>
/// <remarks>Thread-safe and re-entrant. The methods hold nothing between calls; <see cref="Dispose"/> only refuses further use.</remarks>
public abstract class ClassicalRestorer : IRestorer
{
    private bool _disposed;

    /// <summary>Creates the restorer.</summary>
    /// <param name="name">Name of the method.</param>
    /// <param name="task">What it does.</param>
    /// <param name="takesMask">Whether a request needs a mask.</param>
    /// <param name="channels">Channels of the pictures; at least 1.</param>
    private protected ClassicalRestorer(string name, RestorationTask task, bool takesMask, int channels)
    {
        if (channels < 1)
        {
            throw new ArgumentOutOfRangeException(nameof(channels), channels, $"Method '{name}' is asked for pictures of {channels} channels. Give at least 1: 1 for grey, 3 for RGB.");
        }

        Info = new RestorerInfo(name, task, channels, takesMask, "Classical", "cpu");
    }

    /// <inheritdoc/>
    public RestorerInfo Info { get; }

    /// <inheritdoc/>
    public async Task<RestorationResult> RestoreAsync(RestorationRequest request, RestorationOptions? options = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(request);
        ObjectDisposedException.ThrowIf(_disposed, this);
        cancellationToken.ThrowIfCancellationRequested();
        options ??= RestorationOptions.Default;
        RequestChecks.ThrowIfUnfit(request, Info);
        return await Task.Run(() => Restore(request, options, cancellationToken), cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Refuses further use; runs in progress finish undisturbed.</summary>
    public void Dispose()
    {
        _disposed = true;
        GC.SuppressFinalize(this);
    }

    /// <summary>Computes the result.</summary>
    /// <param name="image">Pictures, NCHW, finite; not to be changed.</param>
    /// <param name="mask">Missing pixels (1) where the method takes a mask; otherwise <see langword="null"/>.</param>
    /// <param name="result">Receives the pictures: of the image's shape, with arbitrary contents before.</param>
    /// <param name="cancellationToken">Checked often enough that a user does not wait.</param>
    private protected abstract void Run(ImageTensor image, Mask? mask, ImageTensor result, CancellationToken cancellationToken);

    private RestorationResult Restore(RestorationRequest request, RestorationOptions options, CancellationToken cancellationToken)
    {
        ImageTensor result = ImageTensor.CreateUninitialized(request.Image.Shape);
        try
        {
            long start = Stopwatch.GetTimestamp();
            Run(request.Image, Info.TakesMask ? request.Mask : null, result, cancellationToken);
            TimeSpan time = Stopwatch.GetElapsedTime(start);
            if (options.Clamp)
            {
                result.Clamp();
            }

            if (request.Mask is { } holes)
            {
                KnownPixels.Restore(request.Image, holes, result);
            }

            return new RestorationResult(result, time);
        }
        catch
        {
            result.Dispose();
            throw;
        }
    }
}
