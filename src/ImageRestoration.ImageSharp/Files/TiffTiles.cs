namespace ImageRestoration.ImageSharp;

/// <summary>The tiles of a TIFF.</summary>
/// <param name="Width">Columns of each.</param>
/// <param name="Height">Rows of each.</param>
/// <param name="Across">How many stand beside each other.</param>
/// <param name="Count">How many there are; of samples in planes of their own, in one plane.</param>
internal sealed record TiffTiles(int Width, int Height, int Across, int Count);
