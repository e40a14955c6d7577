using ImageRestoration.Imaging;
using ImageRestoration.Masking;

namespace ImageRestoration.Classical.Inpainting;

/// <summary>
/// Stretches a smooth surface over missing pixels (harmonic inpainting; Chan and Shen 2002, "Mathematical Models for Local Nontexture
/// Inpaintings").
/// </summary>
/// <remarks>
/// <para>An approximate solution of Laplace's equation by a cascadic multigrid method (Bornemann and Deuflhard 1996): linear time whatever
/// the size of the holes. No value leaves the range of the known ones. Nearest to the truth in decibels where holes are wide, and blurred
/// there.</para> <inheritdoc cref="InpaintingRestorer"/>
/// </remarks>
public sealed class HarmonicRestorer : InpaintingRestorer
{
    /// <summary>Creates the restorer.</summary>
    /// <param name="channels">Channels of the pictures: 3 for RGB, 1 for grey, or any other number of at least 1.</param>
    public HarmonicRestorer(int channels = 3)
        : base("harmonic", channels)
    {
    }

    /// <inheritdoc/>
    private protected override void Fill(ImageTensor image, Mask mask, CancellationToken cancellationToken)
        => MissingPixels.Fill(image, mask, InitialFill.Harmonic, cancellationToken: cancellationToken);
}
