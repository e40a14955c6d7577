using ImageRestoration.Imaging;

namespace ImageRestoration.Photos;

/// <summary>A picture and what its file said beside the pixels, in a form that belongs to no codec.</summary>
/// <remarks>Owns its tensors.</remarks>
public sealed class DecodedPhoto : IDisposable
{
    /// <summary>Takes a decoded picture.</summary>
    /// <param name="image">
    /// Shape 1 × 1 (grey) or 3 (RGB) × height × width, values in [0, 1] in the file's own encoding, not multiplied by alpha; taken over.
    /// </param>
    /// <param name="alpha">
    /// Shape 1 × 1 × height × width, 0 = transparent, 1 = opaque, or <see langword="null"/> where every pixel is opaque; taken over.
    /// </param>
    /// <param name="facts">What the file's headers say.</param>
    /// <param name="metadata">Profiles and resolution.</param>
    /// <exception cref="TensorShapeException">The tensors are of other shapes.</exception>
    public DecodedPhoto(ImageTensor image, ImageTensor? alpha, PhotoFacts facts, PhotoMetadata metadata)
    {
        ArgumentNullException.ThrowIfNull(image);
        ArgumentNullException.ThrowIfNull(facts);
        ArgumentNullException.ThrowIfNull(metadata);
        if (image.Batch != 1 || image.Channels is not (1 or 3) || (alpha is not null && alpha.Shape != image.Shape with { Channels = 1 }))
        {
            throw new TensorShapeException(
                $"The picture is {image.Shape} and its alpha {alpha?.Shape}; expected are 1 picture of 1 or 3 channels, "
                    + "and one channel of alpha of its size.");
        }

        Image = image;
        Alpha = alpha;
        Facts = facts;
        Metadata = metadata;
    }

    /// <summary>Shape 1 × 1 or 3 × height × width, values in [0, 1].</summary>
    public ImageTensor Image { get; }

    /// <summary>Shape 1 × 1 × height × width, or <see langword="null"/> where every pixel is opaque.</summary>
    public ImageTensor? Alpha { get; }

    /// <summary>What the file's headers say; size as stored.</summary>
    public PhotoFacts Facts { get; }

    /// <summary>Profiles and resolution.</summary>
    public PhotoMetadata Metadata { get; }

    /// <summary>Disposes the tensors.</summary>
    public void Dispose()
    {
        Image.Dispose();
        Alpha?.Dispose();
    }
}
