using ImageRestoration.Imaging;
using ImageRestoration.Latents;
using ImageRestoration.Masking;
using ImageRestoration.Networks;

namespace ImageRestoration.Restoration;

/// <summary>Restores pictures with any encoder and any decoder whose latents fit, also across backends.</summary>
/// <remarks>As thread-safe as its encoder and decoder.</remarks>
public sealed class AutoencoderRestorer : PaddedRestorer
{
    private readonly IEncoder _encoder;
    private readonly IDecoder _decoder;
    private readonly bool _leaveOpen;

    /// <summary>Joins an encoder and a decoder.</summary>
    /// <param name="encoder">Makes the latent.</param>
    /// <param name="decoder">Takes the latent.</param>
    /// <param name="task">What the pair does.</param>
    /// <param name="name">Name for messages.</param>
    /// <param name="leaveOpen">Whether encoder and decoder stay open when the restorer is disposed.</param>
    /// <exception cref="TensorShapeException">
    /// The latents or the channels of the pictures differ, or the encoder takes pictures whose latents would not have a whole number of pixels.
    /// Encoder and decoder stay the caller's then.
    /// </exception>
    public AutoencoderRestorer(IEncoder encoder, IDecoder decoder, RestorationTask task, string name = "autoencoder", bool leaveOpen = false)
        : base(Describe(encoder, decoder, task, name), JointMultiple(encoder.SizeMultiple, decoder.SizeMultiple))
    {
        _encoder = encoder;
        _decoder = decoder;
        _leaveOpen = leaveOpen;
    }

    /// <inheritdoc/>
    protected override async Task<ImageTensor> RunAsync(ImageTensor image, Mask? mask, CancellationToken cancellationToken)
    {
        using Latent latent = await _encoder.EncodeAsync(image, mask, cancellationToken).ConfigureAwait(false);
        ImageTensor output = await _decoder.DecodeAsync(latent, cancellationToken).ConfigureAwait(false);
        if (output.Shape != image.Shape)
        {
            ImageShape shape = output.Shape;
            output.Dispose();
            throw new TensorShapeException($"The decoder made {shape} of an image of {image.Shape}. A restorer keeps the size; check the decoder's upsampling.");
        }

        return output;
    }

    /// <inheritdoc/>
    protected override void Dispose(bool disposing)
    {
        if (disposing && !_leaveOpen)
        {
            _encoder.Dispose();
            _decoder.Dispose();
        }
    }

    private static RestorerInfo Describe(IEncoder encoder, IDecoder decoder, RestorationTask task, string name)
    {
        ArgumentNullException.ThrowIfNull(encoder);
        ArgumentNullException.ThrowIfNull(decoder);
        encoder.Latent.ThrowIfNotFor(decoder.Latent);
        if (encoder.ImageChannels != decoder.ImageChannels)
        {
            throw new TensorShapeException($"The encoder takes pictures of {encoder.ImageChannels} channel(s) and the decoder makes {decoder.ImageChannels}. A restorer keeps the channels.");
        }

        ThrowIfNotDivisible(encoder);
        string device = encoder.Device == decoder.Device ? encoder.Device : $"{encoder.Device} → {decoder.Device}";
        return new RestorerInfo(name, task, encoder.ImageChannels, encoder.TakesMask, $"{encoder.GetType().Name} → {decoder.GetType().Name}", device);
    }

    /// <summary>A declared network's multiple follows from its strides; one written by hand may be wrong, and would fail with some pictures only.</summary>
    private static void ThrowIfNotDivisible(IEncoder encoder)
    {
        Size2d multiple = encoder.SizeMultiple;
        foreach (LatentTensorSpec tensor in encoder.Latent.Tensors)
        {
            if (multiple.Height % tensor.HeightScale.Denominator != 0 || multiple.Width % tensor.WidthScale.Denominator != 0)
            {
                throw new TensorShapeException($"The encoder takes pictures in multiples of {multiple} and makes latent tensor '{tensor}', which not all of them divide into. Its {nameof(IEncoder.SizeMultiple)} must be a multiple of {tensor.HeightScale.Denominator}×{tensor.WidthScale.Denominator}.");
            }
        }
    }

    private static Size2d JointMultiple(Size2d encoder, Size2d decoder) => new(
        (int)AffineSize.LeastCommonMultiple(encoder.Height, decoder.Height),
        (int)AffineSize.LeastCommonMultiple(encoder.Width, decoder.Width));
}
