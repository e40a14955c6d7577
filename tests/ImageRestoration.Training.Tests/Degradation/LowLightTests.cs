using ImageRestoration.Degradation;
using ImageRestoration.Imaging;
using ImageRestoration.Numerics;

namespace ImageRestoration.Tests.Degradation;

public sealed class LowLightTests
{
    [Theory]
    [InlineData(0, 1)]
    [InlineData(-1, 1)]
    [InlineData(-3.5, 1)]
    [InlineData(-8, 1)]
    [InlineData(1, 1)]
    [InlineData(-2, 2.2)]
    public void Apply_WithoutNoise_FollowsTheFormula(double exposure, double gamma)
    {
        using ImageTensor image = Ramp(4001);
        new LowLight(Fixed(exposure, gamma) with { RoundTo8Bit = false }).Apply(image, new SeededRandom(1));
        for (int i = 0; i <= 4000; i++)
        {
            double x = i / 4000.0;
            double light = x <= 0.04045 ? x / 12.92 : Math.Pow((x + 0.055) / 1.055, 2.4);
            light = Math.Min(1, light * Math.Pow(2, exposure));
            double encoded = light <= 0.0031308 ? light * 12.92 : (1.055 * Math.Pow(light, 1 / 2.4)) - 0.055;
            Assert.Equal(Math.Pow(encoded, gamma), image.Span[i], 2e-6);
        }
    }

    [Fact]
    public void Apply_Highlights_GiveBrightPixelsMoreLight()
    {
        // Many pictures of the same four pixels; of the stops that each draws, the white pixel tells, and the others must agree with it.
        const int Pictures = 100;
        using ImageTensor image = ImageTensor.Create(new ImageShape(Pictures, 2, 1, 4));
        float[] picture = [1, Encoded(0.75), Encoded(0.5), Encoded(0.1), 0, Encoded(0.25), Encoded(0.3), Encoded(0.9)];
        for (int n = 0; n < Pictures; n++)
        {
            picture.CopyTo(image.Span[(n * 8)..]);
        }

        new LowLight(Fixed(-6, 1) with { MaximumHighlights = 5, RoundTo8Bit = false }).Apply(image, new SeededRandom(4));
        var drawn = new List<double>();
        for (int n = 0; n < Pictures; n++)
        {
            double[] light = [.. image.Span.Slice(n * 8, 8).ToArray().Select(v => Linear(v) * 64)];
            double stops = Math.Log2(light[0]);
            drawn.Add(stops);
            double quarter = Math.Pow(2, stops / 4), most = Math.Pow(2, stops * 0.64);
            double[] expected = [light[0], 0.75 * quarter, 0.5, 0.1 * most, 0, 0.25 * quarter, 0.3, 0.9 * most];
            Assert.All(light.Zip(expected), pair => Assert.Equal(pair.Second, pair.First, 1e-4 * Math.Max(1, pair.Second)));
        }

        Assert.InRange(drawn.Min(), 0, 0.3);
        Assert.InRange(drawn.Max(), 4.7, 5.0001);
        Assert.Equal(2.5, drawn.Average(), 0.5);

        static float Encoded(double light) => (float)((1.055 * Math.Pow(light, 1 / 2.4)) - 0.055);
        static double Linear(double value) => value <= 0.04045 ? value / 12.92 : Math.Pow((value + 0.055) / 1.055, 2.4);
    }

    [Fact]
    public void Apply_ToneCurve_DarkensMiddleTonesMost()
    {
        // The strength that each picture draws follows from its last pixel, and the others must agree with it.
        const int Pictures = 100;
        double[] shown = [0, 0.01, 0.05, 0.18, 0.4, 0.7, 0.9, 0.97, 1, 0.3];
        using ImageTensor image = ImageTensor.Create(new ImageShape(Pictures, 1, 1, shown.Length));
        for (int i = 0; i < image.Span.Length; i++)
        {
            image.Span[i] = Encoded(shown[i % shown.Length]);
        }

        new LowLight(Fixed(-5, 1) with { MaximumToneCurve = 0.8, RoundTo8Bit = false }).Apply(image, new SeededRandom(5));
        var drawn = new List<double>();
        for (int n = 0; n < Pictures; n++)
        {
            double[] light = [.. image.Span.Slice(n * shown.Length, shown.Length).ToArray().Select(v => Linear(v))];
            double strength = Root(t => Darkened(0.3, t), light[^1], 0, 1);
            drawn.Add(strength);
            Assert.All(light.Zip(shown), pair => Assert.Equal(Darkened(pair.Second, strength), pair.First, 1e-5 + (3e-3 * pair.First)));
        }

        Assert.InRange(drawn.Min(), 0, 0.05);
        Assert.InRange(drawn.Max(), 0.75, 0.801);
        Assert.Equal(0.4, drawn.Average(), 0.08);

        // A middle tone loses more than the 5 stops of light, white loses less.
        Assert.True(Darkened(0.3, 0.5) < 0.3 / 32 && Darkened(1, 0.5) > 1.0 / 32);

        static double Darkened(double shown, double t) => Curve(Root(s => Curve(s, t), shown, 0, 20) / 32, t);
        static double Curve(double s, double t) => s * ((9.376 * t * s) + 1 - (0.845 * t)) / ((s * ((9.077 * t * s) + (3.048 * t))) + 1);
        static float Encoded(double light) => (float)(light <= 0.0031308 ? light * 12.92 : (1.055 * Math.Pow(light, 1 / 2.4)) - 0.055);
        static double Linear(double value) => value <= 0.04045 ? value / 12.92 : Math.Pow((value + 0.055) / 1.055, 2.4);

        static double Root(Func<double, double> function, double target, double low, double high)
        {
            bool rises = function(high) > function(low);
            for (int i = 0; i < 60; i++)
            {
                double middle = (low + high) / 2;
                (low, high) = function(middle) < target == rises ? (middle, high) : (low, middle);
            }

            return low;
        }
    }

