using System.Security.Cryptography;
using ImageRestoration.Degradation;
using ImageRestoration.Degradation.Jpeg;
using ImageRestoration.Imaging;
using ImageRestoration.Metrics;
using ImageRestoration.Numerics;
using ImageRestoration.Tests.Metrics;

namespace ImageRestoration.Tests.Degradation;

public sealed class JpegCompressionTests
{
    [Theory]
    [MemberData(nameof(JpegReference.Digests), MemberType = typeof(JpegReference))]
    public void Apply_Picture_GivesLibjpegsBytes(string source, int channels, int height, int width, int quality, ChromaSubsampling subsampling, string digest)
    {
        using ImageTensor image = SyntheticImages.ToTensor(SyntheticImages.Levels(source, channels, height, width), ImageShape.Single(channels, height, width));
        new JpegCompression(quality, subsampling).Apply(image, new SeededRandom(1));
        byte[] bytes = [.. image.Span.ToArray().Select(ToLevel)];
        Assert.Equal(digest, Convert.ToHexStringLower(SHA256.HashData(bytes))[..32]);
    }

    [Fact]
    public void Apply_RepeatedChroma_IsThatOfWholeSquares()
    {
        // Brightness is the same everywhere, so that only chroma is left in the picture: equal in squares of 2×2 where it is repeated.
        using ImageTensor image = ImageTensor.Create(new ImageShape(1, 3, 32, 32));
        for (int i = 0; i < 1024; i++)
        {
            float amount = 0.2f * MathF.Sin(i % 32 * 0.4f) * MathF.Cos(i / 32 * 0.3f);
            image.Plane(0, 0)[i] = 0.5f;
            image.Plane(0, 1)[i] = 0.5f - (amount * 0.114f / 0.587f);
            image.Plane(0, 2)[i] = 0.5f + amount;
        }

        using ImageTensor smooth = image.Clone();
        var options = new JpegCompressionOptions { MinimumQuality = 95, MaximumQuality = 95 };
        new JpegCompression(options with { RepeatedChromaProbability = 1 }).Apply(image, new SeededRandom(1));
        new JpegCompression(options).Apply(smooth, new SeededRandom(1));
        Assert.True(IsOfSquares(image));
        Assert.False(IsOfSquares(smooth));

        // Brightness is coded with an error of its own, of a level or two.
        static bool IsOfSquares(ImageTensor picture) => Enumerable.Range(0, 16)
            .All(y => Enumerable.Range(0, 16).All(x => Math.Abs(picture.Row(0, 2, 2 * y)[2 * x] - picture.Row(0, 2, (2 * y) + 1)[(2 * x) + 1]) <= 2.5f / 255));
    }

    /// <summary>Entries of ITU-T T.81, tables K.1 and K.2, by the Independent JPEG Group's formula.</summary>
    [Theory]
    [InlineData(50, 16, 99, 17, 99)]
    [InlineData(100, 1, 1, 1, 1)]
    [InlineData(75, 8, 50, 9, 50)]
    [InlineData(25, 32, 198, 34, 198)]
    [InlineData(10, 80, 255, 85, 255)]
    [InlineData(1, 255, 255, 255, 255)]
    [InlineData(90, 3, 20, 3, 20)]
    public void Tables_Quality_AreTheStandardsScaled(int quality, int firstLuminance, int lastLuminance, int firstChrominance, int lastChrominance)
    {
        Assert.Equal(firstLuminance, QuantizationTable.Luminance(quality).Steps[0]);
        Assert.Equal(lastLuminance, QuantizationTable.Luminance(quality).Steps[63]);
        Assert.Equal(firstChrominance, QuantizationTable.Chrominance(quality).Steps[0]);
        Assert.Equal(lastChrominance, QuantizationTable.Chrominance(quality).Steps[63]);
    }

