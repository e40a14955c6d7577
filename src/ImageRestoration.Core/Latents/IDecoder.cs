using ImageRestoration.Imaging;
using ImageRestoration.Networks;

namespace ImageRestoration.Latents;

/// <summary>Turns latents into pictures. Implemented by backends for declared networks, and by users by hand.</summary>
/// <remarks>Implementations of this library are thread-safe and re-entrant. A decoder may hold native memory: dispose it.</remarks>
public interface IDecoder : IDisposable
{
    /// <summary>Channels of the pictures it makes: 1 for grey, 3 for RGB.</summary>
    int ImageChannels { get; }

    /// <summary>Height and width of the pictures whose latents it takes must be multiples of this.</summary>
    /// <value>Default 1: whatever sizes the latents have.</value>
    Size2d SizeMultiple => 1;

    /// <summary>The latent it takes.</summary>
    LatentSpec Latent { get; }

    /// <summary>Where it computes, such as <c>cpu</c> or <c>cuda:0</c>.</summary>
    string Device { get; }

    /// <summary>Decodes a latent. A latent of the same backend and device is used where it lies; another is copied.</summary>
    /// <param name="latent">The latent; stays the caller's.</param>
    /// <param name="cancellationToken">Stops the work.</param>
    /// <returns>Pictures, NCHW, nominally in [0, 1], not clipped; the caller disposes them.</returns>
    /// <exception cref="TensorShapeException">The latent does not fit.</exception>
    Task<ImageTensor> DecodeAsync(Latent latent, CancellationToken cancellationToken = default);
}
