namespace ImageRestoration.Tiling;

/// <summary>How far a tiled restoration has come.</summary>
/// <param name="Done">Tiles that are done.</param>
/// <param name="Total">Tiles in all.</param>
public readonly record struct TilingProgress(int Done, int Total);
