namespace ImageRestoration.Networks;

/// <summary>A named value that a network gives back.</summary>
/// <param name="Name">Unique name among the outputs, such as <c>image</c>.</param>
/// <param name="Value">Name of the layer or input that it is.</param>
/// <param name="Channels">Number of channels.</param>
/// <param name="HeightScale">Height as a function of the first input's height.</param>
/// <param name="WidthScale">Width as a function of the first input's width.</param>
public sealed record NetworkOutput(string Name, string Value, int Channels, AffineSize HeightScale, AffineSize WidthScale);
