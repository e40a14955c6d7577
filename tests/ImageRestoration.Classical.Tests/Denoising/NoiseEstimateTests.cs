using System.Numerics.Tensors;
using ImageRestoration.Classical.Denoising;
using ImageRestoration.Degradation;
using ImageRestoration.Imaging;
using ImageRestoration.Numerics;

namespace ImageRestoration.Tests.Classical.Denoising;

public sealed class NoiseEstimateTests
{
    [Theory]
    [InlineData(1, 1)]
    [InlineData(1, 10)]
    [InlineData(1, 50)]
    [InlineData(3, 1)]
    [InlineData(3, 10)]
    [InlineData(3, 50)]
    [InlineData(4, 10)]
    public void Of_WhiteNoiseOnPictureWithEdges_IsWithin5Percent(int channels, double sigma)
    {
        using ImageTensor noisy = ClassicalRuns.WithNoise(ClassicalRuns.Picture(channels, 305, 402), sigma);
        NoiseEstimate estimate = NoiseEstimate.Of(noisy);
        Assert.InRange(estimate.Level, 0.95 * sigma, 1.05 * sigma);
        Assert.Equal(channels, estimate.ChannelLevels.Length);
        Assert.All(estimate.ChannelLevels, level => Assert.InRange(level, 0.9 * sigma, 1.1 * sigma));
        Assert.InRange(estimate.ChannelCorrelation, -0.1, 0.1);
        Assert.InRange(estimate.SpatialCorrelation, -0.1, 0.1);
    }

    [Fact]
    public void Of_ClippedNoise_IsMeasuredWhereItIsNotClipped()
    {
        using ImageTensor picture = ClassicalRuns.Picture(3, 305, 402);
        for (int c = 0; c < 3; c++)
        {
            for (int y = 0; y < 100; y++)
            {
                picture.Row(0, c, y).Clear();
            }
        }

        using ImageTensor noisy = ClassicalRuns.WithNoise(picture, 20);
        noisy.Clamp();
        Assert.InRange(NoiseEstimate.Of(noisy).Level, 19, 21);
    }

    [Fact]
    public void Of_NoiseThatRisesWithBrightness_IsThatAtTheMeanBrightness()
    {
        using ImageTensor ramp = Flat(3, 320, 480);
        float[] noise = new float[ramp.Span.Length];
        new SeededRandom(2).NextGaussian(noise);
        for (int i = 0; i < noise.Length; i++)
        {
            float value = 0.1f + (0.8f * (i % 480) / 480);
            ramp.Span[i] = value + (MathF.Sqrt((0.01f * value) + 0.0004f) * noise[i]);
        }

        double expected = 255 * Math.Sqrt((0.01 * 0.5) + 0.0004);
        Assert.InRange(NoiseEstimate.Of(ramp).Level, 0.93 * expected, 1.07 * expected);
    }

    [Fact]
    public void Of_OneNoiseForAllChannels_IsFullyCorrelated()
    {
        using ImageTensor noisy = ClassicalRuns.WithNoise(ClassicalRuns.Picture(1, 200, 300), 20);
        using ImageTensor color = ImageTensor.CreateUninitialized(ImageShape.Single(3, 200, 300));
        for (int c = 0; c < 3; c++)
        {
            TensorPrimitives.Multiply(noisy.Span, 1 - (0.2f * c), color.Plane(0, c));
        }

        NoiseEstimate estimate = NoiseEstimate.Of(color);
        Assert.InRange(estimate.ChannelCorrelation, 0.999, 1);
        Assert.InRange(estimate.ChannelLevels[1] / estimate.ChannelLevels[0], 0.799, 0.801);
        Assert.InRange(estimate.ChannelLevels[2] / estimate.ChannelLevels[0], 0.599, 0.601);
    }

    [Fact]
    public void Of_NoiseThatNeighboursShare_IsCorrelatedAsMuch()
    {
        // The mean of two pixels of white noise: variance one half, and half of it shared with each horizontal neighbour.
        using ImageTensor noise = ClassicalRuns.WithNoise(Flat(1, 256, 257), 20);
        using ImageTensor blurred = ImageTensor.CreateUninitialized(ImageShape.Single(1, 256, 256));
        for (int y = 0; y < 256; y++)
        {
            ReadOnlySpan<float> row = noise.Row(0, 0, y);
            TensorPrimitives.Add(row[1..], row[..^1], blurred.Row(0, 0, y));
            TensorPrimitives.Multiply(blurred.Row(0, 0, y), 0.5f, blurred.Row(0, 0, y));
        }

        NoiseEstimate estimate = NoiseEstimate.Of(blurred);
        Assert.InRange(estimate.Level, 0.88 * 20 / Math.Sqrt(2), 1.1 * 20 / Math.Sqrt(2));
        Assert.InRange(estimate.SpatialCorrelation, 0.15, 0.3);
    }

