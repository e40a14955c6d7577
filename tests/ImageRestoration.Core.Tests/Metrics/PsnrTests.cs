using ImageRestoration.Imaging;
using ImageRestoration.Masking;
using ImageRestoration.Metrics;

namespace ImageRestoration.Tests.Metrics;

public sealed class PsnrTests
{
    [Theory]
    [MemberData(nameof(MetricReference.Rows), MemberType = typeof(MetricReference))]
    public void Compute_SyntheticPictures_EqualsScikitImage(string source, int channels, int height, int width, int strength, double psnr, double ssim)
    {
        Assert.InRange(ssim, 0, 1);
        (ImageTensor expected, ImageTensor actual) = SyntheticImages.Pair(source, channels, height, width, strength);
        Assert.Equal(psnr, Psnr.Compute(expected, actual), 1e-9);
    }

    [Theory]
    [MemberData(nameof(MetricReference.MissingRows), MemberType = typeof(MetricReference))]
    public void Compute_WithMask_EqualsScikitImage(string source, int channels, int height, int width, int strength, double psnr, double ssim)
    {
        Assert.InRange(ssim, 0, 1);
        (ImageTensor expected, ImageTensor actual) = SyntheticImages.Pair(source, channels, height, width, strength);
        Assert.Equal(psnr, Psnr.Compute(expected, actual, SyntheticImages.Missing(height, width)), 1e-9);
    }

    [Theory]
    [MemberData(nameof(MetricReference.LumaRows), MemberType = typeof(MetricReference))]
    public void ComputeLuma_SyntheticPictures_EqualsScikitImage(string source, int channels, int height, int width, int strength, double psnr, double ssim)
    {
        Assert.InRange(ssim, 0, 1);
        (ImageTensor expected, ImageTensor actual) = SyntheticImages.Pair(source, channels, height, width, strength);
        Assert.Equal(psnr, Psnr.ComputeLuma(expected, actual), 1e-5);
        var all = new Mask(height, width);
        all.Values.Fill(1);
        Assert.Equal(psnr, Psnr.ComputeLuma(expected, actual, all), 1e-5);
    }

    [Fact]
    public void ComputeLuma_WithMask_ComparesMissingPixelsOnly()
    {
        (ImageTensor expected, ImageTensor actual) = SyntheticImages.Pair("Pattern", 3, 20, 30, 40);
        Mask mask = SyntheticImages.Missing(20, 30);
        using ImageTensor x = Luma.FromRgb(expected);
        using ImageTensor y = Luma.FromRgb(actual);
        Assert.Equal(Psnr.Compute(x, y, mask), Psnr.ComputeLuma(expected, actual, mask), 1e-12);
        Assert.NotEqual(Psnr.ComputeLuma(expected, actual), Psnr.ComputeLuma(expected, actual, mask), 1e-3);
    }

    [Fact]
    public void Compute_ValuesUpTo255WithTheirRange_EqualsUnitRange()
    {
        (ImageTensor expected, ImageTensor actual) = SyntheticImages.Pair("Pattern", 3, 20, 30, 40);
        (ImageTensor expected255, ImageTensor actual255) = SyntheticImages.Pair("Pattern", 3, 20, 30, 40, white: 1f);
        Assert.Equal(Psnr.Compute(expected, actual), Psnr.Compute(expected255, actual255, dataRange: 255), 1e-5);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(7)]
    [InlineData(64)]
    public void Compute_IdenticalPictures_IsInfinite(int width)
    {
        (ImageTensor image, _) = SyntheticImages.Pair("HashNoise", 3, 5, width, 1);
        Assert.Equal(double.PositiveInfinity, Psnr.Compute(image, image));
    }

    [Fact]
    public void Compute_LargeUniformError_LosesNoPrecision()
    {
        // A sum of this many squares in single precision would be off in the third digit.
        var shape = ImageShape.Single(1, 2048, 2048);
        using ImageTensor black = ImageTensor.Create(shape);
        using ImageTensor grey = ImageTensor.Create(shape);
        grey.Span.Fill(0.1f);
        Assert.Equal(-20 * Math.Log10(0.1f), Psnr.Compute(black, grey), 1e-9);
    }

    [Fact]
    public void Compute_OneDifferentValue_CountsEveryPosition()
    {
        var shape = ImageShape.Single(1, 1, 37);
        for (int i = 0; i < 37; i++)
        {
            using ImageTensor expected = ImageTensor.Create(shape);
            using ImageTensor actual = ImageTensor.Create(shape);
            actual.Span[i] = 0.5f;
            Assert.Equal(10 * Math.Log10(37 / 0.25), Psnr.Compute(expected, actual), 1e-9);
        }
    }

    [Fact]
    public void Compute_Batch_IsMeanOfPictures()
    {
        var shape = new ImageShape(2, 1, 2, 2);
        ImageTensor expected = ImageTensor.Wrap(new float[8], shape);
        ImageTensor actual = ImageTensor.Wrap(new[] { 0.1f, 0.1f, 0.1f, 0.1f, 0.01f, 0.01f, 0.01f, 0.01f }, shape);
        double[] each = Psnr.ComputePerImage(expected, actual);
        Assert.Equal(20, each[0], 1e-5);
        Assert.Equal(40, each[1], 1e-5);
        Assert.Equal(30, Psnr.Compute(expected, actual), 1e-5);
    }

