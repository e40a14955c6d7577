using ImageRestoration.Degradation;
using ImageRestoration.Imaging;
using ImageRestoration.Numerics;
using ImageRestoration.Tests.Metrics;

namespace ImageRestoration.Tests.Degradation;

public sealed class BlurTests
{
    private const int Size = 61;

    [Theory]
    [InlineData(0.4)]
    [InlineData(1)]
    [InlineData(2.7)]
    public void GaussianBlur_Picture_IsConvolvedAsDefined(double sigma)
    {
        const int height = 23, width = 17;
        using ImageTensor image = Noise(height, width);
        using ImageTensor before = image.Clone();
        new GaussianBlur(sigma).Apply(image, new SeededRandom(1));
        int radius = (int)Math.Ceiling(4 * sigma);
        double total = 0;
        for (int i = -radius; i <= radius; i++)
        {
            total += Math.Exp(-i * i / (2 * sigma * sigma));
        }

        for (int y = 0; y < height; y++)
        {
            for (int x = 0; x < width; x++)
            {
                double sum = 0;
                for (int dy = -radius; dy <= radius; dy++)
                {
                    for (int dx = -radius; dx <= radius; dx++)
                    {
                        double weight = Math.Exp(-((dy * dy) + (dx * dx)) / (2 * sigma * sigma)) / (total * total);
                        sum += weight * before.Row(0, 0, Mirror(y + dy, height))[Mirror(x + dx, width)];
                    }
                }

                Assert.Equal(sum, image.Row(0, 0, y)[x], 2e-6);
            }
        }
    }

    [Fact]
    public void GaussianBlur_Point_HasItsVarianceInBothDirections()
    {
        (double _, double varianceX, double varianceY, double covariance) = Moments(new GaussianBlur(3));
        Assert.Equal(9, varianceX, 0.03);
        Assert.Equal(9, varianceY, 0.03);
        Assert.Equal(0, covariance, 1e-4);
    }

    [Theory]
    [InlineData(1, 0)]
    [InlineData(7.5, 0)]
    [InlineData(7.5, 90)]
    [InlineData(12.3, 30)]
    [InlineData(20, 135)]
    [InlineData(0.6, -70)]
    public void MotionBlur_Point_BecomesALineOfItsLengthAndAngle(double length, double angle)
    {
        (double sum, double varianceX, double varianceY, double covariance) = Moments(new MotionBlur(length, angle));

        // A line's variance along itself is length²/12. Interpolation adds the mean of t(1 - t) in each direction, at most 1/4.
        double cos = Math.Cos(angle * Math.PI / 180), sin = -Math.Sin(angle * Math.PI / 180);
        double along = length * length / 12;
        Assert.Equal(1, sum, 1e-5);
        Assert.InRange(varianceX - (along * cos * cos), -1e-3, 0.251);
        Assert.InRange(varianceY - (along * sin * sin), -1e-3, 0.251);
        Assert.Equal(along * cos * sin, covariance, 0.01 + (0.001 * along));
    }

    [Fact]
    public void MotionBlur_HorizontalLineOfOnePixel_IsTheMeanOfTheInterpolatedPicture()
    {
        using ImageTensor image = Point();
        new MotionBlur(1, 0).Apply(image, new SeededRandom(1));
        Span<float> row = image.Row(0, 0, Size / 2);
        Assert.Equal(0.125f, row[(Size / 2) - 1], 1e-4f);
        Assert.Equal(0.75f, row[Size / 2], 1e-4f);
        Assert.Equal(0.125f, row[(Size / 2) + 1], 1e-4f);
    }

