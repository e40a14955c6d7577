namespace ImageRestoration.Imaging;

/// <summary>Lays pictures out in rows and columns as one picture, to look at many together.</summary>
public static class ImageGrid
{
    /// <summary>
    /// Lays pictures out in reading order. A column is as wide as its widest picture and a row as high as its highest; smaller pictures
    /// stand in the middle of their cell, and what is left of the last row stays empty.
    /// </summary>
    /// <param name="pictures">NCHW tensors of one channel count; a batch counts as so many pictures. Values are copied as they are.</param>
    /// <param name="columns">Pictures in a row, at least 1.</param>
    /// <param name="margin">Pixels between pictures and around all of them, at least 0.</param>
    /// <param name="background">Value of margins and of what pictures do not cover, in every channel.</param>
    /// <returns>One picture of 1 × channels × height × width; the caller disposes it.</returns>
    /// <exception cref="ArgumentException">There is no picture.</exception>
    /// <exception cref="ArgumentOutOfRangeException">A number is out of range, or the whole is larger than a tensor can be.</exception>
    /// <exception cref="OverflowException">The whole is more than <see cref="int.MaxValue"/> pixels long.</exception>
    /// <exception cref="TensorShapeException">The pictures differ in channels.</exception>
    public static ImageTensor Create(IReadOnlyList<ImageTensor> pictures, int columns, int margin = 2, float background = 1f)
    {
        ArgumentNullException.ThrowIfNull(pictures);
        ArgumentOutOfRangeException.ThrowIfLessThan(columns, 1);
        ArgumentOutOfRangeException.ThrowIfNegative(margin);
        if (pictures.Count == 0)
        {
            throw new ArgumentException("A grid needs at least one picture.", nameof(pictures));
        }

        int channels = pictures[0].Channels;
        if (pictures.FirstOrDefault(p => p.Channels != channels) is { } other)
        {
            throw new TensorShapeException(
                Invariant($"The first picture of the grid has {channels} channel(s) and another has {other.Channels}. Convert all to RGB ")
                    + "or all to grey.");
        }

        (ImageTensor Tensor, int Index)[] cells = [.. pictures.SelectMany(p => Enumerable.Range(0, p.Batch).Select(i => (p, i)))];
        columns = Math.Min(columns, cells.Length);
        int[] widths = new int[columns], heights = new int[((cells.Length - 1) / columns) + 1];
        for (int i = 0; i < cells.Length; i++)
        {
            ref int width = ref widths[i % columns], height = ref heights[i / columns];
            width = Math.Max(width, cells[i].Tensor.Width);
            height = Math.Max(height, cells[i].Tensor.Height);
        }

        int[] tops = Starts(heights, margin), lefts = Starts(widths, margin);
        ImageTensor grid = ImageTensor.CreateUninitialized(ImageShape.Single(channels, tops[^1], lefts[^1]));
        grid.Span.Fill(background);
        for (int i = 0; i < cells.Length; i++)
        {
            (ImageTensor tensor, int index) = cells[i];
            int row = i / columns, column = i % columns;
            Copy(
                tensor,
                index,
                grid,
                tops[row] + ((heights[row] - tensor.Height) / 2),
                lefts[column] + ((widths[column] - tensor.Width) / 2));
        }

        return grid;
    }

    private static void Copy(ImageTensor from, int index, ImageTensor to, int top, int left)
    {
        for (int channel = 0; channel < from.Channels; channel++)
        {
            for (int row = 0; row < from.Height; row++)
            {
                from.Row(index, channel, row).CopyTo(to.Row(0, channel, top + row)[left..]);
            }
        }
    }

    /// <summary>Where each row or column starts and, last, the extent of the whole.</summary>
    private static int[] Starts(int[] extents, int margin)
    {
        int[] starts = new int[extents.Length + 1];
        starts[0] = margin;
        for (int i = 0; i < extents.Length; i++)
        {
            starts[i + 1] = checked(starts[i] + extents[i] + margin);
        }

        return starts;
    }
}
