using ImageRestoration.Imaging;
using ImageRestoration.Masking;

namespace ImageRestoration.Latents;

/// <summary>What an encoder is given. Nothing in it is changed or disposed by the encoder.</summary>
public sealed class EncodeRequest
{
    /// <summary>Creates a request.</summary>
    /// <param name="image">Pictures, NCHW, in [0, 1]; height and width are multiples of <see cref="EncoderInfo.SizeMultiple"/>.</param>
    /// <param name="mask">Missing pixels (1), as large as the pictures, or <see langword="null"/>.</param>
    /// <exception cref="TensorShapeException">The mask is of another size than the image.</exception>
    public EncodeRequest(ImageTensor image, Mask? mask = null)
    {
        ArgumentNullException.ThrowIfNull(image);
        mask?.ThrowIfSizeDiffers(image.Shape);
        Image = image;
        Mask = mask;
    }

    /// <summary>Pictures, NCHW, in [0, 1], as the network is to see them: filled and normalised as the encoder's info says.</summary>
    public ImageTensor Image { get; }

    /// <summary>Missing pixels (1), or <see langword="null"/>. Encoders that take none pay no attention to it.</summary>
    public Mask? Mask { get; }

    /// <summary>The tensors of <see cref="EncoderInfo.Conditions"/>, such as a class, of the pictures' batch, each of its scale.</summary>
    /// <value>Default <see langword="null"/>: none.</value>
    public HostLatent? Conditions { get; init; }
}
