using ImageRestoration.Imaging;

namespace ImageRestoration.Photos;

/// <summary>A restored picture and its alpha.</summary>
/// <param name="Color">Shape 1 × 1 (grey) or 3 (RGB) × height × width, values in [0, 1].</param>
/// <param name="Alpha">
/// Shape 1 × 1 × height × width, 0 = transparent, 1 = opaque, or <see langword="null"/> where every pixel is opaque.
/// </param>
/// <param name="ComputeTime">Time in the network or method itself.</param>
public sealed record RestoredPhoto(ImageTensor Color, ImageTensor? Alpha, TimeSpan ComputeTime) : IDisposable
{
    /// <summary>Disposes the tensors.</summary>
    public void Dispose()
    {
        Color.Dispose();
        Alpha?.Dispose();
    }
}
