using ImageRestoration.Degradation;
using ImageRestoration.Degradation.Sensor;
using ImageRestoration.Imaging;
using ImageRestoration.Numerics;

namespace ImageRestoration.Tests.Degradation;

public sealed class SensorPipelineTests
{
    /// <summary>Nothing is drawn but the pattern's position, nothing is lost but what the mosaic leaves out.</summary>
    private static readonly SensorPipelineOptions _exact = SensorPipelineOptions.CreateNeutral() with { RoundTo8Bit = false };

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    public void Apply_NoNoiseOnSmoothPicture_ChangesNothing(double gradientCorrectedShare)
    {
        // Slopes are interpolated exactly, but for the border, where mirroring bends them. The largest values stay below what white balance can clip.
        using ImageTensor image = Ramp();
        using ImageTensor before = image.Clone();
        var camera = new SensorPipelineOptions
        {
            MinimumExposure = 0,
            MaximumExposure = 0,
            Noise = null,
            BlurShare = 0,
            Compression = null,
            RoundTo8Bit = false,
            GradientCorrectedShare = gradientCorrectedShare,
        };
        for (ulong seed = 0; seed < 20; seed++)
        {
            before.Span.CopyTo(image.Span);
            new SensorPipeline(camera).Apply(image, new SeededRandom(seed));
            for (int c = 0; c < 3; c++)
            {
                for (int y = 2; y < image.Height - 2; y++)
                {
                    // Slopes of values are curves in light: a hundredth of a level between neighbours.
                    Assert.All(Enumerable.Range(2, image.Width - 4), x => Assert.Equal(before.Row(0, c, y)[x], image.Row(0, c, y)[x], 4e-4));
                }
            }
        }
    }

    [Fact]
    public void Apply_GreyPicture_IsSeenWithoutFilters()
    {
        using ImageTensor image = ImageTensor.Create(new ImageShape(1, 1, 16, 16));
        new SeededRandom(3).NextGaussian(image.Span, 0.5f, 0.1f);
        using ImageTensor before = image.Clone();
        new SensorPipeline(_exact with { MinimumGamma = 2.2, MaximumGamma = 2.2 }).Apply(image, new SeededRandom(1));
        for (int i = 0; i < image.Span.Length; i++)
        {
            Assert.Equal(before.Span[i], image.Span[i], 1e-4);
        }
    }

    [Theory]
    [InlineData(1e-3, 0)]
    [InlineData(0, 1e-4)]
    [InlineData(4e-3, 2e-4)]
    public void Apply_Noise_HasTheModelsVarianceWhereColoursAreKnown(double shot, double read)
    {
        const float Level = 0.4f;
        using ImageTensor image = Constant(Level, 256);
        var camera = _exact with { MinimumGain = 2, MaximumGain = 2, Noise = new PoissonGaussianNoise(shot, read) };
        new SensorPipeline(camera).Apply(image, new SeededRandom(5));

        // Red is seen at half the level and amplified twice; a quarter of the pixels know it. Bilinear interpolation averages two or four of the others.
        double atSensor = (shot * Level / 2) + read;
        double red = 4 * atSensor * ((1 + 0.5 + 0.5 + 0.25) / 4);
        double green = ((shot * Level) + read) * ((1 + 1 + 0.25 + 0.25) / 4);
        Assert.Equal(red, Variance(image.Plane(0, 0)), 0.05 * red);
        Assert.Equal(green, Variance(image.Plane(0, 1)), 0.05 * green);
        Assert.Equal(red, Variance(image.Plane(0, 2)), 0.05 * red);
    }

    [Fact]
    public void Apply_FullPixels_HaveNoNoise()
    {
        using ImageTensor image = Constant(1f, 64);
        new SensorPipeline(_exact with { MinimumExposure = 2, MaximumExposure = 2, Noise = new GaussianNoise(1) }).Apply(image, new SeededRandom(6));

        // Half of the noise is above what pixels hold.
        Assert.All(image.Span.ToArray(), value => Assert.InRange(value, 0.97f, 1f));
        Assert.InRange(image.Plane(0, 0).ToArray().Count(value => value == 1f), 100, 4000);
    }

    [Fact]
    public void ApplyToPair_Target_IsThePictureWithoutNoiseAndCompression()
    {
        using ImageTensor target = Textured(), degraded = target.Clone(), clean = target.Clone(), noisy = target.Clone();
        var options = new SensorPipelineOptions { BlurShare = 1, ReducedShare = 0.5, Compression = new JpegCompression(70) };
        new SensorPipeline(options).ApplyToPair(target, degraded, new SeededRandom(8));
        new SensorPipeline(options with { Noise = null, Compression = null, RoundTo8Bit = false }).Apply(clean, new SeededRandom(8));
        new SensorPipeline(options).Apply(noisy, new SeededRandom(8));
        Assert.Equal(clean.Span, target.Span);
        Assert.Equal(noisy.Span, degraded.Span);
        Assert.False(target.Span.SequenceEqual(degraded.Span));
        Assert.True(new SensorPipeline().ChangesTarget);
    }

