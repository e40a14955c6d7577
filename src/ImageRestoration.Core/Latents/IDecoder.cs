using ImageRestoration.Imaging;

namespace ImageRestoration.Latents;

/// <summary>Turns latents into pictures. Implemented by backends for declared networks, and by users by hand.</summary>
/// <remarks>Implementations of this library are thread-safe and re-entrant. A decoder may hold native memory: dispose it.</remarks>
public interface IDecoder : IDisposable
{
    /// <summary>What it is, and what it takes.</summary>
    DecoderInfo Info { get; }

    /// <summary>Decodes a latent. A latent of the same backend and device is used where it lies; another is copied.</summary>
    /// <param name="latent">The latent; stays the caller's.</param>
    /// <param name="cancellationToken">Stops the work.</param>
    /// <returns>Pictures, NCHW, nominally in [0, 1], not clipped; the caller disposes them.</returns>
    /// <exception cref="TensorShapeException">The latent does not fit.</exception>
    Task<ImageTensor> DecodeAsync(Latent latent, CancellationToken cancellationToken = default);
}
