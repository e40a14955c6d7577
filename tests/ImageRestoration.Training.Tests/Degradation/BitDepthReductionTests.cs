using ImageRestoration.Degradation;
using ImageRestoration.Imaging;
using ImageRestoration.Numerics;

namespace ImageRestoration.Tests.Degradation;

public sealed class BitDepthReductionTests
{
    [Theory]
    [InlineData(1, 2)]
    [InlineData(3, 8)]
    [InlineData(8, 256)]
    [InlineData(16, 4000)]
    public void Apply_Bits_LeaveThatManyLevels(int bits, int levels)
    {
        using ImageTensor image = ImageTensor.Create(ImageShape.Single(1, 1, 4000));
        for (int i = 0; i < 4000; i++)
        {
            image.Span[i] = (i - 500) / 3000f;
        }

        using ImageTensor before = image.Clone();
        new BitDepthReduction(bits).Apply(image, new SeededRandom(1));
        int maximum = (1 << bits) - 1;
        Assert.InRange(image.Span.ToArray().Distinct().Count(), Math.Min(levels, 3000), levels);
        for (int i = 0; i < 4000; i++)
        {
            double limited = Math.Clamp(before.Span[i], 0, 1);
            Assert.Equal(limited, image.Span[i], (0.5 / maximum) + 1e-6);
            Assert.Equal(MathF.Round(image.Span[i] * maximum) / maximum, image.Span[i]);
        }
    }

    [Fact]
    public void Apply_Range_DrawsAllDepths()
    {
        using ImageTensor image = Constant(300, 0.3f);
        new BitDepthReduction(2, 4).Apply(image, new SeededRandom(5));
        Assert.Equal([4f / 15, 2f / 7, 1f / 3], Enumerable.Range(0, 300).Select(b => image.Plane(b, 0)[0]).Distinct().Order());
        Assert.Throws<ArgumentOutOfRangeException>("bits", () => new BitDepthReduction(0));
        Assert.Throws<ArgumentOutOfRangeException>("maximumBits", () => new BitDepthReduction(1, 17));
        Assert.Throws<ArgumentOutOfRangeException>("minimumBits", () => new BitDepthReduction(5, 4));
    }

    private static ImageTensor Constant(int batch, float value)
    {
        ImageTensor image = ImageTensor.Create(new ImageShape(batch, 1, 2, 3));
        image.Span.Fill(value);
        return image;
    }
}
