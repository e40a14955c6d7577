using System.Buffers;
using ImageRestoration.Masking;

namespace ImageRestoration.Classical.Completion;

/// <summary>
/// Finds for every pixel the known pixel with the smallest Euclidean distance, exactly and in linear time (Meijster, Roerdink and
/// Hesselink, "A General Algorithm for Computing Distance Transforms in Linear Time", 2000).
/// </summary>
internal static class NearestKnownPixels
{
    private const int RowsPerTask = 32;

    /// <summary>Fills in the positions.</summary>
    /// <param name="mask">Missing pixels (1); at least one is known.</param>
    /// <param name="nearest">height × width; receives the index (row · width + column) of the nearest known pixel.</param>
    /// <param name="cancellationToken">Checked between rows.</param>
    internal static void Find(Mask mask, int[] nearest, CancellationToken cancellationToken)
    {
        FindRows(mask, nearest);
        cancellationToken.ThrowIfCancellationRequested();
        int tasks = (mask.Height + RowsPerTask - 1) / RowsPerTask;
        Parallel.For(0, tasks, new ParallelOptions { CancellationToken = cancellationToken }, task =>
        {
            int width = mask.Width;
            int[] rented = ArrayPool<int>.Shared.Rent(3 * width);
            try
            {
                Span<int> rows = rented.AsSpan(0, width);
                int end = Math.Min(mask.Height, (task + 1) * RowsPerTask);
                for (int y = task * RowsPerTask; y < end; y++)
                {
                    Span<int> row = nearest.AsSpan(y * width, width);
                    row.CopyTo(rows);
                    FindInRow(y, rows, row, rented.AsSpan(width, width), rented.AsSpan(2 * width, width));
                }
            }
            finally
            {
                ArrayPool<int>.Shared.Return(rented);
            }
        });
    }

    /// <summary>First phase: the row of the nearest known pixel in the same column, or -1 where the column has none.</summary>
    private static void FindRows(Mask mask, int[] rows)
    {
        ReadOnlySpan<byte> missing = mask.Values;
        int width = mask.Width;
        for (int i = 0; i < missing.Length; i++)
        {
            rows[i] = missing[i] == 0 ? i / width : i < width ? -1 : rows[i - width];
        }

        for (int i = missing.Length - width - 1; i >= 0; i--)
        {
            int y = i / width;
            int above = rows[i];
            int below = rows[i + width];
            rows[i] = below >= 0 && (above < 0 || below - y < y - above) ? below : above;
        }
    }

    /// <summary>Second phase: the lower envelope of one parabola per column tells which column's pixel is nearest.</summary>
    private static void FindInRow(int y, ReadOnlySpan<int> rows, Span<int> nearest, Span<int> columns, Span<int> starts)
    {
        int width = rows.Length;
        int last = -1;
        for (int x = 0; x < width; x++)
        {
            if (rows[x] < 0)
            {
                continue;
            }

            while (last >= 0 && Distance(starts[last], columns[last], y, rows) > Distance(starts[last], x, y, rows))
            {
                last--;
            }

            long start = last < 0 ? 0 : 1 + Separation(columns[last], x, y, rows);
            if (start < width)
            {
                last++;
                columns[last] = x;
                starts[last] = (int)start;
            }
        }

        for (int x = width - 1; x >= 0; x--)
        {
            nearest[x] = (rows[columns[last]] * width) + columns[last];
            if (x == starts[last])
            {
                last--;
            }
        }
    }

    private static long Distance(int x, int column, int y, ReadOnlySpan<int> rows)
    {
        long dx = x - column;
        long dy = rows[column] - y;
        return (dx * dx) + (dy * dy);
    }

    /// <summary>Last position that is not nearer to the right column than to the left one.</summary>
    private static long Separation(int left, int right, int y, ReadOnlySpan<int> rows)
    {
        long leftHeight = rows[left] - y;
        long rightHeight = rows[right] - y;
        long numerator = ((long)right * right) - ((long)left * left) + (rightHeight * rightHeight) - (leftHeight * leftHeight);
        long denominator = 2L * (right - left);

        // Where it would be negative, the left column has been removed before.
        return numerator / denominator;
    }
}
