using ImageRestoration.Imaging;
using ImageRestoration.Masking;

namespace ImageRestoration.Restoration;

/// <summary>A picture to restore. Nothing in it is changed or disposed by the restorer.</summary>
public sealed class RestorationRequest
{
    /// <summary>Creates a request.</summary>
    /// <param name="image">Pictures of any size, NCHW, in [0, 1].</param>
    /// <param name="mask">Missing pixels (1), as large as the pictures, or <see langword="null"/> where none is missing.</param>
    /// <exception cref="TensorShapeException">The mask is of another size than the image.</exception>
    public RestorationRequest(ImageTensor image, Mask? mask = null)
    {
        ArgumentNullException.ThrowIfNull(image);
        mask?.ThrowIfSizeDiffers(image.Shape);
        Image = image;
        Mask = mask;
    }

    /// <summary>Pictures of any size, NCHW, in [0, 1].</summary>
    public ImageTensor Image { get; }

    /// <summary>Missing pixels (1), or <see langword="null"/> where none is missing.</summary>
    public Mask? Mask { get; }

    /// <summary>
    /// Whether the picture is already what the network is to see, with missing pixels filled (<see cref="RestorerInfo.Fill"/>) and the
    /// exposure normalised (<see cref="RestorerInfo.NormalizesExposure"/>) where the restorer does so. Tiles are given so, since both
    /// follow from the whole picture.
    /// </summary>
    internal bool IsPrepared { get; init; }
}
