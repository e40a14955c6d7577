using ImageRestoration.Imaging;
using ImageRestoration.Masking;

namespace ImageRestoration.Classical.Inpainting;

/// <summary>Gives each missing pixel the value of the nearest known pixel (Euclidean distance).</summary>
/// <remarks>
/// <para>The fastest method: linear time. Ties go to the smaller column, then to the smaller
/// row.</para><inheritdoc cref="InpaintingRestorer"/>
/// </remarks>
public sealed class NearestRestorer : InpaintingRestorer
{
    /// <summary>Creates the restorer.</summary>
    /// <param name="channels">Channels of the pictures: 3 for RGB, 1 for grey, or any other number of at least 1.</param>
    public NearestRestorer(int channels = 3)
        : base("nearest", channels)
    {
    }

    /// <inheritdoc/>
    private protected override void Fill(ImageTensor image, Mask mask, CancellationToken cancellationToken)
        => MissingPixels.Fill(image, mask, InitialFill.Nearest, cancellationToken: cancellationToken);
}
