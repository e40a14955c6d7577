using ImageRestoration.Degradation;
using ImageRestoration.Imaging;
using ImageRestoration.Numerics;

namespace ImageRestoration.Tests.Degradation;

public sealed class AdaptiveThresholdTests
{
    [Theory]
    [InlineData(1, 1, 1, 0.0)]
    [InlineData(1, 7, 2, 0.1)]
    [InlineData(13, 9, 3, 0.05)]
    [InlineData(20, 31, 40, 0.02)]
    public void Apply_EveryPixel_IsInkWhereItIsDarkerThanTheMeanOfItsSquare(int height, int width, int radius, double offset)
    {
        using ImageTensor image = RandomPicture(new ImageShape(1, 3, height, width));
        using ImageTensor drawing = image.Clone();
        new AdaptiveThreshold(Fixed(radius, offset)).Apply(drawing, new SeededRandom(1));
        for (int y = 0; y < height; y++)
        {
            for (int x = 0; x < width; x++)
            {
                double sum = 0;
                int count = 0;
                for (int v = Math.Max(y - radius, 0); v <= Math.Min(y + radius, height - 1); v++)
                {
                    for (int u = Math.Max(x - radius, 0); u <= Math.Min(x + radius, width - 1); u++)
                    {
                        sum += Mean(image, v, u);
                        count++;
                    }
                }

                // Values are drawn, so that none lies as close to its threshold as sums are rounded; a square of one pixel is its own mean.
                float expected = count > 1 && Mean(image, y, x) < (sum / count) - offset ? 0 : 1;
                Assert.All(Enumerable.Range(0, 3), c => Assert.Equal(expected, drawing.Plane(0, c)[(y * width) + x]));
            }
        }

        double Mean(ImageTensor picture, int y, int x) => Enumerable.Range(0, 3).Average(c => (double)picture.Plane(0, c)[(y * width) + x]);
    }

    [Fact]
    public void Apply_ManyPictures_DrawInkAndPaperOfTheContrastAskedFor()
    {
        using ImageTensor image = RandomPicture(new ImageShape(300, 2, 6, 6));
        new AdaptiveThreshold(new AdaptiveThresholdOptions { MinimumContrast = 0.4, LightInkProbability = 0.25, MinimumOffset = 0.4, MaximumOffset = 0.4 }).Apply(image, new SeededRandom(2));
        int light = 0, drawn = 0;
        var contrasts = new List<double>();
        for (int n = 0; n < image.Batch; n++)
        {
            float[] values = [.. image.Plane(n, 0).ToArray().Distinct()];
            Assert.All(values, value => Assert.InRange(value, 0, 1));
            Assert.InRange(values.Length, 1, 2);
            if (values.Length == 2)
            {
                // There is less ink than paper, so far below the mean is the threshold.
                float ink = image.Plane(n, 0).ToArray().CountBy(value => value).MinBy(pair => pair.Value).Key, paper = values.Single(value => value != ink);
                contrasts.Add(Math.Abs(ink - paper));
                light += ink > paper ? 1 : 0;
                drawn++;
            }

            Assert.NotEqual(image.Plane(n, 0)[0], image.Plane(n, 1)[0]);
        }

        Assert.InRange(drawn, 100, 300);
        Assert.InRange((double)light / drawn, 0.15, 0.35);
        Assert.InRange(contrasts.Min(), 0.4 - 1e-6, 0.45);
        Assert.InRange(contrasts.Max(), 0.95, 1);
    }

    [Fact]
    public void Constructor_WrongOptions_SaysAllThatIsWrong()
    {
        var options = new AdaptiveThresholdOptions { MinimumRadius = 0, MaximumOffset = double.NaN, MinimumContrast = -1, LightInkProbability = 2 };
        var error = Assert.Throws<ArgumentException>("options", () => new AdaptiveThreshold(options));
        Assert.All(
            new[] { "MinimumRadius", "MaximumOffset", "MinimumContrast", "LightInkProbability" },
            name => Assert.Contains(name, error.Message, StringComparison.Ordinal));
        Assert.Throws<ArgumentNullException>("options", () => new AdaptiveThreshold(null!));
    }

    private static AdaptiveThresholdOptions Fixed(int radius, double offset)
        => new() { MinimumRadius = radius, MaximumRadius = radius, MinimumOffset = offset, MaximumOffset = offset, MinimumContrast = 1, LightInkProbability = 0 };

    private static ImageTensor RandomPicture(ImageShape shape)
    {
        var random = new SeededRandom(3);
        ImageTensor image = ImageTensor.Create(shape);
        foreach (ref float value in image.Span)
        {
            value = random.NextSingle();
        }

        return image;
    }
}
