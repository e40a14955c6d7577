using ImageRestoration.Imaging;

namespace ImageRestoration.Masking;

/// <summary>Enlarges pictures beyond their edges, so that inpainting can paint what is there.</summary>
public static class Outpainting
{
    /// <summary>Puts pictures on a larger canvas whose new pixels are missing.</summary>
    /// <param name="image">Pictures, NCHW, nominal range [0, 1]; not changed.</param>
    /// <param name="top">Rows to add above, at least 0.</param>
    /// <param name="bottom">Rows to add below, at least 0.</param>
    /// <param name="left">Columns to add on the left, at least 0.</param>
    /// <param name="right">Columns to add on the right, at least 0.</param>
    /// <returns>
    /// The enlarged pictures, 0 in the new pixels (see <see cref="MissingPixels.Fill"/> for other values), which the caller disposes,
    /// and a mask of their size: 1 in the new pixels, 0 in the old ones.
    /// </returns>
    /// <exception cref="ArgumentException">A number is negative or the canvas too large for a tensor; all errors are listed.</exception>
    public static (ImageTensor Image, Mask Mask) Enlarge(ImageTensor image, int top, int bottom, int left, int right)
    {
        ArgumentNullException.ThrowIfNull(image);
        var errors = new OptionErrors();
        errors.CheckRange(nameof(top), top, 0, int.MaxValue);
        errors.CheckRange(nameof(bottom), bottom, 0, int.MaxValue);
        errors.CheckRange(nameof(left), left, 0, int.MaxValue);
        errors.CheckRange(nameof(right), right, 0, int.MaxValue);
        Int128 height = (Int128)image.Height + top + bottom;
        Int128 width = (Int128)image.Width + left + right;
        if (height * width * image.Batch * image.Channels > Array.MaxLength)
        {
            errors.Add(Invariant($"The canvas would be {image.Batch}×{image.Channels}×{height}×{width}; ")
                + Invariant($"a tensor holds at most {Array.MaxLength} values."));
        }

        errors.ThrowIfAny("extents of the canvas");
        ImageTensor canvas = ImageTensor.Create(image.Shape with { Height = (int)height, Width = (int)width });
        for (int n = 0; n < image.Batch; n++)
        {
            for (int c = 0; c < image.Channels; c++)
            {
                for (int row = 0; row < image.Height; row++)
                {
                    image.Row(n, c, row).CopyTo(canvas.Row(n, c, top + row)[left..]);
                }
            }
        }

        var mask = new Mask(canvas.Height, canvas.Width);
        mask.MarkBorder(top, bottom, left, right);
        return (canvas, mask);
    }
}
