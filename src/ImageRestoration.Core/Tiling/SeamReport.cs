namespace ImageRestoration.Tiling;

/// <summary>How much neighbouring tiles differ where both give a result. Values are in the picture's range, nominally [0, 1].</summary>
/// <param name="MaximumDifference">Largest difference.</param>
/// <param name="MeanDifference">Mean difference of all values compared; 0 where there are none.</param>
/// <param name="ValueCount">How many values were compared: pixels times channels; 0 where the picture fits into one tile.</param>
public readonly record struct SeamReport(float MaximumDifference, double MeanDifference, long ValueCount);
