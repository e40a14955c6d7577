using ImageRestoration.Imaging;
using ImageRestoration.Masking;
using ImageRestoration.Networks;

namespace ImageRestoration.Latents;

/// <summary>The checks that every encoder makes before it runs, so that all of them refuse the same inputs in the same words.</summary>
public static class EncoderInput
{
    /// <summary>Throws unless an encoder takes a picture and a mask.</summary>
    /// <param name="encoder">The encoder.</param>
    /// <param name="image">Pictures, NCHW.</param>
    /// <param name="mask">Missing pixels, or <see langword="null"/>.</param>
    /// <param name="conditions">What the encoder is given beside them, or <see langword="null"/>.</param>
    /// <exception cref="TensorShapeException">Channels, size, mask or conditions do not fit.</exception>
    public static void ThrowIfUnfit(this IEncoder encoder, ImageTensor image, Mask? mask, HostLatent? conditions = null)
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
        foreach (LatentTensorSpec condition in encoder.Conditions.Tensors)
        {
            if (conditions is null || !conditions.Names.Contains(condition.Name, StringComparer.Ordinal))
            {
                throw new TensorShapeException($"The encoder takes '{condition}' beside the picture, which was not given. Pass it to {nameof(IEncoder.EncodeConditionedAsync)}, or a class to {nameof(Generation.ImageGenerator)}.");
            }

            ImageShape expected = new(image.Batch, condition.Channels, condition.HeightScale.For(image.Height), condition.WidthScale.For(image.Width));
            if (conditions.ShapeOf(condition.Name) != expected)
            {
                throw new TensorShapeException($"Condition '{condition.Name}' is {conditions.ShapeOf(condition.Name)}; beside an image of {image.Shape} the encoder takes {expected}.");
            }
        }
    }

    /// <summary>Puts what an encoder network is given in the order of its inputs.</summary>
    /// <param name="encoder">The encoder network.</param>
    /// <param name="image">Pictures, NCHW.</param>
    /// <param name="holes">The mask as a tensor, where the network takes one.</param>
    /// <param name="conditions">The network's conditions, where it has any.</param>
    /// <returns>The same tensors, in order.</returns>
    public static ImageTensor[] Arrange(this Network encoder, ImageTensor image, ImageTensor? holes, HostLatent? conditions)
    {
        ArgumentNullException.ThrowIfNull(encoder);
        int pictures = 0;
        return [.. encoder.Inputs.Select(input => input.IsCondition ? conditions![input.Name] : pictures++ == 0 ? image : holes!)];
    }
}
