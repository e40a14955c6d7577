using ImageRestoration.Imaging;
using ImageRestoration.Masking;

namespace ImageRestoration.Restoration;

/// <summary>Enlarges pictures at the bottom and right by mirroring them at their border, without repeating the border pixel.</summary>
internal static class MirrorPadding
{
    internal static ImageTensor Pad(ImageTensor image, int height, int width)
    {
        ImageTensor padded = ImageTensor.CreateUninitialized(image.Shape with { Height = height, Width = width });
        for (int n = 0; n < image.Batch; n++)
        {
            for (int c = 0; c < image.Channels; c++)
            {
                for (int y = 0; y < height; y++)
                {
                    ReadOnlySpan<float> source = image.Row(n, c, Mirror(y, image.Height));
                    Span<float> destination = padded.Row(n, c, y);
                    source.CopyTo(destination);
                    for (int x = image.Width; x < width; x++)
                    {
                        destination[x] = source[Mirror(x, image.Width)];
                    }
                }
            }
        }

        return padded;
    }

    internal static Mask Pad(Mask mask, int height, int width)
    {
        if (mask.Height == height && mask.Width == width)
        {
            return mask;
        }

        var padded = new Mask(height, width);
        for (int y = 0; y < height; y++)
        {
            for (int x = 0; x < width; x++)
            {
                padded[y, x] = mask[Mirror(y, mask.Height), Mirror(x, mask.Width)];
            }
        }

        return padded;
    }

    /// <summary>The position in [0, extent) that any position, also a negative one, mirrors.</summary>
    internal static int Mirror(int position, int extent)
    {
        if (extent == 1)
        {
            return 0;
        }

        int period = 2 * (extent - 1);
        int offset = Math.Abs(position) % period;
        return offset < extent ? offset : period - offset;
    }
}
