using ImageRestoration.Imaging;
using ImageRestoration.Masking;

namespace ImageRestoration.Classical.Inpainting;

/// <summary>Base of the methods that fill in missing pixels from the known pixels of the same picture.</summary>
/// <remarks>
/// A request needs a mask (1 = missing) with at least one known pixel. Values of missing pixels have no influence on the result.
/// Without a missing pixel the result is a copy. Thread-safe and re-entrant.
/// </remarks>
public abstract class InpaintingRestorer : ClassicalRestorer
{
    /// <summary>Creates the restorer.</summary>
    /// <param name="name">Name of the method.</param>
    /// <param name="channels">Channels of the pictures; at least 1.</param>
    private protected InpaintingRestorer(string name, int channels)
        : base(name, RestorationTask.Inpaint, takesMask: true, channels)
    {
    }

    /// <summary>Replaces the missing pixels, of which there is at least one, as there is of known ones.</summary>
    /// <param name="image">
    /// Pictures, NCHW; missing pixels are 0 in all of them. Known pixels may be overwritten: they are put back later.
    /// </param>
    /// <param name="mask">Missing pixels (1).</param>
    /// <param name="cancellationToken">Checked often enough that a user does not wait.</param>
    private protected abstract void Fill(ImageTensor image, Mask mask, CancellationToken cancellationToken);

    /// <inheritdoc/>
    private protected sealed override void Run(ImageTensor image, Mask? mask, ImageTensor result, CancellationToken cancellationToken)
    {
        image.Span.CopyTo(result.Span);
        cancellationToken.ThrowIfCancellationRequested();
        long missing = mask!.CountMissing();
        if (missing == 0)
        {
            return;
        }

        if (missing == image.Shape.PixelCount)
        {
            throw new TensorShapeException(
                Invariant($"All {missing} pixels are missing; method '{Info.Name}' fills pixels in from known ones. Pass a mask with at ")
                    + "least one known pixel (0).");
        }

        Clear(result, mask.Values, cancellationToken);
        Fill(result, mask, cancellationToken);
    }

    private static void Clear(ImageTensor image, ReadOnlySpan<byte> missing, CancellationToken cancellationToken)
    {
        for (int n = 0; n < image.Batch; n++)
        {
            for (int c = 0; c < image.Channels; c++)
            {
                cancellationToken.ThrowIfCancellationRequested();
                Span<float> plane = image.Plane(n, c);
                for (int i = 0; i < missing.Length; i++)
                {
                    plane[i] = missing[i] == 0 ? plane[i] : 0;
                }
            }
        }
    }
}
