using ImageRestoration.Imaging;

namespace ImageRestoration.Degradation;

/// <summary>Makes training pairs: a degradation that may also change the picture that a network is to give back.</summary>
public interface IPairDegradation : IDegradation
{
    /// <summary>Whether targets may differ from the pictures that they are made of.</summary>
    bool ChangesTarget { get; }

    /// <summary>
    /// Makes a batch of pairs. <see cref="IDegradation.Apply"/> gives the same degraded pictures for the same random numbers.
    /// </summary>
    /// <param name="target">Clean pictures, NCHW, nominal range [0, 1]; they become what a network is to give back.</param>
    /// <param name="degraded">Of the same shape; whatever it holds becomes the network's input.</param>
    /// <param name="random">Source of all randomness; the same state gives the same result.</param>
    void ApplyToPair(ImageTensor target, ImageTensor degraded, Random random);
}
