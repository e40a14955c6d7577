using ImageRestoration.Imaging;
using ImageRestoration.Latents;
using ImageRestoration.Masking;

namespace ImageRestoration.Restoration;

/// <summary>Restores pictures with any encoder and any decoder whose latents fit, also across backends.</summary>
/// <remarks>
/// The pair restores as the whole model does: holes are filled and the exposure is normalised as the encoder asks for
/// (<see cref="EncoderInfo.Fill"/>, <see cref="EncoderInfo.NormalizesExposure"/>), and tiles of declared networks are exact. As thread-safe
/// as encoder and decoder.
/// </remarks>
public sealed class AutoencoderRestorer : PaddedRestorer
{
    private readonly IEncoder _encoder;
    private readonly IDecoder _decoder;
    private readonly bool _leaveOpen;

    /// <summary>Joins an encoder and a decoder.</summary>
    /// <param name="encoder">Makes the latent.</param>
    /// <param name="decoder">Takes the latent.</param>
    /// <param name="task">What the pair does.</param>
    /// <param name="name">Name for messages; the encoder's where <see langword="null"/>.</param>
    /// <param name="leaveOpen">Whether encoder and decoder stay open when the restorer is disposed.</param>
    /// <exception cref="TensorShapeException">
    /// The latents or the channels of the pictures differ, the encoder takes a condition such as a class, or it takes pictures whose
    /// latents would not have a whole number of pixels. Encoder and decoder stay the caller's then.
    /// </exception>
    public AutoencoderRestorer(IEncoder encoder, IDecoder decoder, RestorationTask task, string? name = null, bool leaveOpen = false)
        : base(AutoencoderPair.Describe(encoder, decoder, task, name))
    {
        _encoder = encoder;
        _decoder = decoder;
        _leaveOpen = leaveOpen;
    }

    /// <inheritdoc/>
    public override object? GetService(Type serviceType, object? serviceKey = null)
        => base.GetService(serviceType, serviceKey) ?? (serviceKey is not null ? null
            : serviceType.IsInstanceOfType(_encoder) ? _encoder
            : serviceType.IsInstanceOfType(_decoder) ? _decoder
            : null);

    /// <inheritdoc/>
    protected override async Task<ImageTensor> RunAsync(ImageTensor image, Mask? mask, CancellationToken cancellationToken)
    {
        using Latent latent = await _encoder.EncodeAsync(new EncodeRequest(image, mask), cancellationToken).ConfigureAwait(false);
        ImageTensor output = await _decoder.DecodeAsync(latent, cancellationToken).ConfigureAwait(false);
        if (output.Shape != image.Shape)
        {
            ImageShape shape = output.Shape;
            output.Dispose();
            throw RestorationErrors.DecodedShape(shape, image.Shape);
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
}
