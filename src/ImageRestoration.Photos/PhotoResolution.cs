namespace ImageRestoration.Photos;

/// <summary>Pixels of a picture by length.</summary>
/// <param name="Horizontal">Columns.</param>
/// <param name="Vertical">Rows.</param>
/// <param name="Unit">The length.</param>
public readonly record struct PhotoResolution(double Horizontal, double Vertical, PhotoResolutionUnit Unit);