    [Fact]
    public void ApplyToPair_WithoutNoise_TargetEqualsInput()
    {
        using ImageTensor target = Textured(), degraded = target.Clone();
        new SensorPipeline(new SensorPipelineOptions { Noise = null, Compression = null, RoundTo8Bit = false }).ApplyToPair(target, degraded, new SeededRandom(9));
        Assert.Equal(target.Span, degraded.Span);
    }

    [Fact]
    public void Apply_Exposure_DoublesLightForAStop()
    {
        using ImageTensor image = Constant(0.2f, 8);
        new SensorPipeline(_exact with { MinimumExposure = 1, MaximumExposure = 1 }).Apply(image, new SeededRandom(1));
        Assert.All(image.Span.ToArray(), value => Assert.Equal(0.4f, value, 1e-5));
    }

    [Fact]
    public void Apply_Reduced_HasLessNoise()
    {
        SensorPipelineOptions camera = _exact with { Noise = new GaussianNoise(10) };
        using ImageTensor full = Constant(0.5f, 128), reduced = full.Clone();
        new SensorPipeline(camera).Apply(full, new SeededRandom(1));
        new SensorPipeline(camera with { ReducedShare = 1, MaximumReduction = 4 }).Apply(reduced, new SeededRandom(1));
        Assert.InRange(Variance(reduced.Plane(0, 1)), 0.01 * Variance(full.Plane(0, 1)), 0.9 * Variance(full.Plane(0, 1)));
        Assert.Equal(0.5, reduced.Plane(0, 1).ToArray().Average(), 1e-3);
    }

