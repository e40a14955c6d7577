using ImageRestoration.Masking;

namespace ImageRestoration.Classical.Inpainting;

/// <summary>A rectangle of pixels.</summary>
internal readonly record struct PixelBox(int Top, int Left, int Height, int Width)
{
    /// <summary>The smallest rectangle with all missing pixels, enlarged by a margin where the picture goes on.</summary>
    internal static PixelBox AroundMissing(Mask mask, int margin)
    {
        int top = mask.Height, bottom = -1, left = mask.Width, right = -1;
        for (int y = 0; y < mask.Height; y++)
        {
            ReadOnlySpan<byte> row = mask.Values.Slice(y * mask.Width, mask.Width);
            int first = row.IndexOfAnyExcept((byte)0);
            if (first >= 0)
            {
                top = Math.Min(top, y);
                bottom = y;
                left = Math.Min(left, first);
                right = Math.Max(right, row.LastIndexOfAnyExcept((byte)0));
            }
        }

        top = Math.Max(0, top - margin);
        left = Math.Max(0, left - margin);
        bottom = Math.Min(mask.Height - 1, bottom + margin);
        right = Math.Min(mask.Width - 1, right + margin);
        return new PixelBox(top, left, bottom - top + 1, right - left + 1);
    }
}
