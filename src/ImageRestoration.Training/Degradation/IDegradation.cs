using ImageRestoration.Imaging;

namespace ImageRestoration.Degradation;

/// <summary>Makes a picture worse in a known way: for training pairs and for evaluation.</summary>
/// <remarks>Implementations are immutable and safe for use from several threads; the random source is the caller's.</remarks>
public interface IDegradation
{
    /// <summary>Degrades a batch of pictures in place.</summary>
    /// <param name="image">Pictures, NCHW, nominal range [0, 1]. Values may leave that range.</param>
    /// <param name="random">Source of all randomness; the same state gives the same result.</param>
    void Apply(ImageTensor image, Random random);
}
