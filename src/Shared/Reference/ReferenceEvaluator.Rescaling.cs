namespace ImageRestoration.Networks;

/// <content>Layers that change the size of a picture.</content>
internal static partial class ReferenceEvaluator
{
    private static void UpsampleNearest(int factor, ReferenceValue source, ReferenceValue output)
        => ForEachPosition(output, (n, c, y, x) => source.Row(n, c, y / factor)[x / factor]);

    private static void UpsampleBilinear(int factor, ReferenceValue source, ReferenceValue output)
        => ForEachPosition(output, (n, c, y, x) =>
        {
            (int above, int below, double down) = Neighbours(y, factor, source.Shape.Height);
            (int left, int right, double along) = Neighbours(x, factor, source.Shape.Width);
            ReadOnlySpan<double> first = source.Row(n, c, above), second = source.Row(n, c, below);
            return ((1 - down) * (((1 - along) * first[left]) + (along * first[right])))
                + (down * (((1 - along) * second[left]) + (along * second[right])));
        });

    /// <summary>
    /// The two positions that an enlarged one lies between, and its distance from the first. Positions are those of the pixels' centres
    /// (<c>align_corners=False</c>); beyond the outermost centres the border pixel is repeated.
    /// </summary>
    private static (int First, int Second, double Distance) Neighbours(int position, int factor, int extent)
    {
        double centre = Math.Max(0, ((position + 0.5) / factor) - 0.5);
        int first = (int)Math.Floor(centre);
        return (first, Math.Min(first + 1, extent - 1), centre - first);
    }

    private static void PixelShuffle(int factor, ReferenceValue source, ReferenceValue output)
        => ForEachPosition(output, (n, c, y, x) =>
        {
            int channel = (((c * factor) + (y % factor)) * factor) + (x % factor);
            return source.Row(n, channel, y / factor)[x / factor];
        });

    private static void PixelUnshuffle(int factor, ReferenceValue source, ReferenceValue output)
        => ForEachPosition(output, (n, c, y, x) =>
        {
            int offsetX = c % factor, offsetY = c / factor % factor, channel = c / (factor * factor);
            return source.Row(n, channel, (y * factor) + offsetY)[(x * factor) + offsetX];
        });

    private static void Pad2d(Pad2dLayer layer, ReferenceValue source, ReferenceValue output)
        => ForEachPosition(output, (n, c, y, x) =>
        {
            int sourceY = Inside(layer.Mode, y - layer.Padding.Top, source.Shape.Height),
                sourceX = Inside(layer.Mode, x - layer.Padding.Left, source.Shape.Width);
            return sourceY < 0 || sourceX < 0 ? 0 : source.Row(n, c, sourceY)[sourceX];
        });

    /// <summary>The position that stands for one beyond the border; −1 for zeros.</summary>
    private static int Inside(PaddingMode mode, int position, int extent) => mode switch
    {
        _ when position >= 0 && position < extent => position,
        PaddingMode.Reflect => position < 0 ? -position : (2 * (extent - 1)) - position,
        PaddingMode.Replicate => Math.Clamp(position, 0, extent - 1),
        _ => -1,
    };

    private static void ForEachPosition(ReferenceValue output, Func<int, int, int, int, double> compute)
    {
        for (int n = 0; n < output.Shape.Batch; n++)
        {
            for (int c = 0; c < output.Shape.Channels; c++)
            {
                for (int y = 0; y < output.Shape.Height; y++)
                {
                    Span<double> row = output.Row(n, c, y);
                    for (int x = 0; x < row.Length; x++)
                    {
                        row[x] = compute(n, c, y, x);
                    }
                }
            }
        }
    }
}
