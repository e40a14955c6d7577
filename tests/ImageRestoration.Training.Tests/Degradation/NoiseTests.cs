using ImageRestoration.Degradation;
using ImageRestoration.Imaging;
using ImageRestoration.Numerics;

namespace ImageRestoration.Tests.Degradation;

public sealed class NoiseTests
{
    [Theory]
    [InlineData(0.01, 0, 0.25)]
    [InlineData(0.01, 0, 1)]
    [InlineData(0, 0.004, 0.5)]
    [InlineData(0.02, 0.003, 0.7)]
    public void PoissonGaussianNoise_Variance_IsLinearInTheSignal(double shot, double read, float level)
    {
        using ImageTensor image = Constant(level, 3, 300);
        new PoissonGaussianNoise(shot, read).Apply(image, new SeededRandom(1));
        (double mean, double variance) = Measure(image.Span);
        double expected = (shot * level) + read;

        // Five standard errors.
        double count = image.Span.Length;
        Assert.Equal(level, mean, 5 * Math.Sqrt(expected / count));
        Assert.Equal(expected, variance, 5 * expected * Math.Sqrt(2 / count));
    }

    [Fact]
    public void PoissonGaussianNoise_SignalBelowZero_HasReadNoiseOnly()
    {
        using ImageTensor image = Constant(-0.5f, 1, 300);
        new PoissonGaussianNoise(0.1, 0.002).Apply(image, new SeededRandom(2));
        Assert.Equal(0.002, Measure(image.Span).Variance, 5 * 0.002 * Math.Sqrt(2 / 90000.0));
    }

    [Fact]
    public void PoissonGaussianNoise_Ranges_DrawBothVariancesForEachPicture()
    {
        using ImageTensor image = ImageTensor.Create(new ImageShape(60, 1, 64, 64));
        for (int b = 0; b < 60; b++)
        {
            image.Plane(b, 0)[..2048].Fill(1);
        }

        new PoissonGaussianNoise(0.01, 0.03, 0.001, 0.002).Apply(image, new SeededRandom(3));
        double[] reads = [.. Enumerable.Range(0, 60).Select(b => Measure(image.Plane(b, 0)[2048..]).Variance)];
        double[] shots = [.. Enumerable.Range(0, 60).Select(b => Measure(image.Plane(b, 0)[..2048]).Variance - reads[b])];
        Assert.InRange(reads.Min(), 0.0009, 0.0012);
        Assert.InRange(reads.Max(), 0.0018, 0.0022);
        Assert.InRange(shots.Min(), 0.008, 0.013);
        Assert.InRange(shots.Max(), 0.027, 0.034);
    }

    [Theory]
    [InlineData(0.05, false)]
    [InlineData(0.4, false)]
    [InlineData(0.2, true)]
    [InlineData(1, false)]
    public void SaltAndPepperNoise_Share_IsSplitEvenly(double share, bool wholePixels)
    {
        using ImageTensor image = Constant(0.5f, 3, 200);
        new SaltAndPepperNoise(share, wholePixels).Apply(image, new SeededRandom(4));
        float[] values = image.Span.ToArray();
        double count = wholePixels ? 40_000 : 120_000;
        double error = 5 * Math.Sqrt(share / 2 / count);
        Assert.Equal(share / 2, values.Count(v => v == 0) / 120_000.0, error);
        Assert.Equal(share / 2, values.Count(v => v == 1) / 120_000.0, error);
        Assert.Equal(1, values.Count(v => v is 0 or 1 or 0.5f) / 120_000.0);
        bool together = image.Plane(0, 0).SequenceEqual(image.Plane(0, 1)) && image.Plane(0, 0).SequenceEqual(image.Plane(0, 2));
        Assert.Equal(wholePixels, together);
    }

    [Fact]
    public void SaltAndPepperNoise_Range_DrawsAShareForEachPicture()
    {
        using ImageTensor image = ImageTensor.Create(new ImageShape(100, 1, 64, 64));
        image.Span.Fill(0.5f);
        new SaltAndPepperNoise(0.1, 0.5).Apply(image, new SeededRandom(5));
        double[] shares = [.. Enumerable.Range(0, 100).Select(b => image.Plane(b, 0).ToArray().Count(v => v != 0.5f) / 4096.0)];
        Assert.InRange(shares.Min(), 0.08, 0.15);
        Assert.InRange(shares.Max(), 0.45, 0.54);
        Assert.Equal(0.3, shares.Average(), 5 * 0.4 / Math.Sqrt(12 * 100));
    }

    [Theory]
    [InlineData(0.1, 0.5f)]
    [InlineData(0.3, 0.2f)]
    public void SpeckleNoise_Deviation_IsProportionalToTheValue(double sigma, float level)
    {
        using ImageTensor image = Constant(level, 3, 300);
        new SpeckleNoise(sigma).Apply(image, new SeededRandom(6));
        (double mean, double variance) = Measure(image.Span);
        double expected = sigma * level;
        Assert.Equal(level, mean, 5 * expected / Math.Sqrt(270_000));
        Assert.Equal(expected, Math.Sqrt(variance), 5 * expected / Math.Sqrt(540_000));
    }

    [Fact]
    public void SpeckleNoise_Black_StaysBlack()
    {
        using ImageTensor image = Constant(0, 3, 20);
        new SpeckleNoise(0.5).Apply(image, new SeededRandom(7));
        Assert.All(image.Span.ToArray(), value => Assert.Equal(0f, value));
    }

    [Fact]
    public void Apply_StrengthZero_KeepsEveryBit()
    {
        foreach (IDegradation noise in new IDegradation[] { new PoissonGaussianNoise(0, 0), new SaltAndPepperNoise(0), new SpeckleNoise(0), new GaussianNoise(0, 0) })
        {
            using ImageTensor image = Constant(0.3f, 3, 30);
            using ImageTensor before = image.Clone();
            noise.Apply(image, new SeededRandom(8));
            Assert.Equal(before.Span, image.Span);
        }
    }

    [Theory]
    [InlineData(-0.1)]
    [InlineData(1001)]
    [InlineData(double.NaN)]
    public void Constructor_WrongStrength_Throws(double value)
    {
        Assert.Throws<ArgumentOutOfRangeException>("shotVariance", () => new PoissonGaussianNoise(value, 0));
        Assert.Throws<ArgumentOutOfRangeException>("maximumReadVariance", () => new PoissonGaussianNoise(0, 1, 0, value));
        Assert.Throws<ArgumentOutOfRangeException>("minimumShotVariance", () => new PoissonGaussianNoise(2, 1, 0, 1));
        Assert.Throws<ArgumentOutOfRangeException>("share", () => new SaltAndPepperNoise(value));
        Assert.Throws<ArgumentOutOfRangeException>("minimumShare", () => new SaltAndPepperNoise(value, 1.0));
        Assert.Throws<ArgumentOutOfRangeException>("sigma", () => new SpeckleNoise(value));
        Assert.Throws<ArgumentOutOfRangeException>("maximumSigma", () => new SpeckleNoise(0, value));
    }

    private static ImageTensor Constant(float value, int channels, int size)
    {
        ImageTensor image = ImageTensor.Create(ImageShape.Single(channels, size, size));
        image.Span.Fill(value);
        return image;
    }

    private static (double Mean, double Variance) Measure(ReadOnlySpan<float> values)
    {
        double sum = 0, squares = 0;
        foreach (float value in values)
        {
            sum += value;
        }

        double mean = sum / values.Length;
        foreach (float value in values)
        {
            squares += (value - mean) * (value - mean);
        }

        return (mean, squares / values.Length);
    }
}