    [Fact]
    public void MotionBlur_PositiveAngle_RisesToTheRight()
    {
        using ImageTensor image = Point();
        new MotionBlur(20, 45).Apply(image, new SeededRandom(1));
        Assert.True(image.Row(0, 0, (Size / 2) - 5)[(Size / 2) + 5] > 0.02f);
        Assert.Equal(0f, image.Row(0, 0, (Size / 2) + 5)[(Size / 2) + 5]);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2.5)]
    [InlineData(7.3)]
    [InlineData(20)]
    public void DefocusBlur_Point_BecomesADiskOfItsRadius(double radius)
    {
        using ImageTensor image = Point();
        new DefocusBlur(radius).Apply(image, new SeededRandom(1));
        double inside = 1 / (Math.PI * radius * radius);
        for (int y = 0; y < Size; y++)
        {
            for (int x = 0; x < Size; x++)
            {
                double distance = Math.Sqrt(((x - 30) * (x - 30)) + ((y - 30) * (y - 30)));
                float value = image.Row(0, 0, y)[x];
                Assert.InRange(value, 0, inside * 1.001);
                if (distance < radius - 0.75)
                {
                    Assert.Equal(inside, value, inside * 0.001);
                }
                else if (distance > radius + 0.75)
                {
                    Assert.Equal(0f, value);
                }
            }
        }

        (double sum, double varianceX, double varianceY, double _) = Moments(new DefocusBlur(radius));
        Assert.Equal(1, sum, 1e-5);

        // A disk's variance is radius²/4; the squares of pixels add about 1/12, more or less as its edge lies between them.
        double tolerance = Math.Max(0.06, 0.001 * radius * radius);
        Assert.Equal((radius * radius / 4) + (1 / 12.0), varianceX, tolerance);
        Assert.Equal(varianceX, varianceY, 1e-3 * radius * radius);
    }

    [Fact]
    public void Apply_NoBlur_KeepsEveryBit()
    {
        foreach (IDegradation blur in new IDegradation[] { new GaussianBlur(0), new GaussianBlur(0.01), new MotionBlur(0, 33), new DefocusBlur(0), new DefocusBlur(0.5) })
        {
            using ImageTensor image = Noise(12, 13);
            using ImageTensor before = image.Clone();
            blur.Apply(image, new SeededRandom(1));
            Assert.Equal(before.Span, image.Span);
        }
    }

    [Fact]
    public void Apply_ConstantPicture_StaysConstantUpToItsBorder()
    {
        foreach (IDegradation blur in new IDegradation[] { new GaussianBlur(5), new MotionBlur(31, 20), new DefocusBlur(9) })
        {
            using ImageTensor image = ImageTensor.Create(ImageShape.Single(3, 9, 6));
            image.Span.Fill(0.6f);
            blur.Apply(image, new SeededRandom(1));
            Assert.All(image.Span.ToArray(), value => Assert.Equal(0.6f, value, 1e-5f));
        }
    }

    [Fact]
    public void DefocusBlur_Border_MirrorsWithoutRepeatingThePixel()
    {
        using ImageTensor image = Noise(5, 7);
        using ImageTensor enlarged = ImageTensor.Create(ImageShape.Single(1, 5 + 8, 7 + 8));
        for (int y = 0; y < 13; y++)
        {
            for (int x = 0; x < 15; x++)
            {
                enlarged.Row(0, 0, y)[x] = image.Row(0, 0, Mirror(y - 4, 5))[Mirror(x - 4, 7)];
            }
        }

        new DefocusBlur(3.4).Apply(image, new SeededRandom(1));
        new DefocusBlur(3.4).Apply(enlarged, new SeededRandom(1));
        for (int y = 0; y < 5; y++)
        {
            Assert.Equal(enlarged.Row(0, 0, y + 4).Slice(4, 7), image.Row(0, 0, y));
        }
    }

    [Fact]
    public void Apply_Range_DrawsAStrengthForEachPicture()
    {
        foreach (IDegradation blur in new IDegradation[] { new GaussianBlur(0, 6), new MotionBlur(0, 30, 0, 180), new DefocusBlur(0, 12) })
        {
            using ImageTensor image = ImageTensor.Create(new ImageShape(20, 1, 41, 41));
            for (int b = 0; b < 20; b++)
            {
                image.Row(b, 0, 20)[20] = 1;
            }

            blur.Apply(image, new SeededRandom(2));
            float[] peaks = [.. Enumerable.Range(0, 20).Select(b => image.Row(b, 0, 20)[20])];
            Assert.Equal(20, peaks.Distinct().Count());
        }
    }

    [Theory]
    [InlineData(-1)]
    [InlineData(1001)]
    [InlineData(double.NaN)]
    public void Constructor_WrongArgument_Throws(double value)
    {
        Assert.Throws<ArgumentOutOfRangeException>("sigma", () => new GaussianBlur(value));
        Assert.Throws<ArgumentOutOfRangeException>("minimumSigma", () => new GaussianBlur(value, 5));
        Assert.Throws<ArgumentOutOfRangeException>("maximumSigma", () => new GaussianBlur(0, value));
        Assert.Throws<ArgumentOutOfRangeException>("length", () => new MotionBlur(value, 0));
        Assert.Throws<ArgumentOutOfRangeException>("angle", () => new MotionBlur(1, value * 1000));
        Assert.Throws<ArgumentOutOfRangeException>("radius", () => new DefocusBlur(value));
        Assert.Throws<ArgumentOutOfRangeException>("minimumRadius", () => new DefocusBlur(3, 2));
        Assert.Throws<ArgumentOutOfRangeException>("minimumAngle", () => new MotionBlur(1, 2, 10, 0));
    }

    /// <summary>Sum, variances and covariance of what becomes of a point.</summary>
    private static (double Sum, double VarianceX, double VarianceY, double Covariance) Moments(IDegradation blur)
    {
        using ImageTensor image = Point();
        blur.Apply(image, new SeededRandom(1));
        double sum = 0, xx = 0, yy = 0, xy = 0;
        for (int y = 0; y < Size; y++)
        {
            for (int x = 0; x < Size; x++)
            {
                double value = image.Row(0, 0, y)[x];
                sum += value;
                xx += value * (x - 30) * (x - 30);
                yy += value * (y - 30) * (y - 30);
                xy += value * (x - 30) * (y - 30);
            }
        }

        return (sum, xx, yy, xy);
    }

    private static ImageTensor Point()
    {
        ImageTensor image = ImageTensor.Create(ImageShape.Single(1, Size, Size));
        image.Row(0, 0, Size / 2)[Size / 2] = 1;
        return image;
    }

    private static ImageTensor Noise(int height, int width)
        => SyntheticImages.ToTensor(SyntheticImages.Levels("HashNoise", 1, height, width), ImageShape.Single(1, height, width));

    private static int Mirror(int position, int extent)
    {
        while (position < 0 || position >= extent)
        {
            position = position < 0 ? -position : (2 * (extent - 1)) - position;
        }

        return position;
    }
}
