using ImageRestoration.Imaging;
using SixLabors.ImageSharp.Metadata;

namespace ImageRestoration.ImageSharp;

/// <summary>A picture and what its file said beside the pixels.</summary>
internal sealed record DecodedFile(ImageTensor Image, ImageMetadata Metadata, int BitsPerChannel) : IDisposable
{
    public void Dispose() => Image.Dispose();
}
