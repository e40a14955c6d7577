using ImageRestoration.Imaging;
using ImageRestoration.Masking;
using ImageRestoration.Networks;

namespace ImageRestoration.Latents;

/// <summary>A shorter way to encode, and the checks of every encoder, so that all refuse the same inputs in the same words.</summary>
public static class EncoderExtensions
{
    /// <summary>Encodes a batch of pictures.</summary>
    /// <param name="encoder">The encoder.</param>
    /// <param name="image">Pictures, NCHW, in [0, 1]; height and width are multiples of <see cref="EncoderInfo.SizeMultiple"/>.</param>
    /// <param name="mask">Missing pixels (1) of the pictures' size; required where <see cref="EncoderInfo.TakesMask"/>.</param>
    /// <param name="cancellationToken">Stops the work.</param>
    /// <returns>The latent; the caller disposes it.</returns>
    /// <exception cref="MaskRequiredException">The encoder takes a mask and there is none.</exception>
    /// <exception cref="TensorShapeException">The picture or mask does not fit.</exception>
    public static Task<Latent> EncodeAsync(
        this IEncoder encoder, ImageTensor image, Mask? mask = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(encoder);
        return encoder.EncodeAsync(new EncodeRequest(image, mask), cancellationToken);
    }

    /// <summary>Throws unless a request fits an encoder.</summary>
    /// <param name="info">The encoder.</param>
    /// <param name="request">What it is given.</param>
    /// <exception cref="MaskRequiredException">The encoder takes a mask and there is none.</exception>
    /// <exception cref="TensorShapeException">Channels, size or conditions do not fit.</exception>
    public static void ThrowIfUnfit(this EncoderInfo info, EncodeRequest request)
    {
        ArgumentNullException.ThrowIfNull(info);
        ArgumentNullException.ThrowIfNull(request);
        ImageTensor image = request.Image;
        if (image.Channels != info.ImageChannels)
        {
            throw LatentErrors.WrongChannels(image, info);
        }

        if (image.Height % info.SizeMultiple.Height != 0 || image.Width % info.SizeMultiple.Width != 0)
        {
            throw LatentErrors.NoMultiple(image, info);
        }

        if (info.TakesMask && request.Mask is null)
        {
            throw new MaskRequiredException("The encoder takes a mask and none was given. Pass one with 1 where pixels are missing.");
        }

        foreach (LatentTensorSpec condition in info.Conditions.Tensors)
        {
            if (request.Conditions is null || !request.Conditions.Names.Contains(condition.Name, StringComparer.Ordinal))
            {
                throw LatentErrors.ConditionMissing(condition);
            }

            ImageShape expected = new(
                image.Batch, condition.Channels, condition.HeightScale.For(image.Height), condition.WidthScale.For(image.Width));
            if (request.Conditions.ShapeOf(condition.Name) != expected)
            {
                throw LatentErrors.WrongCondition(condition, request, expected);
            }
        }
    }

    /// <summary>Puts what an encoder network is given in the order of its inputs.</summary>
    /// <param name="encoder">The encoder network.</param>
    /// <param name="request">What it is given.</param>
    /// <param name="holes">The mask as a tensor, where the network takes one.</param>
    /// <returns>The same tensors, in order.</returns>
    public static ImageTensor[] Arrange(this Network encoder, EncodeRequest request, ImageTensor? holes)
    {
        ArgumentNullException.ThrowIfNull(encoder);
        ArgumentNullException.ThrowIfNull(request);
        int pictures = 0;
        return
        [
            .. encoder.Inputs.Select(
                input => input.IsCondition ? request.Conditions![input.Name] : pictures++ == 0 ? request.Image : holes!),
        ];
    }
}
