namespace ImageRestoration.Tests.Metrics;

/// <summary>
/// Scores computed by scikit-image 0.19.3. To renew them, run <c>python3 reference_values.py</c> in this folder and
/// paste its output below; it generates the same pictures as <see cref="SyntheticImages"/>.
/// </summary>
public static class MetricReference
{
    /// <summary>Source, channels, height, width, strength of the disturbance; PSNR in decibels, SSIM.</summary>
    public static TheoryData<string, int, int, int, int, double, double> Rows => new()
    {
        { "Pattern", 1, 11, 11, 20, 26.634541520628, 0.950035972522 },
        { "Pattern", 1, 12, 17, 5, 37.922967700876, 0.998782004034 },
        { "Pattern", 3, 64, 48, 40, 21.141320328694, 0.911027819301 },
        { "Pattern", 3, 31, 129, 90, 14.630435967586, 0.700392965175 },
        { "Pattern", 3, 300, 70, 12, 31.099995267537, 0.990184525967 },
        { "Flat", 1, 40, 40, 2, 45.023871002965, 0.966777603234 },
        { "Flat", 3, 33, 57, 60, 17.341221560198, 0.049702303410 },
        { "HashNoise", 3, 50, 50, 100, 17.925168011012, 0.931329814019 },
    };
}
