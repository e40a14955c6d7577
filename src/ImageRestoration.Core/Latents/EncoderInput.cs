using ImageRestoration.Imaging;
using ImageRestoration.Masking;

namespace ImageRestoration.Latents;

/// <summary>The checks that every encoder makes before it runs, so that all of them refuse the same inputs in the same words.</summary>
public static class EncoderInput
{
    /// <summary>Throws unless an encoder takes a picture and a mask.</summary>
    /// <param name="encoder">The encoder.</param>
    /// <param name="image">Pictures, NCHW.</param>
    /// <param name="mask">Missing pixels, or <see langword="null"/>.</param>
    /// <exception cref="TensorShapeException">Channels, size or mask do not fit.</exception>
    public static void ThrowIfUnfit(this IEncoder encoder, ImageTensor image, Mask? mask)
    {
        ArgumentNullException.ThrowIfNull(encoder);
        ArgumentNullException.ThrowIfNull(image);
        if (image.Channels != encoder.ImageChannels)
        {
            throw new TensorShapeException($"The image has {image.Channels} channel(s); the encoder takes {encoder.ImageChannels}. Convert the image to {(encoder.ImageChannels == 1 ? "grey" : $"{encoder.ImageChannels} channels")}.");
        }

        if (image.Height % encoder.SizeMultiple.Height != 0 || image.Width % encoder.SizeMultiple.Width != 0)
        {
            throw new TensorShapeException($"The image is {image.Height}×{image.Width} (height×width); the encoder takes multiples of {encoder.SizeMultiple}. Pad the image, or use a restorer, which pads and crops.");
        }

        if (encoder.TakesMask && mask is null)
        {
            throw new TensorShapeException("The encoder takes a mask and none was given. Pass one with 1 where pixels are missing.");
        }

        mask?.ThrowIfSizeDiffers(image.Shape);
    }
}
