using ImageRestoration.Imaging;
using ImageRestoration.Masking;
using ImageRestoration.Numerics;

namespace ImageRestoration.Tests.Masking;

public sealed class MissingPixelsTests
{
    [Theory]
    [InlineData(InitialFill.Zero)]
    [InlineData(InitialFill.Mean)]
    [InlineData(InitialFill.Random)]
    [InlineData(InitialFill.Nearest)]
    [InlineData(InitialFill.Harmonic)]
    [InlineData(InitialFill.HarmonicWithNoise)]
    public void Fill_AnyMask_ChangesMissingPixelsOnlyWhateverTheyHeld(InitialFill fill)
    {
        foreach (double share in new[] { 0, 0.3, 0.97, 1 })
        {
            Mask mask = new PointMaskStrategy(share).Create(23, 31, new SeededRandom(4));
            using ImageTensor image = RandomPictures(new ImageShape(2, 3, 23, 31));
            using ImageTensor filled = image.Clone();
            using ImageTensor spoilt = image.Clone();
            ForEachMissing(spoilt, mask, (plane, i) => plane[i] = float.NaN);
            MissingPixels.Fill(filled, mask, fill, new SeededRandom(1));
            MissingPixels.Fill(spoilt, mask, fill, new SeededRandom(1));
            Assert.Equal(filled.Span.ToArray(), spoilt.Span.ToArray());
            if (fill != InitialFill.HarmonicWithNoise)
            {
                Assert.Equal(-1, filled.Span.IndexOfAnyExceptInRange(0f, 1f));
            }

            ForEachMissing(filled, mask, (plane, i) => plane[i] = -1);
            ForEachMissing(image, mask, (plane, i) => plane[i] = -1);
            Assert.Equal(image.Span.ToArray(), filled.Span.ToArray());
        }
    }

    [Fact]
    public void Fill_Zero_IsZero() => AssertFills(InitialFill.Zero, [0.2f, 0, 0, 0.8f, 0.5f, 0, 0, 0.25f]);

    [Fact]
    public void Fill_Mean_IsThatOfEachPlane() => AssertFills(InitialFill.Mean, [0.2f, 0.5f, 0.5f, 0.8f, 0.5f, 0.375f, 0.375f, 0.25f]);

    [Fact]
    public void Fill_Nearest_IsTheNeighbour() => AssertFills(InitialFill.Nearest, [0.2f, 0.2f, 0.8f, 0.8f, 0.5f, 0.5f, 0.25f, 0.25f]);

    [Fact]
    public void Fill_NearestOfSeveral_IsTheLeftmostThenTheUpper()
    {
        Mask mask = MaskDrawing.Parse("#.#", ".#.", "#.#");
        using ImageTensor image = ImageTensor.Wrap(new float[] { 9, 1, 9, 2, 9, 3, 9, 4, 9 }, ImageShape.Single(1, 3, 3));
        MissingPixels.Fill(image, mask, InitialFill.Nearest);
        Assert.Equal([2, 1, 1, 2, 2, 3, 2, 4, 4], image.Span.ToArray());
    }

    [Fact]
    public void Fill_Random_IsUniformAndIndependentInEveryPlane()
    {
        var mask = new Mask(100, 100);
        mask.Values.Fill(1);
        using ImageTensor image = ImageTensor.Create(new ImageShape(1, 2, 100, 100));
        MissingPixels.Fill(image, mask, InitialFill.Random, new SeededRandom(1));

        // Five standard errors of the mean of 20,000 uniform numbers, and of their variance of 1/12.
        float[] values = image.Span.ToArray();
        double mean = values.Average(value => (double)value);
        Assert.Equal(0.5, mean, 5 * Math.Sqrt(1 / 12.0 / values.Length));
        Assert.Equal(1 / 12.0, values.Average(value => (value - mean) * (value - mean)), 5 * Math.Sqrt(1 / 180.0 / values.Length));
        Assert.NotEqual(image.Plane(0, 0).ToArray(), image.Plane(0, 1).ToArray());
    }