    [Fact]
    public void Apply_TwoChannels_SaysWhatItTakes()
    {
        using ImageTensor image = ImageTensor.Create(new ImageShape(1, 2, 8, 8));
        Assert.Contains("has 2 channels", Assert.Throws<TensorShapeException>(() => new SensorPipeline().Apply(image, new SeededRandom(1))).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Constructor_WrongOptions_NamesAll()
    {
        var options = new SensorPipelineOptions { MinimumGamma = 0.5, MaximumExposure = -3, MaximumOverlap = 2, ReducedShare = double.NaN, MaximumReduction = 9 };
        string message = Assert.Throws<ArgumentException>("options", () => new SensorPipeline(options)).Message;
        Assert.All(["MinimumGamma", "MaximumExposure", "MaximumOverlap", "ReducedShare", "MaximumReduction"], name => Assert.Contains(name, message, StringComparison.Ordinal));
    }

    /// <summary>Malvar, He and Cutler, figure 2: what one pixel of the mosaic gives to the colours around it, in sixteenths.</summary>
    [Fact]
    public void Demosaic_GradientCorrected_HasThePapersFilters()
    {
        using ImageTensor mosaic = ImageTensor.Create(new ImageShape(1, 1, 12, 12)), picture = ImageTensor.Create(new ImageShape(1, 3, 12, 12));
        mosaic.Row(0, 0, 6)[6] = 16;
        new BayerPattern(0).Demosaic(mosaic, picture, gradientCorrected: true);
        int[] At(int dy, int dx) => [.. Enumerable.Range(0, 3).Select(c => (int)MathF.Round(picture.Row(0, c, 6 + dy)[6 + dx]))];

        // The pixel is red: it gives 4/8 of itself to its own green and 6/8 to its own blue, and takes 1/8 and 3/16 at two pixels' distance.
        Assert.Equal([16, 8, 12], At(0, 0));
        Assert.Equal([0, -2, -3], At(0, 2));
        Assert.Equal([0, -2, -3], At(-2, 0));

        // At a green neighbour in its row red gets 4/8; at one in its column the same.
        Assert.Equal([8, 0, 0], At(0, 1));
        Assert.Equal([8, 0, 0], At(-1, 0));

        // At a blue pixel, a quarter of red.
        Assert.Equal([4, 0, 0], At(1, 1));

        picture.Span.Clear();
        mosaic.Row(0, 0, 6)[6] = 0;
        mosaic.Row(0, 0, 6)[7] = 16;
        new BayerPattern(0).Demosaic(mosaic, picture, gradientCorrected: true);

        // The pixel is green, with red beside and blue above it: 5/8 of itself for both, a quarter for the green of its four neighbours, -1/8 and 1/16 afar.
        Assert.Equal([10, 16, 10], At(0, 1));
        Assert.Equal([0, 4, 0], At(0, 0));
        Assert.Equal([0, 4, 0], At(1, 1));
        Assert.Equal([-2, 0, 1], At(0, 3));
        Assert.Equal([1, 0, -2], At(2, 1));
        Assert.Equal([-2, 0, -2], At(1, 2));
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public void BayerPattern_Phase_HasTwoGreenPixelsInEverySquare(int phase)
    {
        var pattern = new BayerPattern(phase);
        int[] colours = [pattern.ColorAt(0, 0), pattern.ColorAt(0, 1), pattern.ColorAt(1, 0), pattern.ColorAt(1, 1)];
        Assert.Equal([0, 1, 1, 2], colours.Order());
        Assert.Equal(phase, Array.IndexOf(colours, 0));
    }

    [Fact]
    public void CameraColor_ThereAndBack_IsTheSame()
    {
        var color = new CameraColor(0.8, 0.5, 2.1, 1.4);
        float[] light = [0.3f, 0.6f, 0.1f], seen = new float[3];
        for (int filter = 0; filter < 3; filter++)
        {
            ReadOnlySpan<float> weights = color.ToCamera(filter);
            seen[filter] = (weights[0] * light[0]) + (weights[1] * light[1]) + (weights[2] * light[2]);
        }

        color.ToPicture(seen.AsSpan(0, 1), seen.AsSpan(1, 1), seen.AsSpan(2, 1));
        Assert.All(seen.Zip(light), pair => Assert.Equal(pair.Second / 2, pair.First, 1e-5));
    }

    [Fact]
    public void SensorNoise_ReadNoise_FollowsShotNoise()
    {
        // Black tells the read noise, white both.
        const double Shot = 1e-2;
        double[] logs = new double[200];
        var random = new SeededRandom(4);
        for (int i = 0; i < logs.Length; i++)
        {
            using ImageTensor black = Constant(0f, 64), white = Constant(1f, 64);
            var noise = new SensorNoise(Shot, Shot);
            noise.Apply(black, random);
            noise.Apply(white, random);
            logs[i] = Math.Log(Variance(black.Span));
            Assert.Equal(Shot, Variance(white.Span), 0.2 * Shot);
        }

        // Brooks et al. 2019: log b = 2.18 log a + 1.20, within a standard deviation of 0.26; five standard errors.
        double mean = logs.Average(), deviation = Math.Sqrt(logs.Average(log => (log - mean) * (log - mean)));
        Assert.Equal((2.18 * Math.Log(Shot)) + 1.20, mean, 5 * 0.26 / Math.Sqrt(200));
        Assert.Equal(0.26, deviation, 0.07);
    }

    [Fact]
    public void SensorNoise_Range_IsLogUniform()
    {
        const int Count = 400;
        using ImageTensor image = ImageTensor.Create(new ImageShape(Count, 1, 40, 40));
        image.Span.Fill(1f);
        new SensorNoise(1e-4, 1e-2).Apply(image, new SeededRandom(5));
        double[] logs = [.. Enumerable.Range(0, Count).Select(i => Math.Log10(Variance(image.Plane(i, 0))))];
        Assert.Equal(-3, logs.Average(), 5 * 2 / Math.Sqrt(12 * Count));
        Assert.InRange(logs.Min(), -4.2, -3.9);
        Assert.InRange(logs.Max(), -2.1, -1.85);
        Assert.Equal(0.5, logs.Count(log => log < -3) / (double)Count, 0.13);
    }

    private static ImageTensor Constant(float level, int size)
    {
        ImageTensor image = ImageTensor.Create(new ImageShape(1, 3, size, size));
        image.Span.Fill(level);
        return image;
    }

    private static ImageTensor Ramp()
    {
        ImageTensor image = ImageTensor.Create(new ImageShape(1, 3, 24, 20));
        for (int c = 0; c < 3; c++)
        {
            for (int y = 0; y < 24; y++)
            {
                for (int x = 0; x < 20; x++)
                {
                    image.Row(0, c, y)[x] = 0.3f + (0.002f * ((x * (c + 1)) + (y * (3 - c))));
                }
            }
        }

        return image;
    }

    private static ImageTensor Textured()
    {
        ImageTensor image = ImageTensor.Create(new ImageShape(1, 3, 24, 20));
        new SeededRandom(7).NextGaussian(image.Span, 0.5f, 0.15f);
        return image;
    }

    private static double Variance(ReadOnlySpan<float> values)
    {
        double sum = 0, squares = 0;
        foreach (float value in values)
        {
            sum += value;
            squares += (double)value * value;
        }

        double mean = sum / values.Length;
        return (squares / values.Length) - (mean * mean);
    }
}