    [Fact]
    public void Apply_GreyBlock_FollowsTheDefinition()
    {
        // Forward and inverse DCT as ITU-T T.81, A.3.3 defines them, in double precision.
        int[] levels = SyntheticImages.Levels("Pattern", 1, 8, 8);
        const int quality = 60;
        int[] steps = QuantizationTable.Luminance(quality).Steps;
        double[] coefficients = new double[64];
        for (int i = 0; i < 64; i++)
        {
            double sum = 0;
            for (int j = 0; j < 64; j++)
            {
                sum += (levels[j] - 128) * Basis(i / 8, j / 8) * Basis(i % 8, j % 8);
            }

            coefficients[i] = Math.Round(sum / steps[i]) * steps[i];
        }

        using ImageTensor image = SyntheticImages.ToTensor(levels, ImageShape.Single(1, 8, 8));
        new JpegCompression(quality).Apply(image, new SeededRandom(1));
        for (int j = 0; j < 64; j++)
        {
            double sum = 128;
            for (int i = 0; i < 64; i++)
            {
                sum += coefficients[i] * Basis(i / 8, j / 8) * Basis(i % 8, j % 8);
            }

            Assert.InRange(Math.Clamp(sum, 0, 255) - ToLevel(image.Span[j]), -1.01, 1.01);
        }

        static double Basis(int frequency, int position)
            => (frequency == 0 ? Math.Sqrt(0.5) : 1) / 2 * Math.Cos(((2 * position) + 1) * frequency * Math.PI / 16);
    }

    [Theory]
    [InlineData(0, 0)]
    [InlineData(128, 128)]
    [InlineData(200, 200)]
    [InlineData(255, 255)]
    [InlineData(129, 128)]
    [InlineData(141, 144)]
    public void Apply_ConstantGreyBlock_RoundsItsMeanAlone(int level, int expected)
    {
        // At quality 1, steps are 255 and the mean's coefficient is 8 times the level above 128: levels are 128 + 255/8 · n.
        double exact = 128 + (Math.Round((level - 128) * 8 / 255.0, MidpointRounding.AwayFromZero) * 255 / 8);
        using ImageTensor coarse = Constant(level);
        new JpegCompression(1).Apply(coarse, new SeededRandom(1));
        Assert.All(coarse.Span.ToArray(), value => Assert.Equal(Math.Clamp(exact, 0, 255), ToLevel(value), 0.51));

        // At quality 50, the step of the mean is 16: levels are 128 + 2n.
        using ImageTensor fine = Constant(level);
        new JpegCompression(50).Apply(fine, new SeededRandom(1));
        double near = Math.Clamp(128 + (2 * Math.Round((level - 128) / 2.0, MidpointRounding.AwayFromZero)), 0, 255);
        Assert.All(fine.Span.ToArray(), value => Assert.Equal(near, ToLevel(value)));
        Assert.InRange(expected - near, -3, 3);

        static ImageTensor Constant(int level)
        {
            ImageTensor image = ImageTensor.Create(ImageShape.Single(1, 24, 19));
            image.Span.Fill(level / 255f);
            return image;
        }
    }

    [Theory]
    [InlineData(1)]
    [InlineData(3)]
    public void Apply_Quality100_LosesNextToNothing(int channels)
    {
        using ImageTensor image = Smooth(channels, 61, 90);
        using ImageTensor before = image.Clone();
        new JpegCompression(100, ChromaSubsampling.Ratio444).Apply(image, new SeededRandom(1));
        double threshold = channels == 1 ? 56 : 48;
        Assert.InRange(Psnr.Compute(before, image), threshold, double.PositiveInfinity);
    }

