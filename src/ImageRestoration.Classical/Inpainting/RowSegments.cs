using System.Runtime.InteropServices;

namespace ImageRestoration.Classical.Inpainting;

/// <summary>The parts of a grid's rows that a calculation is about, so that it costs nothing where no pixel is missing.</summary>
internal sealed class RowSegments
{
    // A gap this short costs less than a further segment.
    private const int ShortestGap = 16;

    private readonly List<(int Start, int End)> _segments = [];
    private readonly int[] _rows;

    /// <summary>Finds the segments.</summary>
    /// <param name="chosen">height × width; points other than 0 are in a segment.</param>
    /// <param name="height">Rows.</param>
    /// <param name="width">Columns.</param>
    /// <param name="margin">How far from chosen points, in rows and columns, points are in a segment too.</param>
    /// <param name="cancellationToken">Stops the work.</param>
    internal RowSegments(ReadOnlySpan<double> chosen, int height, int width, int margin, CancellationToken cancellationToken)
    {
        _rows = new int[height + 1];
        bool[] inRow = new bool[width];
        for (int y = 0; y < height; y++)
        {
            cancellationToken.ThrowIfCancellationRequested();
            Array.Clear(inRow);
            for (int v = Math.Max(0, y - margin); v <= Math.Min(height - 1, y + margin); v++)
            {
                for (int x = 0; x < width; x++)
                {
                    inRow[x] |= chosen[(v * width) + x] != 0;
                }
            }

            AddRow(inRow, margin, y * width);
            _rows[y + 1] = _segments.Count;
        }
    }

    /// <summary>All segments, as positions in the grid, row · width + column.</summary>
    internal ReadOnlySpan<(int Start, int End)> All => CollectionsMarshal.AsSpan(_segments);

    /// <summary>Segments of a row, as positions in the grid.</summary>
    internal ReadOnlySpan<(int Start, int End)> Row(int y) => All[_rows[y].._rows[y + 1]];

    private void AddRow(ReadOnlySpan<bool> inRow, int margin, int rowStart)
    {
        int x = 0;
        while (x < inRow.Length)
        {
            int first = inRow[x..].IndexOf(true);
            if (first < 0)
            {
                return;
            }

            int start = x + first;
            int end = start + 1;
            for (x = end; x < inRow.Length && x - end < ShortestGap + (2 * margin); x++)
            {
                end = inRow[x] ? x + 1 : end;
            }

            _segments.Add((rowStart + Math.Max(0, start - margin), rowStart + Math.Min(inRow.Length, end + margin)));
        }
    }
}
