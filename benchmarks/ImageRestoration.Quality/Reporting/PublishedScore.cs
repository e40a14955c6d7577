namespace ImageRestoration.Quality.Reporting;

/// <summary>What others report of a method.</summary>
/// <param name="Table">Name of the suite's table that it belongs into.</param>
/// <param name="Method">Name of the method.</param>
/// <param name="Source">Who published it, and when.</param>
/// <param name="Scores">PSNR in dB, and SSIM where it is reported, by case.</param>
internal sealed record PublishedScore(string Table, string Method, string Source, IReadOnlyDictionary<string, (double Psnr, double? Ssim)> Scores)
{
    /// <summary>Multiply–accumulate operations per pixel; null where they are not reported.</summary>
    public double? MacsPerPixel { get; init; }

    /// <summary>Learned parameters; null where they are not reported, or there are none.</summary>
    public long? Parameters { get; init; }

    /// <summary>The pictures, where they are not the suite's: then the scores cannot be compared with its own.</summary>
    public string? OtherPictures { get; init; }
}
