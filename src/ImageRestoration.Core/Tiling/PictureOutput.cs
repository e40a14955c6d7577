using System.Numerics.Tensors;
using ImageRestoration.Imaging;

namespace ImageRestoration.Tiling;

/// <summary>Puts tiles together in a picture, or a window that moves down over one: copies them, or adds them up by weights.</summary>
internal sealed class PictureOutput : TileOutput
{
    private readonly float[][] _columnWeights = [];
    private readonly float[] _weighted = [];
    private readonly ImageTensor _target;
    private readonly int _channels;

    /// <summary>Starts a picture.</summary>
    /// <param name="grid">The tiles.</param>
    /// <param name="target">The picture or window; zero where tiles are added up.</param>
    /// <param name="channels">Channels that tiles have; planes of the target beyond them are left alone.</param>
    internal PictureOutput(TileGrid grid, ImageTensor target, int channels)
        : base(grid)
    {
        _target = target;
        _channels = channels;
        if (grid.Blends)
        {
            TileAxis columns = grid.Columns;
            _weighted = new float[columns.Tile];
            _columnWeights = new float[columns.Count][];
            for (int j = 0; j < columns.Count; j++)
            {
                _columnWeights[j] = new float[columns.To(j) - columns.From(j)];
                for (int x = 0; x < _columnWeights[j].Length; x++)
                {
                    _columnWeights[j][x] = columns.Weight(j, columns.From(j) + x);
                }
            }
        }
    }

    /// <summary>Row of the picture that the target's first row is.</summary>
    internal int Top { get; set; }

    /// <inheritdoc/>
    internal override void Take(int picture, int row, int column, ImageTensor tiles, int item, int top, int left)
    {
        int from = Grid.Columns.From(column), width = Grid.Columns.To(column) - from;
        for (int y = Grid.Rows.From(row); y < Grid.Rows.To(row); y++)
        {
            float weight = Grid.Blends ? Grid.Rows.Weight(row, y) : 1;
            for (int c = 0; c < _channels; c++)
            {
                ReadOnlySpan<float> source = tiles.Row(item, c, y - top).Slice(from - left, width);
                Span<float> target = _target.Row(picture, c, y - Top).Slice(from, width);
                if (Grid.Blends)
                {
                    Span<float> weighted = _weighted.AsSpan(0, width);
                    TensorPrimitives.Multiply(source, _columnWeights[column], weighted);
                    TensorPrimitives.MultiplyAdd(weighted, weight, target, target);
                }
                else
                {
                    source.CopyTo(target);
                }
            }
        }
    }
}
