using ImageRestoration.Imaging;

namespace ImageRestoration.ImageSharp;

/// <summary>A restored picture and its alpha.</summary>
internal sealed record RestoredPicture(ImageTensor Color, ImageTensor? Alpha, TimeSpan ComputeTime) : IDisposable
{
    public void Dispose()
    {
        Color.Dispose();
        Alpha?.Dispose();
    }
}
