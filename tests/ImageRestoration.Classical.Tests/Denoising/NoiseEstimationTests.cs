using ImageRestoration.Classical.Denoising;
using ImageRestoration.Imaging;
using ImageRestoration.Tests.Metrics;

namespace ImageRestoration.Tests.Classical.Denoising;

public sealed class NoiseEstimationTests
{
    [Theory]
    [MemberData(nameof(DenoisingReference.NoiseRows), MemberType = typeof(DenoisingReference))]
    public void EstimateSigma_SyntheticPictures_IsWithin2PercentOfScikitImage(string source, int channels, int height, int width, int strength, double sigma)
    {
        // Both take the same filter; the coefficients start one pixel apart.
        (_, ImageTensor picture) = SyntheticImages.Pair(source, channels, height, width, strength);
        Assert.InRange(NoiseEstimation.EstimateSigma(picture), 0.98 * sigma, 1.02 * sigma);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(10)]
    [InlineData(50)]
    public void EstimateSigma_NoiseOnSmoothPicture_IsWithin3Percent(double sigma)
    {
        using ImageTensor clean = ImageTensor.Create(new ImageShape(2, 3, 200, 180));
        for (int y = 0; y < 200; y++)
        {
            clean.Row(1, 2, y).Fill(y / 200f);
        }

        using ImageTensor noisy = ClassicalRuns.WithNoise(clean, sigma);
        Assert.InRange(NoiseEstimation.EstimateSigma(noisy), 0.97 * sigma, 1.03 * sigma);
    }

    [Theory]
    [InlineData(1, 1)]
    [InlineData(1, 40)]
    [InlineData(3, 3)]
    [InlineData(64, 64)]
    public void EstimateSigma_FlatPicture_IsZero(int height, int width)
    {
        using ImageTensor flat = ImageTensor.Create(ImageShape.Single(3, height, width));
        flat.Span.Fill(0.5f);
        Assert.InRange(NoiseEstimation.EstimateSigma(flat), 0, 1e-4);
    }
}
