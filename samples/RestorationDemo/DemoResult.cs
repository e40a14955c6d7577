namespace RestorationDemo;

/// <summary>What came of one photograph and one task. The pictures are cuttings of the files, as JPEG for the report.</summary>
internal sealed record DemoResult(Photograph Photograph, DemoTask Task)
{
    /// <summary>How the worse picture compares with the photograph; <see langword="null"/> where what is scored is missing in it.</summary>
    public required Score? Before { get; init; }

    public required Score After { get; init; }

    public required TimeSpan Time { get; init; }

    public required double Megapixels { get; init; }

    public required byte[] BeforeJpeg { get; init; }

    public required byte[] AfterJpeg { get; init; }

    public double? Gain => After.Psnr - Before?.Psnr;

    public double SecondsPerMegapixel => Time.TotalSeconds / Megapixels;
}

/// <summary>All results of one photograph.</summary>
internal sealed record DemoPicture(Photograph Photograph, IReadOnlyList<DemoResult> Results)
{
    public required int Width { get; init; }

    public required int Height { get; init; }

    public required int CuttingWidth { get; init; }

    public required int CuttingHeight { get; init; }

    public required byte[] OriginalJpeg { get; init; }
}

/// <summary>PSNR in decibels and SSIM.</summary>
internal readonly record struct Score(double Psnr, double Ssim);
