namespace ImageRestoration.Tests.Classical.LowLight;

/// <summary>
/// What OpenCV 4.6.0 computes. To renew the rows, run <c>python3 low_light_values.py</c> in this folder and paste its output below.
/// </summary>
public static class ClaheReference
{
    /// <summary>Source, height, width, clip limit, tile rows, tile columns; four bytes of the result, their mean and standard deviation.</summary>
    public static TheoryData<string, int, int, double, int, int, byte[], double, double> Rows => new()
    {
        { "Pattern", 128, 160, 2, 8, 8, new byte[] { 2, 225, 199, 16 }, 130.513232, 74.203599 },
        { "Pattern", 121, 163, 4, 8, 8, new byte[] { 3, 246, 176, 247 }, 128.437408, 73.560064 },
        { "HashNoise", 90, 76, 1, 4, 3, new byte[] { 225, 160, 43, 170 }, 136.818860, 76.572719 },
        { "Pattern", 33, 47, 40, 2, 5, new byte[] { 3, 120, 191, 20 }, 128.658930, 72.750116 },
    };
}
