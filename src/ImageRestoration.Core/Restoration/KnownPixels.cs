using ImageRestoration.Imaging;
using ImageRestoration.Masking;

namespace ImageRestoration.Restoration;

/// <summary>Puts the known pixels of an inpainting back, bit by bit.</summary>
internal static class KnownPixels
{
    private const int ValuesBetweenChecks = 1 << 20;

    internal static void Restore(ImageTensor original, Mask mask, ImageTensor result, CancellationToken cancellationToken = default)
    {
        ReadOnlySpan<byte> missing = mask.Values;
        for (int n = 0; n < original.Batch; n++)
        {
            for (int c = 0; c < original.Channels; c++)
            {
                ReadOnlySpan<float> source = original.Plane(n, c);
                Span<float> destination = result.Plane(n, c);
                for (int start = 0; start < missing.Length; start += ValuesBetweenChecks)
                {
                    cancellationToken.ThrowIfCancellationRequested();
                    int end = Math.Min(start + ValuesBetweenChecks, missing.Length);
                    for (int i = start; i < end; i++)
                    {
                        destination[i] = missing[i] == 0 ? source[i] : destination[i];
                    }
                }
            }
        }
    }
}
