using ImageRestoration.Degradation;
using ImageRestoration.Imaging;
using ImageRestoration.Numerics;
using ImageRestoration.Tests.Metrics;

namespace ImageRestoration.Tests.Degradation;

public sealed class RescalingTests
{
    [Fact]
    public void Apply_FactorOne_KeepsEveryBit()
    {
        using ImageTensor image = Noise();
        using ImageTensor before = image.Clone();
        new Rescaling(1).Apply(image, new SeededRandom(1));
        Assert.Equal(before.Span, image.Span);
    }

    [Fact]
    public void Apply_Factor_IsShrinkingAndEnlarging()
    {
        using ImageTensor image = Noise();
        using ImageTensor small = Resampling.Resize(image, 10, 17, ResamplingKernel.Area);
        using ImageTensor expected = Resampling.Resize(small, 30, 50, ResamplingKernel.Bilinear);
        new Rescaling(3, ResamplingKernel.Area, ResamplingKernel.Bilinear).Apply(image, new SeededRandom(1));
        Assert.Equal(expected.Span, image.Span);
    }

    [Fact]
    public void Constructor_WrongArguments_Throw()
    {
        Assert.Throws<ArgumentOutOfRangeException>("factor", () => new Rescaling(0.5));
        Assert.Throws<ArgumentOutOfRangeException>("maximumFactor", () => new Rescaling(2, double.NaN));
        Assert.Throws<ArgumentOutOfRangeException>("shrinking", () => new Rescaling(2, (ResamplingKernel)5));
        Assert.Throws<ArgumentOutOfRangeException>("enlarging", () => new Rescaling(2, ResamplingKernel.Area, (ResamplingKernel)5));
    }

    private static ImageTensor Noise()
        => SyntheticImages.ToTensor(SyntheticImages.Levels("HashNoise", 3, 30, 50), ImageShape.Single(3, 30, 50));
}
