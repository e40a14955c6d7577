using ImageRestoration.Imaging;
using SixLabors.ImageSharp.Metadata;

namespace ImageRestoration.ImageSharp;

/// <summary>A picture and what its file said beside the pixels.</summary>
/// <param name="Image">1 × 1 or 3 × height × width, upright where that was asked for.</param>
/// <param name="Alpha">1 × 1 × height × width, or <see langword="null"/> where every pixel is opaque.</param>
/// <param name="Metadata">Profiles and resolution.</param>
/// <param name="Facts">What the file's headers say.</param>
internal sealed record DecodedFile(ImageTensor Image, ImageTensor? Alpha, ImageMetadata Metadata, FileFacts Facts) : IDisposable
{
    public void Dispose()
    {
        Image.Dispose();
        Alpha?.Dispose();
    }
}
