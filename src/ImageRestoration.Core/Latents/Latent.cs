using System.Collections.Immutable;
using ImageRestoration.Imaging;

namespace ImageRestoration.Latents;

/// <summary>
/// What an encoder makes of a picture: one or more named tensors, NCHW float32. It stays on the device that made it; values are copied to
/// the host only when <see cref="CopyToHost"/> asks for them. The caller disposes it.
/// </summary>
/// <remarks>Not safe for use from several threads.</remarks>
public abstract class Latent : IDisposable
{
    /// <summary>Names of the tensors, in the encoder's order.</summary>
    public abstract ImmutableArray<string> Names { get; }

    /// <summary>Where the values are, such as <c>cpu</c> or <c>cuda:0</c>.</summary>
    public abstract string Device { get; }

    /// <summary>Shape of one tensor.</summary>
    /// <param name="name">Name of the tensor.</param>
    /// <returns>Batch, channels, height, width.</returns>
    public abstract ImageShape ShapeOf(string name);

    /// <summary>Copies one tensor to the host; the caller disposes the copy.</summary>
    /// <param name="name">Name of the tensor.</param>
    /// <returns>The values, NCHW float32, of no particular range.</returns>
    public abstract ImageTensor CopyToHost(string name);

    /// <summary>Frees the tensors. A second call does nothing.</summary>
    public void Dispose()
    {
        Dispose(disposing: true);
        GC.SuppressFinalize(this);
    }

    /// <summary>Frees the tensors.</summary>
    /// <param name="disposing">Whether <see cref="Dispose()"/> was called.</param>
    protected abstract void Dispose(bool disposing);
}
