using ImageRestoration.Imaging;

namespace ImageRestoration.Degradation;

/// <summary>Base of degradations that may change the targets of training pairs, too, each pair with parameters of its own.</summary>
public abstract class PerImagePairDegradation : PerImageDegradation, IPairDegradation
{
    /// <inheritdoc/>
    public abstract bool ChangesTarget { get; }

    /// <inheritdoc/>
    public void ApplyToPair(ImageTensor target, ImageTensor degraded, Random random)
    {
        ArgumentNullException.ThrowIfNull(target);
        ArgumentNullException.ThrowIfNull(degraded);
        ArgumentNullException.ThrowIfNull(random);
        if (target.Shape != degraded.Shape)
        {
            throw DegradationErrors.UnlikePair(target.Shape, degraded.Shape, nameof(degraded));
        }

        for (int b = 0; b < target.Batch; b++)
        {
            using ImageTensor clean = target.Image(b), result = degraded.Image(b);
            ApplyToImagePair(clean, result, random);
        }
    }

    /// <summary>Makes one pair of one picture, by a degradation of either kind.</summary>
    /// <param name="degradation">Changes the target only if it is an <see cref="IPairDegradation"/>.</param>
    /// <param name="target">Clean picture.</param>
    /// <param name="degraded">Whatever it holds becomes the degraded picture.</param>
    /// <param name="random">Source of all randomness.</param>
    protected static void ApplyToPair(IDegradation degradation, ImageTensor target, ImageTensor degraded, Random random)
    {
        ArgumentNullException.ThrowIfNull(degradation);
        ArgumentNullException.ThrowIfNull(target);
        ArgumentNullException.ThrowIfNull(degraded);
        if (degradation is IPairDegradation pair)
        {
            pair.ApplyToPair(target, degraded, random);
        }
        else
        {
            target.Span.CopyTo(degraded.Span);
            degradation.Apply(degraded, random);
        }
    }

    /// <summary>Makes one pair.</summary>
    /// <param name="target">One clean picture, 1×C×H×W; it becomes what a network is to give back. It must not be disposed or kept.</param>
    /// <param name="degraded">Of the same shape; whatever it holds becomes the degraded picture.</param>
    /// <param name="random">Source of all randomness.</param>
    protected abstract void ApplyToImagePair(ImageTensor target, ImageTensor degraded, Random random);
}
