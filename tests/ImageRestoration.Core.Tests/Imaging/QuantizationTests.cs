using ImageRestoration.Imaging;

namespace ImageRestoration.Tests.Imaging;

public sealed class QuantizationTests
{
    [Fact]
    public void RoundTo8Bit_EveryLevel_StaysAsItIs()
    {
        float[] levels = [.. Enumerable.Range(0, 256).Select(n => n / 255f)];
        float[] values = [.. levels];
        Quantization.RoundTo8Bit(ImageTensor.Wrap(values, ImageShape.Single(1, 16, 16)));
        Assert.Equal(levels, values);
    }

    [Fact]
    public void RoundTo8Bit_BetweenLevels_TakesTheNearest()
    {
        for (int n = 0; n < 255; n++)
        {
            float[] values = [(n + 0.49f) / 255f, (n + 0.51f) / 255f];
            Quantization.RoundTo8Bit(ImageTensor.Wrap(values, ImageShape.Single(1, 1, 2)));
            Assert.Equal([n / 255f, (n + 1) / 255f], values);
        }
    }

    [Fact]
    public void RoundTo8Bit_Tie_TakesTheEvenLevel()
    {
        // 0.5 · 255 = 127.5 exactly.
        float[] values = [0.5f];
        Quantization.RoundTo8Bit(ImageTensor.Wrap(values, ImageShape.Single(1, 1, 1)));
        Assert.Equal(128 / 255f, values[0]);
    }

    [Fact]
    public void RoundTo8Bit_OutsideTheRange_IsLimited()
    {
        float[] values = [-0.3f, 1.7f, float.NegativeInfinity, float.PositiveInfinity, float.NaN];
        Quantization.RoundTo8Bit(ImageTensor.Wrap(values, ImageShape.Single(1, 1, 5)));
        Assert.Equal([0f, 1f, 0f, 1f, float.NaN], values);
    }
}
