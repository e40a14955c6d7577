using ImageRestoration.Classical.LowLight;
using ImageRestoration.Imaging;
using ImageRestoration.Restoration;

namespace ImageRestoration.Tests.Classical.LowLight;

public sealed class GammaRestorerTests
{
    [Theory]
    [InlineData(0.5)]
    [InlineData(1)]
    [InlineData(2.2)]
    public void RestoreAsync_FixedGamma_RaisesEveryValueToIt(double gamma)
    {
        using ImageTensor picture = ClassicalRuns.Picture(3, 20, 30);
        picture.Span[3] = 0;
        picture.Span[4] = 1;
        picture.Span[5] = -0.1f;
        using ImageTensor result = ClassicalRuns.Run(new GammaRestorer(new GammaOptions { Gamma = gamma }), picture);
        for (int i = 0; i < picture.Span.Length; i++)
        {
            Assert.Equal(Math.Pow(Math.Max(picture.Span[i], 0), gamma), result.Span[i], 1e-6);
        }
    }

    [Theory]
    [InlineData(3, 0.3)]
    [InlineData(3, 0.5)]
    [InlineData(1, 0.5)]
    public void RestoreAsync_DarkPicture_ReachesTheTarget(int channels, double target)
    {
        using ImageTensor dark = ClassicalRuns.Picture(channels, 50, 60, batch: 2);
        for (int b = 0; b < 2; b++)
        {
            for (int c = 0; c < channels; c++)
            {
                foreach (ref float value in dark.Plane(b, c))
                {
                    value *= b == 0 ? 0.25f : 0.1f;
                }
            }
        }

        using ImageTensor result = ClassicalRuns.Run(new GammaRestorer(new GammaOptions { TargetLuminance = target }, channels), dark);
        Assert.Equal(target, MeanLuminance(result, 0), 1e-3);
        Assert.Equal(target, MeanLuminance(result, 1), 1e-3);
    }

    [Fact]
    public void RestoreAsync_BrightPicture_StaysAsItIs()
    {
        using ImageTensor bright = ClassicalRuns.Picture(3, 50, 60);
        Assert.True(MeanLuminance(bright, 0) > 0.3);
        using ImageTensor result = ClassicalRuns.Run(new GammaRestorer(new GammaOptions { TargetLuminance = 0.3 }), bright);
        Assert.Equal(bright.Span.ToArray(), result.Span.ToArray());
    }

    [Fact]
    public void RestoreAsync_NearlyBlackPicture_UsesTheSmallestGamma()
    {
        using ImageTensor black = ImageTensor.Create(ImageShape.Single(1, 8, 8));
        black.Span[10] = 0.001f;
        using ImageTensor result = ClassicalRuns.Run(new GammaRestorer(new GammaOptions { MinimumGamma = 0.5 }, channels: 1), black);
        Assert.Equal(Math.Sqrt(0.001), result.Span[10], 1e-6);
        Assert.Equal(0, result.Span[0]);
    }

    [Fact]
    public void RestoreAsync_ManyRunsAtOnce_GiveTheSame()
    {
        using ImageTensor picture = ClassicalRuns.Picture(3, 100, 90);
        ClassicalRuns.AssertSameWhenCrowded(new GammaRestorer(new GammaOptions { TargetLuminance = 0.8 }), picture);
    }

    [Fact]
    public void Info_OfARestorer_SaysWhatItIs()
        => Assert.Equal(new RestorerInfo("gamma", RestorationTask.Brighten, 3, TakesMask: false, "Classical", "cpu"), new GammaRestorer().Info);

    [Fact]
    public void Create_WrongOptions_ReportsAllTogether()
    {
        ArgumentException error = Assert.Throws<ArgumentException>("options", () => new GammaRestorer(new GammaOptions { Gamma = 0, TargetLuminance = 1, MinimumGamma = 2 }));
        Assert.All(["Gamma is 0", "TargetLuminance is 1", "MinimumGamma is 2"], part => Assert.Contains(part, error.Message, StringComparison.Ordinal));
    }

    private static double MeanLuminance(ImageTensor image, int picture)
    {
        double[] weights = image.Channels == 3 ? [0.299, 0.587, 0.114] : [1];
        double sum = 0;
        for (int c = 0; c < image.Channels; c++)
        {
            foreach (float value in image.Plane(picture, c))
            {
                sum += weights[c] * value / image.Shape.PixelCount;
            }
        }

        return sum;
    }
}