    [Theory]
    [InlineData(75, true)]
    [InlineData(50, true)]
    [InlineData(100, false)]
    public void Of_JpegCompression_ShowsItsBlocks(int quality, bool expected)
    {
        using ImageTensor picture = ClassicalRuns.WithNoise(Waves(400, 600), 5);
        new JpegCompression(quality).Apply(picture, new SeededRandom(1));
        NoiseEstimate estimate = NoiseEstimate.Of(picture);
        Assert.Equal(expected, estimate.HasJpegBlocks);
        Assert.Equal(expected, estimate.Blocking > 0.5);
    }

    [Fact]
    public void Of_SecondPictureOfABatch_IsThatPicturesEstimate()
    {
        using ImageTensor noisy = ClassicalRuns.WithNoise(ClassicalRuns.Picture(3, 160, 240, batch: 2), 10);
        using ImageTensor second = noisy.Image(1);
        TensorPrimitives.Multiply(second.Span, 0.5f, second.Span);
        Assert.InRange(NoiseEstimate.Of(noisy, 1).Level, 4.5, 5.5);
        Assert.InRange(NoiseEstimate.Of(noisy).Level, 9, 11);
        Assert.Throws<ArgumentOutOfRangeException>(() => NoiseEstimate.Of(noisy, 2));
    }

    [Theory]
    [InlineData(1, 1)]
    [InlineData(1, 40)]
    [InlineData(7, 7)]
    [InlineData(64, 64)]
    public void Of_PictureOfOneValueOrWithoutAWholeBlock_HasNoNoise(int height, int width)
    {
        using ImageTensor picture = Flat(3, height, width);
        using ImageTensor given = height * width < 64 ? ClassicalRuns.WithNoise(picture, 20) : picture.Clone();
        NoiseEstimate estimate = NoiseEstimate.Of(given);
        Assert.Equal(0, estimate.Level);
        Assert.Equal([0, 0, 0], estimate.ChannelLevels.AsEnumerable());
        Assert.Equal(0, estimate.ChannelCorrelation);
        Assert.Equal(0, estimate.SpatialCorrelation);
        Assert.Equal(0, estimate.Blocking);
        Assert.Equal(0, estimate.StrengthFor());
        Assert.Equal(0, estimate.StrengthFor(0));
    }

    [Theory]
    [InlineData(8, 8)]
    [InlineData(17, 23)]
    public void Of_SmallPictures_FindsTheirNoise(int height, int width)
    {
        using ImageTensor noisy = ClassicalRuns.WithNoise(Flat(3, height, width), 20);
        Assert.InRange(NoiseEstimate.Of(noisy).Level, 15, 25);
    }

    [Fact]
    public void Of_LargePictureWithFilledPart_IsThatOfTheRest()
    {
        using ImageTensor noisy = ClassicalRuns.WithNoise(Flat(1, 1200, 1500), 10);
        noisy.Span[..(noisy.Span.Length / 2)].Fill(0.25f);
        Assert.InRange(NoiseEstimate.Of(noisy).Level, 9.5, 10.5);
    }

    [Theory]
    [InlineData(float.NaN)]
    [InlineData(float.PositiveInfinity)]
    public void Of_ValuesThatAreNotFinite_Throws(float value)
    {
        using ImageTensor picture = Flat(3, 20, 30);
        picture.Span[^1] = value;
        Assert.Throws<TensorValueException>(() => NoiseEstimate.Of(picture));
    }

    [Fact]
    public void StrengthFor_LevelsAndErrors_WeighsTheirSquares()
    {
        using ImageTensor noisy = ClassicalRuns.WithNoise(Flat(3, 160, 240), 10);
        NoiseEstimate estimate = NoiseEstimate.Of(noisy);
        Assert.Equal(0.5, estimate.StrengthFor(estimate.Level), 6);
        Assert.Equal(0.8, estimate.StrengthFor(estimate.Level / 2), 6);
        Assert.Equal(1, estimate.StrengthFor(0));
        Assert.Equal(estimate.StrengthFor(1.3), estimate.StrengthFor());
        Assert.Throws<ArgumentOutOfRangeException>(() => estimate.StrengthFor(-1));
        Assert.Throws<ArgumentOutOfRangeException>(() => estimate.StrengthFor(double.NaN));
    }

    private static ImageTensor Flat(int channels, int height, int width)
    {
        ImageTensor flat = ImageTensor.CreateUninitialized(ImageShape.Single(channels, height, width));
        flat.Span.Fill(0.5f);
        return flat;
    }

    /// <summary>Smooth waves of many lengths and directions.</summary>
    private static ImageTensor Waves(int height, int width)
    {
        ImageTensor picture = ImageTensor.CreateUninitialized(ImageShape.Single(3, height, width));
        for (int c = 0; c < 3; c++)
        {
            for (int y = 0; y < height; y++)
            {
                Span<float> row = picture.Row(0, c, y);
                for (int x = 0; x < width; x++)
                {
                    row[x] = (float)(0.5 + (0.2 * Math.Sin((0.03 * x) + (0.05 * y))) + (0.1 * Math.Sin((0.21 * x) - (0.13 * y) + c)));
                }
            }
        }

        return picture;
    }
}
