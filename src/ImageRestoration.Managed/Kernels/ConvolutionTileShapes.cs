using System.Runtime.Intrinsics.Arm;

namespace ImageRestoration.Managed;

/// <summary>Which tiles fit the processor's registers.</summary>
internal static class ConvolutionTileShapes
{
    /// <summary>Most pixels of a tile; buffers end with room for what a tile reads beyond a row.</summary>
    internal const int MostPixels = 12;

    /// <summary>Sizes of groups of output blocks that a tile may span, largest first.</summary>
    internal static ReadOnlySpan<int> GroupSizes(VectorKind kind) => kind == VectorKind.Vector512 ? [4, 2, 1] : [1];

    /// <summary>How many pixels the next tile of a row has; may be more than remain, never by much.</summary>
    internal static int ChoosePixels(VectorKind kind, int vectors, int remaining)
    {
        foreach (int pixels in Sizes(kind, vectors))
        {
            // A tile with one pixel to spare costs less than two small tiles.
            if (pixels <= remaining + 1)
            {
                return pixels;
            }
        }

        return 2;
    }

    private static ReadOnlySpan<int> Sizes(VectorKind kind, int vectors) => (kind, vectors) switch
    {
        (VectorKind.Vector512, 4) => [6, 4, 2],
        (VectorKind.Vector512, _) => [12, 6, 2],

        // 16 registers: 12 sums, two weights and an input.
        (VectorKind.Vector256, _) => [6, 2],
        _ => AdvSimd.Arm64.IsSupported ? [6, 4, 2] : [2],
    };
}
