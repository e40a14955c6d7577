using System.Buffers;

namespace ImageRestoration.Masking;

/// <summary>For each pixel the nearest one of a kind, by exact Euclidean distance.</summary>
/// <remarks>
/// <para>The distance transform of Felzenszwalb and Huttenlocher, "Distance Transforms of Sampled Functions", Theory of Computing 8, 2012:
/// first along columns, then the lower envelope of parabolas along rows. Its borders are found in whole numbers, as in Meijster, Roerdink
/// and Hesselink, "A General Algorithm for Computing Distance Transforms in Linear Time", 2000, so that ties are decided exactly.</para>
/// <para>Of several nearest pixels, it takes the one in the leftmost column, and of two in that column the upper one.</para>
/// </remarks>
internal sealed class NearestPixels : IDisposable
{
    private const int None = -1;
    private const int RowsPerTask = 32;

    private readonly int _height;
    private readonly int _width;
    private int[] _rented;

    private NearestPixels(int height, int width)
    {
        _height = height;
        _width = width;
        _rented = ArrayPool<int>.Shared.Rent(height * width);
    }

    /// <summary>For each pixel, row by row, the index (row × width + column) of the nearest one.</summary>
    public ReadOnlySpan<int> Indices => _rented.AsSpan(0, _height * _width);

    /// <summary>Finds the nearest missing pixels of a mask, or the nearest known ones; such pixels are their own nearest.</summary>
    /// <returns>The result, in pooled memory; <see langword="null"/> if the mask has no such pixel.</returns>
    public static NearestPixels? Find(Mask mask, bool missing, CancellationToken cancellationToken = default)
    {
        if (missing ? !mask.Values.ContainsAnyExcept((byte)0) : !mask.Values.Contains((byte)0))
        {
            return null;
        }

        var nearest = new NearestPixels(mask.Height, mask.Width);
        try
        {
            nearest.SearchColumns(mask.Values, missing, cancellationToken);
            int tasks = (mask.Height + RowsPerTask - 1) / RowsPerTask;
            var options = new ParallelOptions { CancellationToken = cancellationToken };
            Parallel.For(
                0, tasks, options, task => nearest.SearchRows(task * RowsPerTask, Math.Min(mask.Height, (task + 1) * RowsPerTask)));
            return nearest;
        }
        catch
        {
            nearest.Dispose();
            throw;
        }
    }

    /// <summary>Square of the distance between a pixel's centre and that of the nearest one.</summary>
    public long SquaredDistance(int row, int column)
    {
        int index = _rented[(row * _width) + column];
        int nearestRow = index / _width;
        long dy = row - nearestRow;
        long dx = column - (index - (nearestRow * _width));
        return (dy * dy) + (dx * dx);
    }

    public void Dispose()
    {
        int[] rented = _rented;
        _rented = [];
        if (rented.Length > 0)
        {
            ArrayPool<int>.Shared.Return(rented);
        }
    }

    /// <summary>Stores for each pixel the row of the nearest one in its own column.</summary>
    private void SearchColumns(ReadOnlySpan<byte> values, bool missing, CancellationToken cancellationToken)
    {
        Span<int> rows = _rented;
        for (int row = 0; row < _height; row++)
        {
            cancellationToken.ThrowIfCancellationRequested();
            ReadOnlySpan<byte> line = values.Slice(row * _width, _width);
            Span<int> current = rows.Slice(row * _width, _width);
            if (row == 0)
            {
                current.Fill(None);
            }
            else
            {
                rows.Slice((row - 1) * _width, _width).CopyTo(current);
            }

            for (int column = 0; column < line.Length; column++)
            {
                current[column] = (line[column] != 0) == missing ? row : current[column];
            }
        }

        for (int row = _height - 2; row >= 0; row--)
        {
            cancellationToken.ThrowIfCancellationRequested();
            Span<int> current = rows.Slice(row * _width, _width);
            ReadOnlySpan<int> below = rows.Slice((row + 1) * _width, _width);
            for (int column = 0; column < current.Length; column++)
            {
                // The row below knows either the same pixel above as this row, or one below this row.
                int candidate = below[column];
                int own = current[column];
                if (candidate > row && (own == None || candidate - row < row - own))
                {
                    current[column] = candidate;
                }
            }
        }
    }

    private void SearchRows(int firstRow, int endRow)
    {
        Parabola[] rented = ArrayPool<Parabola>.Shared.Rent(_width);
        Span<Parabola> envelope = rented.AsSpan(0, _width);
        Span<int> rows = _rented;
        for (int row = firstRow; row < endRow; row++)
        {
            Span<int> line = rows.Slice(row * _width, _width);
            int count = FindEnvelope(line, row, envelope);
            int end = _width;
            for (int i = count - 1; i >= 0; i--)
            {
                Parabola lowest = envelope[i];
                line[lowest.Start..end].Fill((lowest.Row * _width) + lowest.Column);
                end = lowest.Start;
            }
        }

        ArrayPool<Parabola>.Shared.Return(rented);
    }

    /// <summary>Finds which column's pixel is nearest in which stretch of a row.</summary>
    /// <returns>The number of stretches.</returns>
    private static int FindEnvelope(ReadOnlySpan<int> nearestRows, int row, Span<Parabola> envelope)
    {
        int count = 0;
        for (int column = 0; column < nearestRows.Length; column++)
        {
            int nearestRow = nearestRows[column];
            if (nearestRow == None)
            {
                continue;
            }

            long height = row - nearestRow;
            height *= height;
            while (count > 0 && envelope[count - 1].At(envelope[count - 1].Start) > Square(envelope[count - 1].Start - column) + height)
            {
                count--;
            }

            long start = count == 0 ? 0 : envelope[count - 1].LastBefore(column, height) + 1;
            if (start < nearestRows.Length)
            {
                envelope[count++] = new Parabola(column, nearestRow, height, (int)start);
            }
        }

        return count;
    }

    private static long Square(long value) => value * value;

    /// <summary>Squared distances from the pixels of a row to one pixel, and where in the row it is the nearest from.</summary>
    private readonly record struct Parabola(int Column, int Row, long Height, int Start)
    {
        public long At(long column) => Square(column - Column) + Height;

        /// <summary>Last column that is not farther from this pixel than from one to the right of it.</summary>
        public long LastBefore(long column, long height)
            => (Square(column) - Square(Column) + height - Height) / (2 * (column - Column));
    }
}