    [Theory]
    [InlineData(1, 1)]
    [InlineData(1, 70)]
    [InlineData(5, 2)]
    [InlineData(100, 120)]
    public void Fill_HarmonicWithNoise_IsTheSurfaceAndNoiseThatChannelsShareAndPicturesDoNot(int height, int width)
    {
        var mask = new Mask(height, width);
        mask.Values.Fill(1);
        mask.Values[0] = (byte)(height * width > 1 ? 0 : 1);
        using ImageTensor image = RandomPictures(new ImageShape(2, 3, height, width));
        using ImageTensor smooth = image.Clone();
        using ImageTensor noisy = image.Clone();
        MissingPixels.Fill(smooth, mask, InitialFill.Harmonic);
        MissingPixels.Fill(noisy, mask, InitialFill.HarmonicWithNoise, new SeededRandom(1));

        float[] NoiseOf(int n, int c) => [.. noisy.Plane(n, c).ToArray().Zip(smooth.Plane(n, c).ToArray(), (a, b) => a - b).Where((_, i) => mask.Values[i] == 1)];

        Assert.NotEqual(NoiseOf(0, 0), NoiseOf(1, 0));
        Assert.All(NoiseOf(1, 0).Zip(NoiseOf(1, 2)), pair => Assert.Equal(pair.First, pair.Second, 1e-6f));
        Assert.Equal(Distances(mask).Select(d => d > 1), NoiseOf(1, 0).Select(value => value != 0));
    }

    [Fact]
    public void Fill_HarmonicWithNoise_IsWeakerNearKnownPixels()
    {
        var mask = new Mask(400, 40);
        mask.Values.Fill(1);
        for (int y = 0; y < 400; y++)
        {
            mask.Values[y * 40] = 0;
        }

        using ImageTensor image = ImageTensor.Create(ImageShape.Single(1, 400, 40));
        image.Span.Fill(0.5f);
        MissingPixels.Fill(image, mask, InitialFill.HarmonicWithNoise, new SeededRandom(1));
        double DeviationOf(int x) => Math.Sqrt(Enumerable.Range(0, 400).Average(y => Math.Pow(image.Plane(0, 0)[(y * 40) + x] - 0.5, 2)));

        Assert.Equal(0, DeviationOf(1), 1e-6);
        Assert.InRange(DeviationOf(5), 0.4 * MissingPixels.NoiseSigma, 0.6 * MissingPixels.NoiseSigma);
        Assert.InRange(DeviationOf(MissingPixels.NoiseRamp), 0.8 * MissingPixels.NoiseSigma, 1.2 * MissingPixels.NoiseSigma);
        Assert.InRange(DeviationOf(39), 0.8 * MissingPixels.NoiseSigma, 1.2 * MissingPixels.NoiseSigma);
    }

    /// <summary>Distance of each missing pixel from the first pixel, the only one that may be known.</summary>
    private static IEnumerable<double> Distances(Mask mask)
        => Enumerable.Range(0, mask.Values.Length).Where(i => mask.Values[i] == 1).Select(i => mask.Values[0] == 1 ? double.PositiveInfinity : Math.Sqrt(Math.Pow(i / mask.Width, 2) + Math.Pow(i % mask.Width, 2)));

    [Fact]
    public void Fill_HarmonicWithNoise_AddsEqualPowerInEveryOctave()
    {
        // Every pixel is missing, so that the surface is flat and what varies is noise.
        const int Size = 256, Pictures = 16;
        var mask = new Mask(Size, Size);
        mask.Values.Fill(1);
        using ImageTensor image = ImageTensor.Create(new ImageShape(Pictures, 1, Size, Size));
        MissingPixels.Fill(image, mask, InitialFill.HarmonicWithNoise, new SeededRandom(1));

        // Mean squares of the mean of squares of pixels. The coarsest octave has about 64 independent numbers in a picture, which leaves an error of some
        // per cent; numbers that are independent in each pixel would give 1/256 of the variance with squares of 16.
        double MeanSquare(int side)
        {
            double sum = 0;
            for (int n = 0; n < Pictures; n++)
            {
                for (int y = 0; y < Size; y += side)
                {
                    for (int x = 0; x < Size; x += side)
                    {
                        double mean = 0;
                        for (int i = 0; i < side * side; i++)
                        {
                            mean += image.Plane(n, 0)[((y + (i / side)) * Size) + x + (i % side)] - MissingPixels.WithoutKnownPixels;
                        }

                        sum += mean * mean / (side * side) / (side * side);
                    }
                }
            }

            return sum * side * side / (Size * Size) / Pictures;
        }

        double variance = (double)MissingPixels.NoiseSigma * MissingPixels.NoiseSigma, octave = variance / MissingPixels.NoiseOctaves;
        Assert.Equal(variance, MeanSquare(1), 0.05 * variance);
        double[] steps = [.. new[] { 1, 2, 4, 8, 16 }.Select(side => (MeanSquare(side) - MeanSquare(2 * side)) / octave)];
        Assert.All(steps, step => Assert.InRange(step, 0.7, 1.3));
    }

