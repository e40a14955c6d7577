using ImageRestoration.Imaging;
using ImageRestoration.Masking;

namespace ImageRestoration.Managed;

/// <summary>Makes the input that networks take for a mask.</summary>
internal static class MaskPlanes
{
    /// <summary>One plane for each picture, 1 = missing; the caller disposes it.</summary>
    internal static ImageTensor Create(Mask mask, int batch)
    {
        ImageTensor planes = ImageTensor.CreateUninitialized(new ImageShape(batch, 1, mask.Height, mask.Width));
        for (int n = 0; n < batch; n++)
        {
            mask.CopyTo(planes.Plane(n, 0));
        }

        return planes;
    }
}
