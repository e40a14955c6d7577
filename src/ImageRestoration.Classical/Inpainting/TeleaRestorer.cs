using ImageRestoration.Imaging;
using ImageRestoration.Masking;

namespace ImageRestoration.Classical.Inpainting;

/// <summary>
/// Fills missing pixels from the rim inwards, in order of their distance from it, each by a weighted mean of the pixels around it that
/// are known or filled: Telea, "An Image Inpainting Technique Based on the Fast Marching Method", 2004.
/// </summary>
/// <remarks>
/// <para>The mean has no gradient term, unlike the paper's equation 2. In OpenCV's <c>INPAINT_TELEA</c> that term is normalised to at most
/// one and a half levels of 8 bits, so that the two come equally close to the truth.</para>
/// <inheritdoc cref="InpaintingRestorer"/>
/// </remarks>
public sealed class TeleaRestorer : InpaintingRestorer
{
    private readonly TeleaOptions _options;

    /// <summary>Creates the restorer.</summary>
    /// <param name="options">Settings; the defaults where <see langword="null"/>.</param>
    /// <param name="channels">Channels of the pictures: 3 for RGB, 1 for grey, or any other number of at least 1.</param>
    /// <exception cref="ArgumentException">An option is out of range.</exception>
    public TeleaRestorer(TeleaOptions? options = null, int channels = 3)
        : base("telea", channels)
    {
        _options = options ?? new TeleaOptions();
        _options.Validate(nameof(options));
    }

    /// <inheritdoc/>
    private protected override void Fill(ImageTensor image, Mask mask, CancellationToken cancellationToken)
    {
        var filler = new TeleaFiller(image, mask, _options.Radius, cancellationToken);
        filler.Run(cancellationToken);
    }
}
