namespace RestorationDemo;

/// <summary>What came of one photograph. The pictures are those of the files, as JPEG for the report.</summary>
internal sealed record DemoResult(Photograph Photograph, int Width, int Height)
{
    public required Score Noisy { get; init; }

    public required Score Restored { get; init; }

    public required TimeSpan Time { get; init; }

    public required byte[] OriginalJpeg { get; init; }

    public required byte[] NoisyJpeg { get; init; }

    public required byte[] RestoredJpeg { get; init; }

    public double Gain => Restored.Psnr - Noisy.Psnr;

    public double Megapixels => Width * Height / 1e6;

    public double SecondsPerMegapixel => Time.TotalSeconds / Megapixels;
}

/// <summary>PSNR in decibels and SSIM.</summary>
internal readonly record struct Score(double Psnr, double Ssim);
