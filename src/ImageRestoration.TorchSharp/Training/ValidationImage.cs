using ImageRestoration.Imaging;
using ImageRestoration.Masking;
using ImageRestoration.Metrics;

namespace ImageRestoration.TorchSharp;

/// <summary>A degraded picture and the picture it should become. The tensors stay the caller's.</summary>
/// <param name="Degraded">What the network gets: 1 × channels × height × width, nominal range [0, 1].</param>
/// <param name="Clean">What it should make, of the same shape, in [0, 1].</param>
/// <param name="Mask">Missing pixels of the degraded picture; <see langword="null"/> where none is missing.</param>
public sealed record ValidationImage(ImageTensor Degraded, ImageTensor Clean, Mask? Mask = null)
{
    /// <summary>PSNR in dB: of the missing part where there is one, otherwise of the whole picture.</summary>
    internal double Score(ImageTensor restored) => Mask is null ? Psnr.Compute(Clean, restored) : Psnr.Compute(Clean, restored, Mask);
}
