using ImageRestoration.Imaging;

namespace ImageRestoration.Photos;

/// <summary>The eight orientations of EXIF (CIPA DC-008, section 4.6.4): where a picture's first stored row and column belong.</summary>
internal static class Orientation
{
    /// <summary>Whether stored rows are columns of the picture.</summary>
    internal static bool Swaps(int orientation) => orientation >= 5;

    /// <summary>Turns a picture upright.</summary>
    /// <param name="image">As stored.</param>
    /// <param name="orientation">From 1 to 8.</param>
    /// <returns>Another picture.</returns>
    internal static ImageTensor Apply(ImageTensor image, int orientation)
    {
        (int height, int width) = Swaps(orientation) ? (image.Width, image.Height) : (image.Height, image.Width);
        ImageTensor turned = ImageTensor.CreateUninitialized(ImageShape.Single(image.Channels, height, width));
        bool mirrored = orientation is 2 or 3 or 7 or 8, flipped = orientation is 3 or 4 or 6 or 7;
        for (int c = 0; c < image.Channels; c++)
        {
            ReadOnlySpan<float> source = image.Plane(0, c);
            for (int y = 0; y < height; y++)
            {
                Span<float> row = turned.Row(0, c, y);
                if (!Swaps(orientation))
                {
                    source.Slice((flipped ? height - 1 - y : y) * width, width).CopyTo(row);
                    if (mirrored)
                    {
                        row.Reverse();
                    }

                    continue;
                }

                // Row y is a stored column: the y-th from the left, or from the right.
                int column = mirrored ? height - 1 - y : y;
                for (int x = 0; x < width; x++)
                {
                    row[x] = source[((flipped ? width - 1 - x : x) * height) + column];
                }
            }
        }

        return turned;
    }
}