    [Fact]
    public void Apply_LowerQualityOrLessChroma_LosesMore()
    {
        double previous = double.PositiveInfinity;
        foreach (int quality in new[] { 95, 80, 60, 40, 20, 10, 5 })
        {
            double full = Compress(quality, ChromaSubsampling.Ratio444);
            double half = Compress(quality, ChromaSubsampling.Ratio422);
            double quarter = Compress(quality, ChromaSubsampling.Ratio420);
            Assert.InRange(full, 10, previous);
            Assert.InRange(half, 10, full);
            Assert.InRange(quarter, 10, half);
            previous = full;
        }

        static double Compress(int quality, ChromaSubsampling subsampling)
        {
            using ImageTensor image = SyntheticImages.ToTensor(SyntheticImages.Levels("Pattern", 3, 64, 64), ImageShape.Single(3, 64, 64));
            using ImageTensor before = image.Clone();
            new JpegCompression(quality, subsampling).Apply(image, new SeededRandom(1));
            return Psnr.Compute(before, image);
        }
    }

    [Fact]
    public void Apply_ValuesOutsideOfTheRangeOrBetweenLevels_AreRoundedTo8BitFirst()
    {
        using ImageTensor image = Smooth(3, 20, 20);
        var random = new SeededRandom(3);
        foreach (ref float value in image.Span)
        {
            value = (value * 1.6f) - 0.3f + (0.01f * random.NextSingle());
        }

        using ImageTensor rounded = image.Clone();
        Quantization.RoundTo8Bit(rounded);
        new JpegCompression(70).Apply(image, random);
        new JpegCompression(70).Apply(rounded, random);
        Assert.Equal(rounded.Span, image.Span);
        Assert.All(image.Span.ToArray(), value => Assert.Equal(ToLevel(value) / 255f, value));
    }

    [Fact]
    public void Apply_RangeOfQualities_DrawsAllOfThemForPicturesOfABatch()
    {
        const int count = 200;
        using ImageTensor image = Repeat(SyntheticImages.Levels("Pattern", 1, 16, 16), count);
        new JpegCompression(30, 34).Apply(image, new SeededRandom(4));
        var drawn = new int[5];
        for (int quality = 30; quality <= 34; quality++)
        {
            using ImageTensor expected = Repeat(SyntheticImages.Levels("Pattern", 1, 16, 16), 1);
            new JpegCompression(quality).Apply(expected, new SeededRandom(1));
            drawn[quality - 30] = Enumerable.Range(0, count).Count(b => image.Plane(b, 0).SequenceEqual(expected.Span));
        }

        // 40 expected; five standard deviations of a binomial distribution are 28.
        Assert.Equal(count, drawn.Sum());
        Assert.All(drawn, n => Assert.InRange(n, 12, 68));

        static ImageTensor Repeat(int[] levels, int count)
            => SyntheticImages.ToTensor([.. Enumerable.Repeat(levels, count).SelectMany(l => l)], new ImageShape(count, 1, 16, 16));
    }

    [Fact]
    public void Apply_DoubleCompression_CompressesOnAnyOf64GridsFirst()
    {
        int[] levels = SyntheticImages.Levels("Pattern", 1, 24, 24);
        var shape = ImageShape.Single(1, 24, 24);
        var results = new List<float[]>();
        for (int i = 0; i < 64; i++)
        {
            using ImageTensor expected = SyntheticImages.ToTensor(levels, shape);
            JpegRoundTrip.Apply(expected, 20, ChromaSubsampling.Ratio420, i / 8, i % 8);
            JpegRoundTrip.Apply(expected, 20, ChromaSubsampling.Ratio420, 0, 0);
            results.Add(expected.Span.ToArray());
        }

        const int count = 800;
        var twice = new JpegCompression(new JpegCompressionOptions { MinimumQuality = 20, MaximumQuality = 20, DoubleCompressionProbability = 0.75 });
        using ImageTensor image = SyntheticImages.ToTensor([.. Enumerable.Repeat(levels, count).SelectMany(l => l)], shape with { Batch = count });
        using ImageTensor once = SyntheticImages.ToTensor(levels, shape);
        new JpegCompression(20).Apply(once, new SeededRandom(1));
        twice.Apply(image, new SeededRandom(2));
        int[] found = [.. Enumerable.Range(0, count).Select(b => results.FindIndex(result => image.Plane(b, 0).SequenceEqual(result)))];
        int single = Enumerable.Range(0, count).Count(b => image.Plane(b, 0).SequenceEqual(once.Span));

        // 600 of 800 twice, on 64 grids: each is missed with a probability of 8e-5.
        Assert.InRange(single, 200 - 62, 200 + 62);
        Assert.All(Enumerable.Range(0, count), b => Assert.True(found[b] >= 0 || image.Plane(b, 0).SequenceEqual(once.Span)));
        Assert.InRange(found.Where(i => i >= 0).Distinct().Count(), 60, 64);
    }

