using ImageRestoration.Imaging;
using ImageRestoration.Masking;

namespace ImageRestoration.Restoration;

/// <summary>Puts the known pixels of an inpainting back, bit by bit.</summary>
internal static class KnownPixels
{
    internal static void Restore(ImageTensor original, Mask mask, ImageTensor result)
    {
        ReadOnlySpan<byte> missing = mask.Values;
        for (int n = 0; n < original.Batch; n++)
        {
            for (int c = 0; c < original.Channels; c++)
            {
                ReadOnlySpan<float> source = original.Plane(n, c);
                Span<float> destination = result.Plane(n, c);
                for (int i = 0; i < missing.Length; i++)
                {
                    destination[i] = missing[i] == 0 ? source[i] : destination[i];
                }
            }
        }
    }
}
