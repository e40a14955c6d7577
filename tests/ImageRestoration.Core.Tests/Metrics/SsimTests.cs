using ImageRestoration.Imaging;
using ImageRestoration.Masking;
using ImageRestoration.Metrics;

namespace ImageRestoration.Tests.Metrics;

public sealed class SsimTests
{
    [Theory]
    [MemberData(nameof(MetricReference.Rows), MemberType = typeof(MetricReference))]
    public void Compute_SyntheticPictures_EqualsScikitImage(string source, int channels, int height, int width, int strength, double psnr, double ssim)
    {
        Assert.True(psnr > 0);
        (ImageTensor expected, ImageTensor actual) = SyntheticImages.Pair(source, channels, height, width, strength);
        Assert.Equal(ssim, Ssim.Compute(expected, actual), 1e-9);
    }

    [Theory]
    [MemberData(nameof(MetricReference.MissingRows), MemberType = typeof(MetricReference))]
    public void Compute_WithMask_EqualsScikitImagesMap(string source, int channels, int height, int width, int strength, double psnr, double ssim)
    {
        Assert.True(psnr > 0);
        (ImageTensor expected, ImageTensor actual) = SyntheticImages.Pair(source, channels, height, width, strength);
        Assert.Equal(ssim, Ssim.Compute(expected, actual, SyntheticImages.Missing(height, width)), 1e-9);
    }

    [Theory]
    [MemberData(nameof(MetricReference.LumaRows), MemberType = typeof(MetricReference))]
    public void ComputeLuma_SyntheticPictures_EqualsScikitImage(string source, int channels, int height, int width, int strength, double psnr, double ssim)
    {
        Assert.True(psnr > 0);
        (ImageTensor expected, ImageTensor actual) = SyntheticImages.Pair(source, channels, height, width, strength);
        Assert.Equal(ssim, Ssim.ComputeLuma(expected, actual), 1e-6);
    }

    [Fact]
    public void ComputeLuma_WithMask_ComparesTheLumaAroundMissingPixels()
    {
        (ImageTensor expected, ImageTensor actual) = SyntheticImages.Pair("Pattern", 3, 20, 30, 40);
        Mask mask = SyntheticImages.Missing(20, 30);
        using ImageTensor x = Luma.FromRgb(expected);
        using ImageTensor y = Luma.FromRgb(actual);
        Assert.Equal(Ssim.Compute(x, y, mask), Ssim.ComputeLuma(expected, actual, mask), 1e-12);
        Assert.NotEqual(Ssim.ComputeLuma(expected, actual), Ssim.ComputeLuma(expected, actual, mask), 1e-4);
    }

    [Fact]
    public void Compute_WithMask_IgnoresErrorsBeyondTheWindows()
    {
        (ImageTensor expected, _) = SyntheticImages.Pair("Pattern", 3, 40, 50, 1);
        using ImageTensor actual = expected.Clone();
        var mask = new Mask(40, 50);
        mask[20, 20] = true;
        actual.Row(0, 1, 20)[26] = 0.5f;
        actual.Row(0, 2, 14)[20] = 0.5f;
        Assert.Equal(1, Ssim.Compute(expected, actual, mask), 1e-12);
        actual.Row(0, 1, 20)[25] += 0.5f;
        Assert.InRange(Ssim.Compute(expected, actual, mask), 0, 0.9999);
    }

    [Fact]
    public void Compute_MaskWithoutMissingPixelsOrOfOtherSize_Throws()
    {
        (ImageTensor expected, ImageTensor actual) = SyntheticImages.Pair("Pattern", 1, 14, 15, 9);
        Assert.Throws<ArgumentException>("mask", () => Ssim.Compute(expected, actual, new Mask(14, 15)));
        Assert.Throws<TensorShapeException>(() => Ssim.Compute(expected, actual, new Mask(15, 14)));
    }

    [Fact]
    public void Compute_ValuesUpTo255WithTheirRange_EqualsUnitRange()
    {
        (ImageTensor expected, ImageTensor actual) = SyntheticImages.Pair("Pattern", 3, 20, 30, 40);
        (ImageTensor expected255, ImageTensor actual255) = SyntheticImages.Pair("Pattern", 3, 20, 30, 40, white: 1f);
        Assert.Equal(Ssim.Compute(expected, actual), Ssim.Compute(expected255, actual255, dataRange: 255), 1e-6);
    }

