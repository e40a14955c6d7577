using ImageRestoration.Imaging;

namespace ImageRestoration.Networks;

/// <summary>What one layer of a network makes and costs.</summary>
/// <param name="Name">The layer's name.</param>
/// <param name="Kind">The layer's kind, such as <c>Conv2d</c>.</param>
/// <param name="OutputShape">Shape of its result.</param>
/// <param name="Parameters">Number of learnable values.</param>
/// <param name="Macs">Multiply–accumulate operations for the whole batch.</param>
/// <param name="MacShare">Share of the network's operations, 0 to 1.</param>
public sealed record NetworkSummaryRow(string Name, string Kind, ImageShape OutputShape, long Parameters, long Macs, double MacShare);