    [Fact]
    public void Compute_WithMask_ComparesMissingPixelsOnly()
    {
        var shape = new ImageShape(2, 3, 4, 5);
        using ImageTensor expected = ImageTensor.Create(shape);
        using ImageTensor actual = ImageTensor.Create(shape);
        actual.Span.Fill(0.5f);
        var mask = new Mask(4, 5);
        mask[1, 2] = mask[3, 4] = true;
        for (int b = 0; b < 2; b++)
        {
            for (int c = 0; c < 3; c++)
            {
                actual.Row(b, c, 1)[2] = b == 0 ? 0.1f : 0.001f;
                actual.Row(b, c, 3)[4] = b == 0 ? 0.1f : 0.001f;
            }
        }

        Assert.Equal(40, Psnr.Compute(expected, actual, mask), 1e-5);
    }

    [Fact]
    public void Compute_WithFullMask_EqualsNoMask()
    {
        (ImageTensor expected, ImageTensor actual) = SyntheticImages.Pair("Pattern", 3, 20, 30, 40);
        var mask = new Mask(20, 30);
        mask.Values.Fill(1);
        Assert.Equal(Psnr.Compute(expected, actual), Psnr.Compute(expected, actual, mask), 1e-10);
    }

    [Fact]
    public void Compute_WithMask_IgnoresNaNOfKnownPixelsAndRefusesItInMissingOnes()
    {
        (ImageTensor expected, ImageTensor actual) = SyntheticImages.Pair("Pattern", 1, 4, 4, 9);
        var mask = new Mask(4, 4);
        mask[0, 0] = true;
        actual.Row(0, 0, 2)[2] = float.NaN;
        Assert.True(double.IsFinite(Psnr.Compute(expected, actual, mask)));
        mask[2, 2] = true;
        Assert.Throws<ArgumentException>("actual", () => Psnr.Compute(expected, actual, mask));
    }

    [Fact]
    public void Compute_MaskWithoutMissingPixels_Throws()
    {
        (ImageTensor expected, ImageTensor actual) = SyntheticImages.Pair("Pattern", 1, 4, 4, 9);
        Assert.Throws<ArgumentException>("mask", () => Psnr.Compute(expected, actual, new Mask(4, 4)));
    }

    [Fact]
    public void Compute_MaskOfOtherSize_Throws()
    {
        (ImageTensor expected, ImageTensor actual) = SyntheticImages.Pair("Pattern", 1, 4, 5, 9);
        Assert.Throws<TensorShapeException>(() => Psnr.Compute(expected, actual, new Mask(5, 4)));
    }

    [Theory]
    [InlineData(float.NaN)]
    [InlineData(float.PositiveInfinity)]
    [InlineData(float.NegativeInfinity)]
    public void Compute_ValueNotFinite_ThrowsAndSaysWhere(float bad)
    {
        (ImageTensor expected, ImageTensor actual) = SyntheticImages.Pair("Pattern", 3, 6, 7, 9);
        actual.Row(0, 2, 3)[4] = bad;
        ArgumentException error = Assert.Throws<ArgumentException>("actual", () => Psnr.Compute(expected, actual));
        Assert.Contains("picture 0, channel 2, row 3, column 4", error.Message, StringComparison.Ordinal);
        Assert.Throws<ArgumentException>("expected", () => Psnr.Compute(actual, expected));
    }

    [Fact]
    public void Compute_ShapesDiffer_ThrowsAndNamesBoth()
    {
        using ImageTensor first = ImageTensor.Create(ImageShape.Single(3, 4, 6));
        using ImageTensor second = ImageTensor.Create(ImageShape.Single(3, 6, 4));
        TensorShapeException error = Assert.Throws<TensorShapeException>(() => Psnr.Compute(first, second));
        Assert.Contains("1×3×4×6", error.Message, StringComparison.Ordinal);
        Assert.Contains("1×3×6×4", error.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(-1)]
    [InlineData(double.NaN)]
    [InlineData(double.PositiveInfinity)]
    public void Compute_WrongDataRange_Throws(double dataRange)
    {
        using ImageTensor image = ImageTensor.Create(ImageShape.Single(1, 2, 2));
        Assert.Throws<ArgumentOutOfRangeException>("dataRange", () => Psnr.Compute(image, image, dataRange));
    }

    [Fact]
    public void Compute_DisposedImage_Throws()
    {
        ImageTensor disposed = ImageTensor.Create(ImageShape.Single(1, 2, 2));
        disposed.Dispose();
        using ImageTensor image = ImageTensor.Create(ImageShape.Single(1, 2, 2));
        Assert.Throws<ObjectDisposedException>(() => Psnr.Compute(image, disposed));
    }
}
