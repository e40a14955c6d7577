namespace ImageRestoration.Tests.Metrics;

/// <summary>
/// Scores computed by scikit-image 0.19.3 (MS-SSIM: by NumPy). To renew them, run <c>python3 reference_values.py</c> in this folder and
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

    /// <summary>The same of the luma of those with three channels.</summary>
    public static TheoryData<string, int, int, int, int, double, double> LumaRows => new()
    {
        { "Pattern", 3, 64, 48, 40, 26.000420939783, 0.942802470575 },
        { "Pattern", 3, 31, 129, 90, 19.493282413693, 0.784631227000 },
        { "Pattern", 3, 300, 70, 12, 35.924787200994, 0.994001011079 },
        { "Flat", 3, 33, 57, 60, 22.136621482512, 0.139648264932 },
        { "HashNoise", 3, 50, 50, 100, 22.764445890611, 0.931723512446 },
    };

    /// <summary>The same of the pixels missing in <see cref="SyntheticImages.Missing"/>.</summary>
    public static TheoryData<string, int, int, int, int, double, double> MissingRows => new()
    {
        { "Pattern", 1, 11, 11, 20, 27.648518669738, 0.965322203894 },
        { "Pattern", 1, 12, 17, 5, 38.194707791120, 0.998294383660 },
        { "Pattern", 3, 64, 48, 40, 21.135764807893, 0.907023167816 },
        { "Pattern", 3, 31, 129, 90, 14.639929532808, 0.687550592252 },
        { "Pattern", 3, 300, 70, 12, 31.091919927291, 0.990027505632 },
        { "Flat", 1, 40, 40, 2, 44.880808642453, 0.966570420962 },
        { "Flat", 3, 33, 57, 60, 17.514448399879, 0.050929459629 },
        { "HashNoise", 3, 50, 50, 100, 17.984960861660, 0.931232033818 },
    };

    /// <summary>MS-SSIM of the whole and around the missing pixels.</summary>
    public static TheoryData<string, int, int, int, int, double, double> MultiScaleRows => new()
    {
        { "Pattern", 1, 161, 161, 20, 0.995948270332, 0.994687122030 },
        { "Pattern", 3, 163, 190, 60, 0.968459487418, 0.966094185899 },
        { "Pattern", 3, 257, 322, 200, 0.715025871797, 0.706974967579 },
        { "Flat", 3, 170, 165, 40, 0.548029034886, 0.540643642725 },
        { "HashNoise", 3, 200, 177, 120, 0.930652896012, 0.929410079785 },
    };
}
