namespace ImageRestoration.Latents;

/// <summary>Turns pictures into latents. Implemented by backends for declared networks, and by users by hand.</summary>
/// <remarks>Implementations of this library are thread-safe and re-entrant. An encoder may hold native memory: dispose it.</remarks>
public interface IEncoder : IDisposable
{
    /// <summary>What it is, and what it takes.</summary>
    EncoderInfo Info { get; }

    /// <summary>Encodes a batch of pictures.</summary>
    /// <param name="request">Pictures, and what <see cref="Info"/> asks for beside them.</param>
    /// <param name="cancellationToken">Stops the work.</param>
    /// <returns>The latent; the caller disposes it.</returns>
    /// <exception cref="MaskRequiredException">The encoder takes a mask and there is none.</exception>
    /// <exception cref="TensorShapeException">Picture, mask or conditions do not fit.</exception>
    Task<Latent> EncodeAsync(EncodeRequest request, CancellationToken cancellationToken = default);
}
