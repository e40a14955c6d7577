using ImageRestoration.Imaging;
using ImageRestoration.Numerics;
using ImageRestoration.Restoration;

namespace ImageRestoration.Tests.Imaging;

public sealed class AutoExposureTests
{
    [Theory]
    [InlineData(1, 6, 1)]
    [InlineData(3, 6, 2)]
    [InlineData(3, 7, 1.5)]
    public void StopsOf_LessLight_RisesByAsManyStops(int channels, double before, double less)
    {
        using ImageTensor dark = OfLight(channels, 40, 50, seed: 1, -before), darker = OfLight(channels, 40, 50, seed: 1, -before - less);

        Assert.InRange(AutoExposure.StopsOf(dark), before - 1, before + 1);
        Assert.Equal(less, AutoExposure.StopsOf(darker) - AutoExposure.StopsOf(dark), 0.03);
    }

    [Fact]
    public void StopsOf_LightEnough_IsLittleOrNothing()
    {
        using ImageTensor normal = OfLight(3, 40, 50, seed: 1, 0), bright = OfLight(3, 40, 50, seed: 1, 1);

        Assert.InRange(AutoExposure.StopsOf(normal), 0, 0.5);
        Assert.Equal(0, AutoExposure.StopsOf(bright));
    }

    [Fact]
    public void StopsOf_LampsInADarkRoom_FollowsTheRoom()
    {
        using ImageTensor room = OfLight(1, 20, 20, seed: 4, -6.5), lit = room.Clone();
        lit.Span[..20].Fill((float)Encode(Camera(0.9))); // 5 % of the pixels, up to 12 stops brighter

        Assert.InRange(AutoExposure.StopsOf(room) - AutoExposure.StopsOf(lit), 0, 2);
    }

    [Fact]
    public void StopsOf_Black_IsZeroAndBlackPixelsDoNotCount()
    {
        using ImageTensor black = ImageTensor.Create(ImageShape.Single(3, 8, 9)), framed = ImageTensor.Create(ImageShape.Single(3, 80, 50)), dark = OfLight(3, 40, 50, seed: 2, -4);
        for (int c = 0; c < 3; c++)
        {
            dark.Plane(0, c).CopyTo(framed.Plane(0, c)[2000..]);
        }

        Assert.Equal(0, AutoExposure.StopsOf(black));
        Assert.Equal(AutoExposure.StopsOf(dark), AutoExposure.StopsOf(framed));
    }

    [Fact]
    public void StopsOf_LargePicture_IsThatOfItsGrid()
    {
        // More pixels than samples: every second row and column counts.
        using ImageTensor large = ImageTensor.Create(ImageShape.Single(1, 600, 700)), grid = OfLight(1, 300, 350, seed: 3, -3);
        large.Span.Fill(1);
        for (int y = 0; y < 300; y++)
        {
            for (int x = 0; x < 350; x++)
            {
                large.Row(0, 0, 2 * y)[2 * x] = grid.Row(0, 0, y)[x];
            }
        }

        Assert.Equal(AutoExposure.StopsOf(grid), AutoExposure.StopsOf(large));
    }

    [Theory]
    [InlineData(0)]
    [InlineData(0.3)]
    [InlineData(4)]
    [InlineData(10)]
    public void Apply_AnyGain_KeepsOrderAndRangeAndMultipliesDarkLight(double stops)
    {
        using ImageTensor ramp = ImageTensor.Create(ImageShape.Single(1, 1, 1001));
        for (int i = 0; i <= 1000; i++)
        {
            ramp.Span[i] = i / 1000f;
        }

        using ImageTensor result = ramp.Clone();
        AutoExposure.Apply(result, stops);

        Assert.Equal(0, result.Span[0]);
        Assert.Equal(1, result.Span[1000], 1e-5);
        double gain = Math.Pow(2, stops), white = Camera(gain * Scene(1));
        for (int i = 1; i <= 1000; i++)
        {
            Assert.True(result.Span[i] > result.Span[i - 1]);
            Assert.Equal(Encode(Camera(gain * Scene(Decode(ramp.Span[i]))) / white), result.Span[i], 1e-4 + (2e-6 * gain));
        }
    }

    [Fact]
    public void Apply_Batch_GivesEachPictureItsOwnGain()
    {
        using ImageTensor first = OfLight(3, 20, 30, seed: 1, -2), second = OfLight(3, 20, 30, seed: 2, -5), both = ImageTensor.Create(new ImageShape(2, 3, 20, 30));
        first.Span.CopyTo(both.Span);
        second.Span.CopyTo(both.Span[first.Span.Length..]);

        using ImageTensor result = both.Clone();
        AutoExposure.Apply(result);
        AutoExposure.Apply(first, AutoExposure.StopsOf(first));
        AutoExposure.Apply(second, AutoExposure.StopsOf(second));

        Assert.Equal([.. first.Span, .. second.Span], result.Span.ToArray());
    }

    [Fact]
    public void Arguments_OutOfRange_AreRefused()
    {
        using ImageTensor image = ImageTensor.Create(new ImageShape(2, 1, 2, 2));
        Assert.Throws<ArgumentOutOfRangeException>("picture", () => AutoExposure.StopsOf(image, 2));
        Assert.Throws<ArgumentOutOfRangeException>("stops", () => AutoExposure.Apply(image, -0.1));
        Assert.Throws<ArgumentOutOfRangeException>("stops", () => AutoExposure.Apply(image, 10.1));
        Assert.Throws<ArgumentOutOfRangeException>("stops", () => AutoExposure.Apply(image, double.NaN));
        Assert.Throws<ArgumentNullException>("image", () => AutoExposure.Apply(null!));
        Assert.Throws<ArgumentNullException>("image", () => AutoExposure.StopsOf(null!));
    }

    /// <summary>A picture of a scene of random light, of which there is 2^stops as much as in the one of the same seed.</summary>
    internal static ImageTensor OfLight(int channels, int height, int width, ulong seed, double stops)
    {
        var random = new SeededRandom(seed);
        ImageTensor picture = ImageTensor.Create(ImageShape.Single(channels, height, width));
        foreach (ref float value in picture.Span)
        {
            value = (float)Encode(Camera((0.02 + (0.6 * random.NextDouble())) * Math.Pow(2, stops)));
        }

        return picture;
    }

    /// <summary>The light that a camera's picture shows: the curve half-way between none and Narkowicz's.</summary>
    private static double Camera(double scene) => scene * ((4.688 * scene) + 0.5775) / ((scene * ((4.5385 * scene) + 1.524)) + 1);

    private static double Scene(double shown)
    {
        (double low, double high) = (0, 20);
        for (int i = 0; i < 60; i++)
        {
            double middle = (low + high) / 2;
            (low, high) = Camera(middle) < shown ? (middle, high) : (low, middle);
        }

        return low;
    }

    private static double Encode(double light) => light <= 0.0031308 ? light * 12.92 : (1.055 * Math.Pow(light, 1 / 2.4)) - 0.055;

    private static double Decode(double value) => value <= 0.04045 ? value / 12.92 : Math.Pow((value + 0.055) / 1.055, 2.4);
}
