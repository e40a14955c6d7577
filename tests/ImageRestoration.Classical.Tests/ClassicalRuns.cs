using ImageRestoration.Imaging;
using ImageRestoration.Numerics;
using ImageRestoration.Restoration;

namespace ImageRestoration.Tests.Classical;

/// <summary>Running restorers, and pictures to run them on.</summary>
internal static class ClassicalRuns
{
    /// <summary>Flat areas, edges, a ramp and stripes, in [0.1, 0.9].</summary>
    public static ImageTensor Picture(int channels, int height, int width, int batch = 1)
    {
        ImageTensor image = ImageTensor.CreateUninitialized(new ImageShape(batch, channels, height, width));
        for (int b = 0; b < batch; b++)
        {
            for (int c = 0; c < channels; c++)
            {
                for (int y = 0; y < height; y++)
                {
                    Span<float> row = image.Row(b, c, y);
                    for (int x = 0; x < width; x++)
                    {
                        bool inside = ((x - (width / 2)) * (x - (width / 2))) + ((y - (height / 2)) * (y - (height / 2))) < width * height / 9;
                        row[x] = inside ? 0.1f + (0.2f * c) : x < width / 4 ? 0.5f + (0.15f * ((y / 4 % 2) + b)) : 0.2f + (0.7f * y / height);
                    }
                }
            }
        }

        return image;
    }

    public static ImageTensor WithNoise(ImageTensor clean, double sigma, ulong seed = 1)
    {
        ImageTensor noisy = clean.Clone();
        new ImageRestoration.Degradation.GaussianNoise(sigma).Apply(noisy, new SeededRandom(seed));
        return noisy;
    }

    public static ImageTensor Run(IRestorer restorer, ImageTensor image, bool clamp = false)
        => restorer.RestoreAsync(new RestorationRequest(image), new RestorationOptions { Clamp = clamp }).GetAwaiter().GetResult().Image;

    /// <summary>Restores a picture alone and then several times at once, when every run gets few threads, and checks that nothing differs.</summary>
    public static void AssertSameWhenCrowded(IRestorer restorer, ImageTensor image)
    {
        using ImageTensor alone = Run(restorer, image);
        var runs = new Task<ImageTensor>[2 * Environment.ProcessorCount];
        for (int i = 0; i < runs.Length; i++)
        {
            runs[i] = Task.Run(() => Run(restorer, image));
        }

        foreach (ImageTensor crowded in Task.WhenAll(runs).GetAwaiter().GetResult())
        {
            Assert.Equal(alone.Span.Length, alone.Span.CommonPrefixLength(crowded.Span));
            crowded.Dispose();
        }
    }

    public static async Task AssertCancels(IRestorer restorer, ImageTensor image)
    {
        using var source = new CancellationTokenSource();
        Task<RestorationResult> run = restorer.RestoreAsync(new RestorationRequest(image), cancellationToken: source.Token);
        await source.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => run);
    }
}
