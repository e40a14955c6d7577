using ImageRestoration.Imaging;

namespace ImageRestoration.Data;

/// <summary>What every source of pictures can do.</summary>
public static class PatchSourceExtensions
{
    /// <summary>Copies a whole picture.</summary>
    /// <param name="source">The source.</param>
    /// <param name="index">Picture, from 0.</param>
    /// <returns>1×C×H×W in [0, 1]; the caller disposes it.</returns>
    public static ImageTensor ReadImage(this IPatchSource source, int index)
    {
        ArgumentNullException.ThrowIfNull(source);
        (int height, int width) = source.SizeOf(index);
        ImageTensor picture = ImageTensor.CreateUninitialized(ImageShape.Single(source.Channels, height, width));
        source.Read(index, 0, 0, height, width, picture.Span);
        return picture;
    }
}
