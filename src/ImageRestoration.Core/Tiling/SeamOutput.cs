using System.Numerics.Tensors;
using ImageRestoration.Imaging;

namespace ImageRestoration.Tiling;

/// <summary>Compares each tile, in its seams, with what its neighbours above and to the left gave there.</summary>
internal sealed class SeamOutput(TileGrid grid, ImageTensor first) : TileOutput(grid)
{
    private readonly float[] _differences = new float[grid.Columns.Tile];
    private float _maximum;
    private double _sum;
    private long _count;

    internal SeamReport Report => new(_maximum, _count == 0 ? 0 : _sum / _count, _count);

    /// <inheritdoc/>
    internal override void Take(int picture, int row, int column, ImageTensor tiles, int item, int top, int left)
    {
        int from = Grid.Columns.From(column), width = Grid.Columns.To(column) - from;
        int seamColumns = column == 0 ? 0 : Grid.Columns.Seam;
        for (int y = Grid.Rows.From(row); y < Grid.Rows.To(row); y++)
        {
            // In the seam with the row above, a neighbour gave every pixel.
            int known = row > 0 && y < Grid.Rows.From(row) + Grid.Rows.Seam ? width : seamColumns;
            for (int c = 0; c < first.Channels; c++)
            {
                ReadOnlySpan<float> source = tiles.Row(item, c, y - top).Slice(from - left, width);
                Span<float> target = first.Row(picture, c, y).Slice(from, width);
                Compare(source[..known], target);
                source[known..].CopyTo(target[known..]);
            }
        }
    }

    private void Compare(ReadOnlySpan<float> tile, ReadOnlySpan<float> neighbour)
    {
        if (tile.IsEmpty)
        {
            return;
        }

        Span<float> differences = _differences.AsSpan(0, tile.Length);
        TensorPrimitives.Subtract(tile, neighbour[..tile.Length], differences);
        _maximum = Math.Max(_maximum, Math.Abs(TensorPrimitives.MaxMagnitude<float>(differences)));
        _sum += TensorPrimitives.SumOfMagnitudes<float>(differences);
        _count += tile.Length;
    }
}
