using ImageRestoration.Degradation;
using ImageRestoration.Imaging;
using ImageRestoration.Numerics;

namespace ImageRestoration.Tests.Degradation;

public sealed class CorrelatedNoiseTests
{
    private const int Size = 300;

    [Theory]
    [InlineData(0, 0)]
    [InlineData(0.5, 0)]
    [InlineData(1, 0)]
    [InlineData(0.7, 1)]
    [InlineData(1, 2)]
    public void Apply_Noise_HasItsStrengthAndCorrelations(double channels, double grain)
    {
        using ImageTensor image = Constant(0.5f);
        new CorrelatedNoise(Fixed(20, channels, grain)).Apply(image, new SeededRandom(1));
        double[] red = [.. image.Plane(0, 0).ToArray().Select(value => value - 0.5)], blue = [.. image.Plane(0, 2).ToArray().Select(value => value - 0.5)];
        double variance = Mean(red, red), expected = Math.Pow(20 / 255.0, 2);

        // Grains make so many pixels one; five standard errors. Borders, which are mirrored, are 4 % of the picture.
        double error = 5 * Math.Sqrt(2.0 * Math.Max(1, 4 * Math.PI * grain * grain) / (Size * Size));
        Assert.Equal(expected, variance, expected * (error + (grain > 0 ? 0.04 : 0)));
        Assert.Equal(channels, Mean(red, blue) / Math.Sqrt(variance * Mean(blue, blue)), error);

        // White noise filtered with a Gaussian kernel of sigma s has a correlation of exp(-1/(4 s²)) between neighbours.
        double neighbours = Mean(red[..^1], red[1..]) / variance;
        Assert.Equal(grain == 0 ? 0 : Math.Exp(-1 / (4 * grain * grain)), neighbours, error + 0.01);
    }

    [Fact]
    public void Apply_OneNoiseForAllChannels_KeepsGreyGrey()
    {
        using ImageTensor image = Constant(0.25f);
        new CorrelatedNoise(Fixed(30, 1, 0.8)).Apply(image, new SeededRandom(2));
        Assert.Equal(image.Plane(0, 0), image.Plane(0, 1));
        Assert.Equal(image.Plane(0, 0), image.Plane(0, 2));
    }

    [Fact]
    public void Apply_Film_HasItsNoiseBetweenBlackAndWhite()
    {
        foreach ((float level, double share) in new[] { (0f, 0.0), (0.1f, 0.36), (0.5f, 1.0), (0.8f, 0.64), (1f, 0.0) })
        {
            using ImageTensor image = Constant(level);
            new CorrelatedNoise(Fixed(20, 1, 0) with { IsFilm = true }).Apply(image, new SeededRandom(3));
            double[] noise = [.. image.Plane(0, 1).ToArray().Select(value => (double)value - level)];
            double expected = share * Math.Pow(20 / 255.0, 2);
            Assert.Equal(expected, Mean(noise, noise), (expected * 5 * Math.Sqrt(2.0 / (Size * Size))) + 1e-7);
        }
    }

    [Fact]
    public void Apply_SigmaZero_ChangesNothing()
    {
        using ImageTensor image = Constant(0.3f), before = image.Clone();
        new CorrelatedNoise(Fixed(0, 0.5, 1)).Apply(image, new SeededRandom(4));
        Assert.Equal(before.Span, image.Span);
    }

    [Fact]
    public void Constructor_WrongOptions_NamesAll()
    {
        var options = new CorrelatedNoiseOptions { MinimumSigma = 50, MinimumChannelCorrelation = -1, MaximumGrain = 11 };
        string message = Assert.Throws<ArgumentException>("options", () => new CorrelatedNoise(options)).Message;
        Assert.All(["MinimumSigma (50)", "MinimumChannelCorrelation", "MaximumGrain"], name => Assert.Contains(name, message, StringComparison.Ordinal));
    }

    [Fact]
    public void ColorSaturation_Factor_ScalesChroma()
    {
        using ImageTensor image = ImageTensor.Create(new ImageShape(1, 3, 1, 2));
        float[] values = [0.6f, 0.9f, 0.5f, 0.9f, 0.4f, 0.1f];
        values.CopyTo(image.Span);
        new ColorSaturation(0.5).Apply(image, new SeededRandom(1));
        double first = (0.299 * 0.6) + (0.587 * 0.5) + (0.114 * 0.4), second = (0.886 * 0.9) + (0.114 * 0.1);
        double[] expected = [(first + 0.6) / 2, (second + 0.9) / 2, (first + 0.5) / 2, (second + 0.9) / 2, (first + 0.4) / 2, (second + 0.1) / 2];
        Assert.All(expected.Zip(image.Span.ToArray()), pair => Assert.Equal(pair.First, pair.Second, 1e-6));

        new ColorSaturation(0).Apply(image, new SeededRandom(1));
        Assert.Equal(image.Plane(0, 0), image.Plane(0, 1));
        Assert.Equal(image.Plane(0, 0), image.Plane(0, 2));
        Assert.Equal(first, image.Span[0], 1e-6);

        values.CopyTo(image.Span);
        new ColorSaturation(10).Apply(image, new SeededRandom(1));
        Assert.All(image.Span.ToArray(), value => Assert.InRange(value, 0f, 1f));
        Assert.Equal(0f, image.Span[5]);
    }

    private static CorrelatedNoiseOptions Fixed(double sigma, double channels, double grain) => new()
    {
        MinimumSigma = sigma,
        MaximumSigma = sigma,
        MinimumChannelCorrelation = channels,
        MaximumChannelCorrelation = channels,
        MinimumGrain = grain,
        MaximumGrain = grain,
    };

    private static ImageTensor Constant(float level)
    {
        ImageTensor image = ImageTensor.Create(new ImageShape(1, 3, Size, Size));
        image.Span.Fill(level);
        return image;
    }

    private static double Mean(double[] a, double[] b) => a.Zip(b).Average(pair => pair.First * pair.Second);
}
