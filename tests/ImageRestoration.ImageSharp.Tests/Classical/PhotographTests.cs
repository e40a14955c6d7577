using ImageRestoration.Classical.Denoising;
using ImageRestoration.Classical.LowLight;
using ImageRestoration.Degradation;
using ImageRestoration.ImageSharp;
using ImageRestoration.Imaging;
using ImageRestoration.Metrics;
using ImageRestoration.Numerics;
using ImageRestoration.Restoration;

namespace ImageRestoration.Tests.Classical;

/// <summary>Denoising and low light on the middles of the bundled photographs.</summary>
public sealed class PhotographTests
{
    private const int Height = 301;
    private const int Width = 402;

    public static TheoryData<string> Names => [.. TestPictures.Photographs.Select(path => Path.GetFileName(path))];

    [Theory]
    [MemberData(nameof(Names))]
    public async Task NonLocalMeans_NoisyPhotograph_GainsAtLeast4Decibels(string name)
    {
        using ImageTensor clean = await LoadAsync(name);
        using IRestorer restorer = new NonLocalMeansRestorer();
        Assert.True(await GainAsync(restorer, clean, 15) > 4);
        Assert.True(await GainAsync(restorer, clean, 50) > 7);
    }

    [Theory]
    [MemberData(nameof(Names))]
    public async Task TotalVariation_NoisyPhotograph_GainsAtLeast4Decibels(string name)
    {
        using ImageTensor clean = await LoadAsync(name);
        using IRestorer restorer = new TotalVariationRestorer();
        Assert.True(await GainAsync(restorer, clean, 15) > 4);
        Assert.True(await GainAsync(restorer, clean, 50) > 7);
    }

    [Theory]
    [MemberData(nameof(Names))]
    public async Task NoiseEstimateOf_NoisyPhotograph_IsWithin10Percent(string name)
    {
        using ImageTensor clean = await LoadAsync(name);
        foreach (double sigma in new[] { 15.0, 25, 50 })
        {
            using ImageTensor noisy = clean.Clone();
            new GaussianNoise(sigma).Apply(noisy, new SeededRandom(3));
            Assert.InRange(NoiseEstimate.Of(noisy).Level, 0.95 * sigma, 1.1 * sigma);
        }
    }

    [Theory]
    [MemberData(nameof(Names))]
    public async Task Gamma_DarkenedPhotograph_ComesCloserToTheOriginal(string name)
    {
        using ImageTensor bright = await LoadAsync(name);
        using ImageTensor dark = bright.Clone();
        foreach (ref float value in dark.Span)
        {
            value = MathF.Pow(value, 2.5f);
        }

        using IRestorer restorer = new GammaRestorer();
        using RestorationResult result = await restorer.RestoreAsync(new RestorationRequest(dark));
        Assert.True(Psnr.Compute(bright, result.Image) > Psnr.Compute(bright, dark) + 3);
    }

    [Theory]
    [MemberData(nameof(Names))]
    public async Task Clahe_PhotographOfLowContrast_SpreadsItsLuminance(string name)
    {
        using ImageTensor photograph = await LoadAsync(name);
        using ImageTensor flat = photograph.Clone();
        foreach (ref float value in flat.Span)
        {
            value = 0.05f + (0.25f * value);
        }

        using IRestorer restorer = new ClaheRestorer();
        using RestorationResult result = await restorer.RestoreAsync(new RestorationRequest(flat));
        Assert.True(Deviation(result.Image) > 1.5 * Deviation(flat));
    }

    private static async Task<ImageTensor> LoadAsync(string name)
    {
        using ImageTensor whole = await ImageFile.LoadAsync(TestPictures.Photographs.Single(path => Path.GetFileName(path) == name));
        ImageTensor middle = ImageTensor.CreateUninitialized(ImageShape.Single(3, Height, Width));
        for (int channel = 0; channel < 3; channel++)
        {
            for (int row = 0; row < Height; row++)
            {
                whole.Row(0, channel, row + ((whole.Height - Height) / 2)).Slice((whole.Width - Width) / 2, Width).CopyTo(middle.Row(0, channel, row));
            }
        }

        return middle;
    }

    private static async Task<double> GainAsync(IRestorer restorer, ImageTensor clean, double sigma)
    {
        using ImageTensor noisy = clean.Clone();
        new GaussianNoise(sigma).Apply(noisy, new SeededRandom(7));
        using RestorationResult result = await restorer.RestoreAsync(new RestorationRequest(noisy));
        return Psnr.Compute(clean, result.Image) - Psnr.Compute(clean, noisy);
    }

    private static double Deviation(ImageTensor image)
    {
        using ImageTensor luma = Luma.FromRgb(image);
        double mean = luma.Span.ToArray().Average(value => (double)value);
        return Math.Sqrt(luma.Span.ToArray().Average(value => (value - mean) * (value - mean)));
    }
}
