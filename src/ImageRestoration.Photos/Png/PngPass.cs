namespace ImageRestoration.Photos;

/// <summary>One pass over a PNG: which pixels it holds.</summary>
/// <param name="X">First column.</param>
/// <param name="Y">First row.</param>
/// <param name="StepX">Columns from one of its pixels to the next.</param>
/// <param name="StepY">Rows from one of its pixels to the next.</param>
internal readonly record struct PngPass(int X, int Y, int StepX, int StepY)
{
    internal long Columns(long width) => Math.Max(0, (width - X + StepX - 1) / StepX);

    internal long Rows(long height) => Math.Max(0, (height - Y + StepY - 1) / StepY);
}
