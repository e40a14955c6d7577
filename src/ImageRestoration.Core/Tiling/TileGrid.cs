namespace ImageRestoration.Tiling;

/// <summary>The tiles of one picture.</summary>
/// <param name="Rows">Tiles from top to bottom.</param>
/// <param name="Columns">Tiles from left to right.</param>
/// <param name="Blends">Whether neighbours share seams, in which their results are weighted.</param>
internal sealed record TileGrid(TileAxis Rows, TileAxis Columns, bool Blends)
{
    /// <summary>Number of tiles.</summary>
    internal int Count => checked(Rows.Count * Columns.Count);
}