    [Theory]
    [InlineData("Pattern")]
    [InlineData("Flat")]
    [InlineData("HashNoise")]
    public void Compute_IdenticalPictures_IsOne(string source)
    {
        (ImageTensor image, _) = SyntheticImages.Pair(source, 3, 40, 31, 1);
        Assert.Equal(1, Ssim.Compute(image, image), 1e-12);
    }

    [Fact]
    public void Compute_NegativePicture_IsNegative()
    {
        (ImageTensor image, _) = SyntheticImages.Pair("HashNoise", 1, 40, 40, 1);
        using ImageTensor negative = image.Clone();
        foreach (ref float value in negative.Span)
        {
            value = 1 - value;
        }

        Assert.InRange(Ssim.Compute(image, negative), -1, -0.9);
    }

    [Fact]
    public void Compute_Batch_IsMeanOfPicturesComputedAlone()
    {
        // Several bands per plane, planes and pictures: parts must be added to the right picture.
        int[] levels = SyntheticImages.Levels("Pattern", 3, 280, 33);
        int[] slightly = SyntheticImages.Disturb(levels, 10);
        int[] strongly = SyntheticImages.Disturb(levels, 100);
        var single = ImageShape.Single(3, 280, 33);
        ImageTensor expected = SyntheticImages.ToTensor(levels, single);
        double first = Ssim.Compute(expected, SyntheticImages.ToTensor(slightly, single));
        double second = Ssim.Compute(expected, SyntheticImages.ToTensor(strongly, single));

        ImageShape pair = single with { Batch = 2 };
        ImageTensor expectedPair = SyntheticImages.ToTensor([.. levels, .. levels], pair);
        ImageTensor actualPair = SyntheticImages.ToTensor([.. slightly, .. strongly], pair);
        Assert.Equal([first, second], Ssim.ComputePerImage(expectedPair, actualPair));
        Assert.Equal((first + second) / 2, Ssim.Compute(expectedPair, actualPair), 1e-12);
        Assert.True(first - second > 0.1);
    }

    [Theory]
    [InlineData(10, 64)]
    [InlineData(64, 10)]
    [InlineData(1, 1)]
    public void Compute_SmallerThanWindow_ThrowsAndNamesSize(int height, int width)
    {
        using ImageTensor image = ImageTensor.Create(ImageShape.Single(1, height, width));
        TensorShapeException error = Assert.Throws<TensorShapeException>(() => Ssim.Compute(image, image));
        Assert.Contains($"{height}×{width}", error.Message, StringComparison.Ordinal);
        Assert.Contains("11×11", error.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(float.NaN, 0, 0)]
    [InlineData(float.PositiveInfinity, 299, 19)]
    [InlineData(float.NegativeInfinity, 150, 7)]
    public void Compute_ValueNotFinite_ThrowsAndSaysWhere(float bad, int row, int column)
    {
        (ImageTensor expected, ImageTensor actual) = SyntheticImages.Pair("Pattern", 3, 300, 20, 9);
        actual.Row(0, 1, row)[column] = bad;
        ArgumentException error = Assert.Throws<ArgumentException>("actual", () => Ssim.Compute(expected, actual));
        Assert.Contains($"picture 0, channel 1, row {row}, column {column}", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Compute_ShapesDiffer_Throws()
    {
        using ImageTensor first = ImageTensor.Create(ImageShape.Single(3, 20, 20));
        using ImageTensor second = ImageTensor.Create(ImageShape.Single(1, 20, 20));
        Assert.Throws<TensorShapeException>(() => Ssim.Compute(first, second));
    }

    [Fact]
    public void Compute_WrongDataRange_Throws()
    {
        using ImageTensor image = ImageTensor.Create(ImageShape.Single(1, 20, 20));
        Assert.Throws<ArgumentOutOfRangeException>("dataRange", () => Ssim.Compute(image, image, 0));
    }
}
