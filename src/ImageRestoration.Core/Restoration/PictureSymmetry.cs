using ImageRestoration.Imaging;
using ImageRestoration.Masking;

namespace ImageRestoration.Restoration;

/// <summary>One of the eight ways to flip and turn a rectangle: transposed first, where asked for, then mirrored.</summary>
/// <param name="Transposed">Whether rows become columns.</param>
/// <param name="UpsideDown">Whether rows then come in reverse order.</param>
/// <param name="Mirrored">Whether columns then come in reverse order.</param>
internal readonly record struct PictureSymmetry(bool Transposed, bool UpsideDown, bool Mirrored)
{
    /// <summary>Side of the blocks in which pictures are transposed: a block's rows and columns stay in the first-level cache.</summary>
    private const int Block = 32;

    /// <summary>The identity first, then the other flips, then those with transposition: prefixes of 2 and 4 are groups too.</summary>
    internal static IReadOnlyList<PictureSymmetry> All { get; } =
    [
        new(false, false, false),
        new(false, false, true),
        new(false, true, false),
        new(false, true, true),
        new(true, false, false),
        new(true, false, true),
        new(true, true, false),
        new(true, true, true),
    ];

    internal bool IsIdentity => this == default;

    /// <summary>The picture flipped and turned; the caller disposes it.</summary>
    internal ImageTensor Apply(ImageTensor image)
    {
        ImageShape shape = Transposed ? image.Shape with { Height = image.Width, Width = image.Height } : image.Shape;
        ImageTensor turned = ImageTensor.CreateUninitialized(shape);
        for (int n = 0; n < image.Batch; n++)
        {
            for (int c = 0; c < image.Channels; c++)
            {
                Copy<float>(image.Plane(n, c), image.Height, image.Width, turned.Plane(n, c));
            }
        }

        return turned;
    }

    /// <summary>The mask flipped and turned.</summary>
    internal Mask Apply(Mask mask)
    {
        Mask turned = Transposed ? new Mask(mask.Width, mask.Height) : new Mask(mask.Height, mask.Width);
        Copy<byte>(mask.Values, mask.Height, mask.Width, turned.Values);
        return turned;
    }

    /// <summary>Turns a picture back and adds it.</summary>
    internal void AddInverse(ImageTensor turned, ImageTensor sum)
    {
        for (int n = 0; n < sum.Batch; n++)
        {
            for (int c = 0; c < sum.Channels; c++)
            {
                ReadOnlySpan<float> source = turned.Plane(n, c);
                Span<float> destination = sum.Plane(n, c);
                foreach ((int top, int left) in Blocks(sum.Height, sum.Width))
                {
                    int right = Math.Min(left + Block, sum.Width);
                    for (int y = top; y < Math.Min(top + Block, sum.Height); y++)
                    {
                        (int start, int step) = Line(y, sum.Height, sum.Width);
                        Span<float> row = destination.Slice(y * sum.Width, sum.Width);
                        for (int x = left; x < right; x++)
                        {
                            row[x] += source[start + (x * step)];
                        }
                    }
                }
            }
        }
    }

    private static IEnumerable<(int Top, int Left)> Blocks(int height, int width)
    {
        for (int top = 0; top < height; top += Block)
        {
            for (int left = 0; left < width; left += Block)
            {
                yield return (top, left);
            }
        }
    }

    private void Copy<T>(ReadOnlySpan<T> source, int height, int width, Span<T> destination)
    {
        foreach ((int top, int left) in Blocks(height, width))
        {
            int right = Math.Min(left + Block, width);
            for (int y = top; y < Math.Min(top + Block, height); y++)
            {
                (int start, int step) = Line(y, height, width);
                ReadOnlySpan<T> row = source.Slice(y * width, width);
                for (int x = left; x < right; x++)
                {
                    destination[start + (x * step)] = row[x];
                }
            }
        }
    }

    /// <summary>Where the pixels of a row of the picture lie in the turned one: the first, and the distance to the next.</summary>
    private (int Start, int Step) Line(int row, int height, int width)
    {
        if (!Transposed)
        {
            int line = (UpsideDown ? height - 1 - row : row) * width;
            return Mirrored ? (line + width - 1, -1) : (line, 1);
        }

        // The turned picture is width × height: the row becomes a column.
        int column = Mirrored ? height - 1 - row : row;
        return UpsideDown ? (((width - 1) * height) + column, -height) : (column, height);
    }
}
