using ImageRestoration.Imaging;
using ImageRestoration.Masking;

namespace DrawGallery;

/// <summary>Paints missing pixels in a colour that the photographs do not have.</summary>
internal static class MaskColor
{
    private static readonly float[] _rgb = [0.93f, 0.1f, 0.55f];

    public static ImageTensor Paint(ImageTensor image, Mask mask)
    {
        using ImageTensor weights = mask.ToTensor();
        return Paint(image, weights);
    }

    /// <summary>Mixes picture and colour: 1 is the colour alone.</summary>
    public static ImageTensor Paint(ImageTensor image, ImageTensor weights)
    {
        ImageTensor painted = image.Clone();
        ReadOnlySpan<float> share = weights.Span;
        for (int channel = 0; channel < painted.Channels; channel++)
        {
            Span<float> plane = painted.Plane(0, channel);
            for (int i = 0; i < plane.Length; i++)
            {
                plane[i] += share[i] * (_rgb[channel] - plane[i]);
            }
        }

        return painted;
    }
}
