using ImageRestoration.Imaging;
using ImageRestoration.Masking;
using ImageRestoration.Networks;

namespace ImageRestoration.Latents;

/// <summary>Turns pictures into latents. Implemented by backends for declared networks, and by users by hand.</summary>
/// <remarks>Implementations of this library are thread-safe and re-entrant. An encoder may hold native memory: dispose it.</remarks>
public interface IEncoder : IDisposable
{
    /// <summary>Channels of the pictures it takes: 1 for grey, 3 for RGB.</summary>
    int ImageChannels { get; }

    /// <summary>Whether it takes a mask beside the picture.</summary>
    bool TakesMask { get; }

    /// <summary>Height and width of pictures must be multiples of this.</summary>
    Size2d SizeMultiple { get; }

    /// <summary>The latent it makes.</summary>
    LatentSpec Latent { get; }

    /// <summary>What it is given beside picture and mask, such as a class.</summary>
    /// <value>Default <see cref="LatentSpec.None"/>.</value>
    LatentSpec Conditions => LatentSpec.None;

    /// <summary>Where it computes, such as <c>cpu</c> or <c>cuda:0</c>.</summary>
    string Device { get; }

    /// <summary>Encodes a batch of pictures.</summary>
    /// <param name="image">Pictures, NCHW, in [0, 1]; height and width are multiples of <see cref="SizeMultiple"/>.</param>
    /// <param name="mask">Missing pixels (1) of the pictures' size, or <see langword="null"/>; required where <see cref="TakesMask"/>.</param>
    /// <param name="cancellationToken">Stops the work.</param>
    /// <returns>The latent; the caller disposes it.</returns>
    /// <exception cref="TensorShapeException">The picture or mask does not fit.</exception>
    Task<Latent> EncodeAsync(ImageTensor image, Mask? mask = null, CancellationToken cancellationToken = default);

    /// <summary>Encodes a batch of pictures given something beside them, such as their class.</summary>
    /// <param name="image">Pictures, NCHW, in [0, 1]; height and width are multiples of <see cref="SizeMultiple"/>.</param>
    /// <param name="conditions">The tensors of <see cref="Conditions"/>, each of the pictures' batch and its own scale; they stay the caller's.</param>
    /// <param name="mask">Missing pixels (1) of the pictures' size, or <see langword="null"/>; required where <see cref="TakesMask"/>.</param>
    /// <param name="cancellationToken">Stops the work.</param>
    /// <returns>The latent; the caller disposes it.</returns>
    /// <exception cref="TensorShapeException">The picture, mask or conditions do not fit.</exception>
    Task<Latent> EncodeConditionedAsync(ImageTensor image, HostLatent conditions, Mask? mask = null, CancellationToken cancellationToken = default)
    {
        this.ThrowIfUnfit(image, mask, conditions);
        return EncodeAsync(image, mask, cancellationToken);
    }
}
