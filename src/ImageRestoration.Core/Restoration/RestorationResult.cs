using ImageRestoration.Imaging;

namespace ImageRestoration.Restoration;

/// <summary>A restored picture. The caller disposes it.</summary>
public sealed class RestorationResult : IDisposable
{
    /// <summary>Creates a result that takes over its picture.</summary>
    /// <param name="image">The restored pictures, as large as those of the request.</param>
    /// <param name="computeTime">Time spent in the network or method itself.</param>
    public RestorationResult(ImageTensor image, TimeSpan computeTime)
    {
        ArgumentNullException.ThrowIfNull(image);
        Image = image;
        ComputeTime = computeTime;
    }

    /// <summary>The restored pictures, NCHW; disposed with the result.</summary>
    public ImageTensor Image { get; }

    /// <summary>Time spent in the network or method itself.</summary>
    public TimeSpan ComputeTime { get; }

    /// <summary>Disposes the picture.</summary>
    public void Dispose() => Image.Dispose();
}