    [Fact]
    public void Apply_ToneCurve_WithoutLessLight_ChangesNothing()
    {
        using ImageTensor image = Ramp(4001);
        using ImageTensor before = image.Clone();
        new LowLight(Fixed(0, 1) with { MaximumToneCurve = 1, RoundTo8Bit = false }).Apply(image, new SeededRandom(6));
        Assert.All(image.Span.ToArray().Zip(before.Span.ToArray()), pair => Assert.Equal(pair.Second, pair.First, 1e-5f));
    }

    [Fact]
    public void Apply_NothingChanged_KeepsEvery8BitLevel()
    {
        using ImageTensor image = Ramp(256);
        Quantization.RoundTo8Bit(image);
        using ImageTensor before = image.Clone();
        new LowLight(Fixed(0, 1)).Apply(image, new SeededRandom(1));
        Assert.Equal(before.Span, image.Span);
    }

    [Fact]
    public void Apply_Rounding_LeavesFewLevels()
    {
        using ImageTensor image = Ramp(4001);
        new LowLight(Fixed(-6, 1)).Apply(image, new SeededRandom(1));
        Assert.All(image.Span.ToArray(), value => Assert.Equal(MathF.Round(value * 255) / 255, value));

        // White becomes 1.055 / 64^(1/2.4) - 0.055 = 0.1315: level 34 of 255.
        Assert.Equal(34f / 255, image.Span[4000]);
    }

    [Fact]
    public void Apply_Noise_IsAddedInLinearLight()
    {
        // The same variance in light is stretched by the steep encoding of dark tones: 1/12.92 there, far less in bright ones.
        LowLightOptions options = Fixed(0, 1) with { Noise = new PoissonGaussianNoise(0, 1e-8), RoundTo8Bit = false };
        Assert.Equal(12.92 * 1e-4, Deviation(0.02f, options), 12.92e-4 * 0.03);
        double slope = 1.055 / 2.4 * Math.Pow(0.5, (1 / 2.4) - 1);
        Assert.Equal(slope * 1e-4, Deviation(0.735357f, options), slope * 1e-4 * 0.03);

        static double Deviation(float level, LowLightOptions options)
        {
            using ImageTensor image = ImageTensor.Create(ImageShape.Single(1, 200, 200));
            image.Span.Fill(level);
            new LowLight(options).Apply(image, new SeededRandom(2));
            double mean = image.Span.ToArray().Average(v => (double)v);
            return Math.Sqrt(image.Span.ToArray().Average(v => (v - mean) * (v - mean)));
        }
    }

    [Fact]
    public void Apply_Ranges_DrawForEachPicture()
    {
        using ImageTensor image = ImageTensor.Create(new ImageShape(200, 1, 1, 1));
        image.Span.Fill(1);
        new LowLight(new LowLightOptions { MinimumExposure = -4, MaximumExposure = -2, Noise = null, RoundTo8Bit = false }).Apply(image, new SeededRandom(3));
        double[] stops = [.. image.Span.ToArray().Select(v => Math.Log2(Math.Pow((v + 0.055) / 1.055, 2.4))).Order()];
        Assert.InRange(stops[0], -4.001, -3.9);
        Assert.InRange(stops[^1], -2.1, -1.999);
        Assert.Equal(-3, stops.Average(), 5 * 2 / Math.Sqrt(12 * 200));
    }

    [Fact]
    public void Constructor_WrongOptions_ReportsAllErrors()
    {
        var options = new LowLightOptions { MinimumExposure = -21, MaximumExposure = double.NaN, MinimumGamma = 3, MaximumGamma = 0.5, MaximumHighlights = -1, MaximumToneCurve = 1.5 };
        string message = Assert.Throws<ArgumentException>("options", () => new LowLight(options)).Message;
        Assert.Contains("MinimumExposure is -21", message);
        Assert.Contains("MaximumExposure is NaN", message);
        Assert.Contains("MaximumGamma is 0.5", message);
        Assert.Contains("MaximumHighlights is -1", message);
        Assert.Contains("MaximumToneCurve is 1.5", message);
        Assert.Contains("MinimumGamma (3) exceeds MaximumGamma (0.5)", message);
    }

    private static LowLightOptions Fixed(double exposure, double gamma)
        => new() { MinimumExposure = exposure, MaximumExposure = exposure, MinimumGamma = gamma, MaximumGamma = gamma, Noise = null };

    private static ImageTensor Ramp(int count)
    {
        ImageTensor image = ImageTensor.Create(ImageShape.Single(1, 1, count));
        for (int i = 0; i < count; i++)
        {
            image.Span[i] = i / (count - 1f);
        }

        return image;
    }
}
