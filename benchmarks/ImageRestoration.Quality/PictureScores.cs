using ImageRestoration.Imaging;
using ImageRestoration.Masking;
using ImageRestoration.Metrics;

namespace ImageRestoration.Quality;

/// <summary>How close a picture is to the true one.</summary>
/// <param name="Psnr">PSNR in decibels.</param>
/// <param name="Ssim">SSIM.</param>
/// <param name="MsSsim">MS-SSIM; null where the picture is too small for it.</param>
internal readonly record struct PictureScores(double Psnr, double Ssim, double? MsSsim)
{
    /// <summary>Rounds a restored picture to 8 bits, in place, and scores it.</summary>
    /// <param name="original">The true picture.</param>
    /// <param name="restored">The picture to score, of the same shape.</param>
    /// <param name="scored">The pixels that count (1); all where null.</param>
    public static PictureScores Compute(ImageTensor original, ImageTensor restored, Mask? scored)
    {
        Quantization.RoundTo8Bit(restored);
        bool isLarge = Math.Min(original.Height, original.Width) >= Metrics.MsSsim.MinimumSize;
        return scored is null
            ? new(Metrics.Psnr.Compute(original, restored), Metrics.Ssim.Compute(original, restored), isLarge ? Metrics.MsSsim.Compute(original, restored) : null)
            : new(Metrics.Psnr.Compute(original, restored, scored), Metrics.Ssim.Compute(original, restored, scored), isLarge ? Metrics.MsSsim.Compute(original, restored, scored) : null);
    }
}
