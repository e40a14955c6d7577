namespace ImageRestoration.Tests.Classical.Denoising;

/// <summary>
/// What scikit-image 0.19.3 computes. To renew the rows, run <c>python3 denoising_values.py</c> in this folder and paste its output below.
/// </summary>
public static class DenoisingReference
{
    /// <summary>Source, height, width, strength of the disturbance, weight; three pixels of the result after 100 steps, and its standard deviation.</summary>
    public static TheoryData<string, int, int, int, double, double, double, double, double> TotalVariationRows => new()
    {
        { "Pattern", 40, 57, 60, 0.05, 0.07439832, 0.53876745, 0.79019825, 0.25118352 },
        { "Pattern", 40, 57, 60, 0.3, 0.23340501, 0.58098899, 0.52906751, 0.11647490 },
        { "HashNoise", 33, 35, 1, 0.05, 0.73727677, 0.62933552, 0.73921570, 0.21155796 },
        { "HashNoise", 33, 35, 1, 0.3, 0.48153134, 0.51591234, 0.50982115, 0.02541156 },
        { "Flat", 64, 31, 40, 0.05, 0.81272362, 0.79974519, 0.75145390, 0.02426460 },
        { "Flat", 64, 31, 40, 0.3, 0.78277926, 0.78051630, 0.78532764, 0.00437039 },
    };
}
