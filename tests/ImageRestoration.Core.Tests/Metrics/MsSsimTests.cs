using ImageRestoration.Imaging;
using ImageRestoration.Masking;
using ImageRestoration.Metrics;

namespace ImageRestoration.Tests.Metrics;

public sealed class MsSsimTests
{
    [Theory]
    [MemberData(nameof(MetricReference.MultiScaleRows), MemberType = typeof(MetricReference))]
    public void Compute_SyntheticPictures_EqualsTwoDimensionalReference(string source, int channels, int height, int width, int strength, double whole, double missing)
    {
        (ImageTensor expected, ImageTensor actual) = SyntheticImages.Pair(source, channels, height, width, strength);
        Assert.Equal(whole, MsSsim.Compute(expected, actual), 1e-6);
        Assert.Equal(missing, MsSsim.Compute(expected, actual, SyntheticImages.Missing(height, width)), 1e-6);
    }

    [Fact]
    public void Compute_IdenticalPictures_IsOne()
    {
        (ImageTensor image, _) = SyntheticImages.Pair("HashNoise", 3, 170, 181, 1);
        Assert.Equal(1, MsSsim.Compute(image, image), 1e-12);
    }

    [Fact]
    public void Compute_NegativePicture_IsZero()
    {
        // Contrast and structure below 0 have no real power.
        (ImageTensor image, _) = SyntheticImages.Pair("HashNoise", 1, 170, 170, 1);
        using ImageTensor negative = image.Clone();
        foreach (ref float value in negative.Span)
        {
            value = 1 - value;
        }

        Assert.Equal(0, MsSsim.Compute(image, negative));
    }

    [Fact]
    public void Compute_Batch_IsMeanOfPicturesComputedAlone()
    {
        int[] levels = SyntheticImages.Levels("Pattern", 3, 280, 163);
        int[] slightly = SyntheticImages.Disturb(levels, 10);
        int[] strongly = SyntheticImages.Disturb(levels, 200);
        var single = ImageShape.Single(3, 280, 163);
        ImageTensor expected = SyntheticImages.ToTensor(levels, single);
        double first = MsSsim.Compute(expected, SyntheticImages.ToTensor(slightly, single));
        double second = MsSsim.Compute(expected, SyntheticImages.ToTensor(strongly, single));

        ImageShape pair = single with { Batch = 2 };
        ImageTensor expectedPair = SyntheticImages.ToTensor([.. levels, .. levels], pair);
        ImageTensor actualPair = SyntheticImages.ToTensor([.. slightly, .. strongly], pair);
        Assert.Equal([first, second], MsSsim.ComputePerImage(expectedPair, actualPair));
        Assert.Equal((first + second) / 2, MsSsim.Compute(expectedPair, actualPair), 1e-12);
        Assert.True(first - second > 0.1);
    }

    [Fact]
    public void ComputeLuma_RgbPictures_ComparesTheirLuma()
    {
        (ImageTensor expected, ImageTensor actual) = SyntheticImages.Pair("Pattern", 3, 170, 165, 90);
        Mask mask = SyntheticImages.Missing(170, 165);
        using ImageTensor x = Luma.FromRgb(expected);
        using ImageTensor y = Luma.FromRgb(actual);
        Assert.Equal(MsSsim.Compute(x, y), MsSsim.ComputeLuma(expected, actual), 1e-12);
        Assert.Equal(MsSsim.Compute(x, y, mask), MsSsim.ComputeLuma(expected, actual, mask), 1e-12);
    }

    [Fact]
    public void Compute_ValuesUpTo255WithTheirRange_EqualsUnitRange()
    {
        (ImageTensor expected, ImageTensor actual) = SyntheticImages.Pair("Pattern", 3, 161, 170, 80);
        (ImageTensor expected255, ImageTensor actual255) = SyntheticImages.Pair("Pattern", 3, 161, 170, 80, white: 1f);
        Assert.Equal(MsSsim.Compute(expected, actual), MsSsim.Compute(expected255, actual255, dataRange: 255), 1e-6);
        Assert.Equal(MsSsim.ComputeLuma(expected, actual), MsSsim.ComputeLuma(expected255, actual255, dataRange: 255), 1e-6);
    }

    [Theory]
    [InlineData(160, 300)]
    [InlineData(300, 160)]
    public void Compute_TooSmallForFiveScales_ThrowsAndNamesSizes(int height, int width)
    {
        using ImageTensor image = ImageTensor.Create(ImageShape.Single(1, height, width));
        TensorShapeException error = Assert.Throws<TensorShapeException>(() => MsSsim.Compute(image, image));
        Assert.Contains($"{height}×{width}", error.Message, StringComparison.Ordinal);
        Assert.Contains("161×161", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Compute_ValueNotFinite_ThrowsAndSaysWhere()
    {
        (ImageTensor expected, ImageTensor actual) = SyntheticImages.Pair("Pattern", 3, 170, 165, 9);
        actual.Row(0, 1, 169)[164] = float.NaN;
        ArgumentException error = Assert.Throws<ArgumentException>("actual", () => MsSsim.Compute(expected, actual));
        Assert.Contains("picture 0, channel 1, row 169, column 164", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Compute_Arguments_StayUndisposedAndUnchanged()
    {
        (ImageTensor expected, ImageTensor actual) = SyntheticImages.Pair("Pattern", 1, 170, 165, 9);
        float[] before = actual.Span.ToArray();
        MsSsim.Compute(expected, actual, SyntheticImages.Missing(170, 165));
        Assert.Equal(before, actual.Span.ToArray());
    }

    [Fact]
    public void Compute_MaskWithoutMissingPixels_Throws()
    {
        (ImageTensor expected, ImageTensor actual) = SyntheticImages.Pair("Pattern", 1, 170, 165, 9);
        Assert.Throws<ArgumentException>("mask", () => MsSsim.Compute(expected, actual, new Mask(170, 165)));
    }
}
