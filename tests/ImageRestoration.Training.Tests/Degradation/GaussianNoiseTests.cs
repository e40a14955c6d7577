using ImageRestoration.Degradation;
using ImageRestoration.Imaging;
using ImageRestoration.Numerics;

namespace ImageRestoration.Tests.Degradation;

public sealed class GaussianNoiseTests
{
    [Theory]
    [InlineData(15)]
    [InlineData(25)]
    [InlineData(50)]
    public void Apply_Sigma_IsMeasuredOnTheScaleTo255(double sigma)
    {
        using ImageTensor image = Grey(new ImageShape(1, 3, 300, 300));
        new GaussianNoise(sigma).Apply(image, new SeededRandom(1));
        (double mean, double deviation) = Measure(image.Span);

        // Five standard errors.
        double count = image.Span.Length;
        Assert.Equal(0.5, mean, 5 * sigma / 255 / Math.Sqrt(count));
        Assert.Equal(sigma, deviation * 255, 5 * sigma / Math.Sqrt(2 * count));
    }

    [Fact]
    public void Apply_StrongNoise_IsNotClipped()
    {
        using ImageTensor image = Grey(ImageShape.Single(1, 100, 100));
        new GaussianNoise(100).Apply(image, new SeededRandom(2));
        Assert.Contains(image.Span.ToArray(), value => value < 0);
        Assert.Contains(image.Span.ToArray(), value => value > 1);
    }

    [Fact]
    public void Apply_ChannelsAndPictures_GetIndependentNoise()
    {
        using ImageTensor image = Grey(new ImageShape(2, 3, 200, 200));
        new GaussianNoise(25).Apply(image, new SeededRandom(3));
        for (int first = 0; first < 6; first++)
        {
            for (int second = first + 1; second < 6; second++)
            {
                double product = 0;
                Span<float> a = image.Plane(first / 3, first % 3);
                Span<float> b = image.Plane(second / 3, second % 3);
                for (int i = 0; i < a.Length; i++)
                {
                    product += (a[i] - 0.5) * (b[i] - 0.5);
                }

                double correlation = product / a.Length / (25.0 / 255 * (25.0 / 255));
                Assert.Equal(0, correlation, 5 / Math.Sqrt(a.Length));
            }
        }
    }

    [Fact]
    public void Apply_Range_DrawsASigmaForEachPictureUniformly()
    {
        using ImageTensor image = Grey(new ImageShape(400, 1, 40, 40));
        new GaussianNoise(5, 45).Apply(image, new SeededRandom(4));
        double[] sigmas = [.. Enumerable.Range(0, 400).Select(b => Measure(image.Plane(b, 0)).Deviation * 255).Order()];

        // Kolmogorov-Smirnov at the level 0.001, plus 0.02 for the error of the measured sigmas.
        double largest = sigmas.Select((sigma, i) => Math.Abs(((sigma - 5) / 40) - ((i + 0.5) / 400))).Max();
        Assert.InRange(largest, 0, (1.95 / Math.Sqrt(400)) + 0.02);
        Assert.InRange(sigmas[0], 4.5, 8);
        Assert.InRange(sigmas[^1], 42, 48);
    }

    [Fact]
    public void Apply_SameSeed_GivesSameBitsAndOtherSeedOthers()
    {
        var noise = new GaussianNoise(0, 55);
        using ImageTensor first = Grey(new ImageShape(2, 3, 33, 35));
        using ImageTensor second = first.Clone();
        using ImageTensor third = first.Clone();
        noise.Apply(first, new SeededRandom(5));
        noise.Apply(second, new SeededRandom(5));
        noise.Apply(third, new SeededRandom(6));
        Assert.Equal(first.Span, second.Span);
        Assert.False(first.Span.SequenceEqual(third.Span));
    }

    [Fact]
    public void Apply_SigmaZero_LeavesThePictureAsItIs()
    {
        using ImageTensor image = Grey(ImageShape.Single(3, 8, 8));
        using ImageTensor copy = image.Clone();
        new GaussianNoise(0).Apply(image, new SeededRandom(7));
        Assert.Equal(copy.Span, image.Span);
    }

    [Fact]
    public void Apply_RandomOfDotNet_IsUsed()
    {
        using ImageTensor image = Grey(ImageShape.Single(3, 100, 100));
        new GaussianNoise(25).Apply(image, new Random(8));
        Assert.Equal(25, Measure(image.Span).Deviation * 255, 0.6);
    }

    [Theory]
    [InlineData(-1)]
    [InlineData(double.NaN)]
    [InlineData(double.PositiveInfinity)]
    public void Constructor_WrongSigma_Throws(double sigma)
    {
        Assert.Throws<ArgumentOutOfRangeException>("sigma", () => new GaussianNoise(sigma));
        Assert.Throws<ArgumentOutOfRangeException>("minimumSigma", () => new GaussianNoise(sigma, 50));
        Assert.Throws<ArgumentOutOfRangeException>("maximumSigma", () => new GaussianNoise(0, sigma));
    }

    [Fact]
    public void Constructor_RangeUpsideDown_Throws()
        => Assert.Throws<ArgumentOutOfRangeException>("minimumSigma", () => new GaussianNoise(50, 5));

    private static ImageTensor Grey(ImageShape shape)
    {
        ImageTensor image = ImageTensor.Create(shape);
        image.Span.Fill(0.5f);
        return image;
    }

    private static (double Mean, double Deviation) Measure(ReadOnlySpan<float> values)
    {
        double sum = 0;
        double squares = 0;
        foreach (float value in values)
        {
            sum += value;
            squares += (double)value * value;
        }

        double mean = sum / values.Length;
        return (mean, Math.Sqrt((squares / values.Length) - (mean * mean)));
    }
}