    [Theory]
    [InlineData(40, 40)]
    [InlineData(7, 61)]
    [InlineData(80, 3)]
    public void Fill_Harmonic_SolvesLaplacesEquationAcrossAHole(int height, int width)
    {
        // x, y, xy and x² − y² are harmonic: a surface between the known pixels has to go on through the hole.
        const int Size = 96;
        var mask = new Mask(Size, Size);
        for (int y = 8; y < 8 + height; y++)
        {
            mask.Row(y).Slice(20, width).Fill(1);
        }

        using ImageTensor image = ImageTensor.Create(ImageShape.Single(1, Size, Size));
        for (int i = 0; i < Size * Size; i++)
        {
            double x = (i % Size / (double)Size) - 0.5, y = (i / Size / (double)Size) - 0.5;
            image.Span[i] = (float)(0.5 + (0.3 * x) - (0.4 * y) + (0.5 * x * y) + (0.4 * ((x * x) - (y * y))));
        }

        using ImageTensor filled = image.Clone();
        MissingPixels.Fill(filled, mask, InitialFill.Harmonic);

        // The solution is approximate; half a level of 256 is what matters to nobody.
        float largest = image.Span.ToArray().Zip(filled.Span.ToArray(), (a, b) => Math.Abs(a - b)).Max();
        Assert.InRange(largest, 0, 0.005);
    }

    [Fact]
    public void Fill_HarmonicOfOneKnownPixel_IsItsValueEverywhere()
    {
        var mask = new Mask(37, 50);
        mask.Values.Fill(1);
        mask[30, 7] = false;
        using ImageTensor image = ImageTensor.Create(ImageShape.Single(1, 37, 50));
        image.Row(0, 0, 30)[7] = 0.3f;

        MissingPixels.Fill(image, mask, InitialFill.Harmonic);

        Assert.All(image.Span.ToArray(), value => Assert.Equal(0.3f, value, 1e-6f));
    }

    [Theory]
    [InlineData(InitialFill.Mean)]
    [InlineData(InitialFill.Nearest)]
    [InlineData(InitialFill.Harmonic)]
    public void Fill_NothingKnown_IsTheMiddleOfTheRange(InitialFill fill)
    {
        var mask = new Mask(3, 4);
        mask.Values.Fill(1);
        using ImageTensor image = RandomPictures(new ImageShape(2, 3, 3, 4));
        MissingPixels.Fill(image, mask, fill);
        Assert.All(image.Span.ToArray(), value => Assert.Equal(MissingPixels.WithoutKnownPixels, value));
    }

    [Fact]
    public void Fill_WrongArguments_Throws()
    {
        using ImageTensor image = ImageTensor.Create(ImageShape.Single(1, 2, 3));
        var mask = new Mask(2, 3);
        Assert.Throws<ArgumentNullException>("image", () => MissingPixels.Fill(null!, mask, InitialFill.Zero));
        Assert.Throws<ArgumentNullException>("mask", () => MissingPixels.Fill(image, null!, InitialFill.Zero));
        Assert.Throws<ArgumentNullException>("random", () => MissingPixels.Fill(image, mask, InitialFill.Random));
        Assert.Throws<ArgumentNullException>("random", () => MissingPixels.Fill(image, mask, InitialFill.HarmonicWithNoise));
        Assert.Throws<TensorShapeException>(() => MissingPixels.Fill(image, new Mask(3, 2), InitialFill.Zero));
        Assert.Throws<ArgumentOutOfRangeException>("fill", () => MissingPixels.Fill(image, mask, (InitialFill)9));
    }

    private static void AssertFills(InitialFill fill, float[] expected)
    {
        Mask mask = MaskDrawing.Parse(".##.");
        using ImageTensor image = ImageTensor.Wrap(new[] { 0.2f, 7, 7, 0.8f, 0.5f, 7, 7, 0.25f }, new ImageShape(1, 2, 1, 4));
        MissingPixels.Fill(image, mask, fill);
        Assert.Equal(expected, image.Span.ToArray());
    }

    private static ImageTensor RandomPictures(ImageShape shape)
    {
        ImageTensor image = ImageTensor.Create(shape);
        var random = new SeededRandom(9);
        foreach (ref float value in image.Span)
        {
            value = random.NextSingle();
        }

        return image;
    }

    private static void ForEachMissing(ImageTensor image, Mask mask, Action<float[], int> change)
    {
        float[] values = image.Span.ToArray();
        for (int i = 0; i < values.Length; i++)
        {
            if (mask.Values[i % mask.Values.Length] == 1)
            {
                change(values, i);
            }
        }

        values.CopyTo(image.Span);
    }
}