    [Fact]
    public void RoundTrip_ShiftedGrid_IsThatOfTheEnlargedPicture()
    {
        const int top = 3, left = 5, height = 30, width = 41;
        foreach (ChromaSubsampling subsampling in Enum.GetValues<ChromaSubsampling>())
        {
            using ImageTensor image = SyntheticImages.ToTensor(SyntheticImages.Levels("Pattern", 3, height, width), ImageShape.Single(3, height, width));
            using ImageTensor enlarged = ImageTensor.Create(ImageShape.Single(3, height + top, width + left));
            for (int c = 0; c < 3; c++)
            {
                for (int y = 0; y < enlarged.Height; y++)
                {
                    for (int x = 0; x < enlarged.Width; x++)
                    {
                        enlarged.Row(0, c, y)[x] = image.Row(0, c, Math.Max(0, y - top))[Math.Max(0, x - left)];
                    }
                }
            }

            JpegRoundTrip.Apply(image, 40, subsampling, top, left);
            JpegRoundTrip.Apply(enlarged, 40, subsampling, 0, 0);
            for (int y = 0; y < height; y++)
            {
                Assert.Equal(enlarged.Row(0, 1, y + top)[left..], image.Row(0, 1, y));
            }
        }
    }

    [Fact]
    public void Apply_OtherChannels_Throws()
    {
        using ImageTensor image = ImageTensor.Create(ImageShape.Single(4, 8, 8));
        var exception = Assert.Throws<TensorShapeException>(() => new JpegCompression(50).Apply(image, new SeededRandom(1)));
        Assert.Contains("4 channels", exception.Message);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(101)]
    public void Constructor_WrongQuality_Throws(int quality)
    {
        Assert.Throws<ArgumentOutOfRangeException>("minimumQuality", () => new JpegCompression(quality, 50));
        Assert.Throws<ArgumentOutOfRangeException>("maximumQuality", () => new JpegCompression(50, quality));
    }

    [Fact]
    public void Constructor_WrongOptions_ReportsAllErrors()
    {
        var options = new JpegCompressionOptions { MinimumQuality = 0, MaximumQuality = 101, Subsampling = (ChromaSubsampling)7, DoubleCompressionProbability = double.NaN };
        string message = Assert.Throws<ArgumentException>("options", () => new JpegCompression(options)).Message;
        Assert.Contains("MinimumQuality is 0", message);
        Assert.Contains("MaximumQuality is 101", message);
        Assert.Contains("Subsampling is 7", message);
        Assert.Contains("DoubleCompressionProbability is NaN", message);
        Assert.Contains("exceeds", Assert.Throws<ArgumentException>("options", () => new JpegCompression(new JpegCompressionOptions { MinimumQuality = 96 })).Message);
        Assert.Throws<ArgumentOutOfRangeException>("minimumQuality", () => new JpegCompression(60, 50));
    }

    private static byte ToLevel(float value) => (byte)MathF.Round(value * 255);

    private static ImageTensor Smooth(int channels, int height, int width)
    {
        ImageTensor image = ImageTensor.Create(ImageShape.Single(channels, height, width));
        for (int c = 0; c < channels; c++)
        {
            for (int y = 0; y < height; y++)
            {
                for (int x = 0; x < width; x++)
                {
                    image.Row(0, c, y)[x] = MathF.Round(255 * (0.5f + (0.4f * MathF.Sin((x + (2 * y) + (9 * c)) / 11f)))) / 255f;
                }
            }
        }

        return image;
    }
}
