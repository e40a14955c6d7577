using ImageRestoration.Imaging;

namespace ImageRestoration.Tiling;

/// <summary>Takes the results of tiles, in order: rows of tiles from top to bottom, in them columns from left to right.</summary>
internal abstract class TileOutput(TileGrid grid)
{
    protected TileGrid Grid { get; } = grid;

    /// <summary>Takes one tile's result.</summary>
    /// <param name="picture">Which picture of the batch.</param>
    /// <param name="row">Row of tiles.</param>
    /// <param name="column">Column of tiles.</param>
    /// <param name="tiles">Results of some tiles, or a window of the picture itself.</param>
    /// <param name="item">Which of them.</param>
    /// <param name="top">Row of the picture that the first row of <paramref name="tiles"/> is.</param>
    /// <param name="left">Column of the picture that its first column is.</param>
    internal abstract void Take(int picture, int row, int column, ImageTensor tiles, int item, int top, int left);
}
