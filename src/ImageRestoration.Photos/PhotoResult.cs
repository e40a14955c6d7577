namespace ImageRestoration.Photos;

/// <summary>What became of a photograph.</summary>
/// <param name="Width">Columns of the written picture.</param>
/// <param name="Height">Rows of the written picture.</param>
/// <param name="ComputeTime">Time in the network or method itself.</param>
/// <param name="TotalTime">Time from the start of reading to the end of writing.</param>
public sealed record PhotoResult(int Width, int Height, TimeSpan ComputeTime, TimeSpan TotalTime)
{
    /// <summary>Pixels in millions.</summary>
    public double Megapixels => (double)Width * Height / 1e6;
}
