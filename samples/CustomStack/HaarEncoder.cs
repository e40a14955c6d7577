using ImageRestoration.Imaging;
using ImageRestoration.Latents;
using ImageRestoration.Masking;
using ImageRestoration.Networks;

namespace CustomStack;

/// <summary>
/// An encoder written by hand: the orthonormal Haar transform of each colour. Each level turns blocks of 2×2 pixels into their sum, the
/// approximation that the next level goes on with, and three differences: horizontal, vertical and diagonal details.
/// </summary>
/// <param name="shrink">
/// Whether details are made smaller by a threshold that follows from the noise in the picture, which denoises: "BayesShrink" of Chang, Yu and
/// Vetterli 2000, "Adaptive wavelet thresholding for image denoising and compression", section II, with the estimate of the noise of Donoho and
/// Johnstone 1994. Otherwise the picture can be had back.
/// </param>
/// <remarks>Thread-safe: it has no state.</remarks>
internal sealed class HaarEncoder(bool shrink) : IEncoder
{
    /// <summary>Number of levels; the last one's approximation is 1/8 of the picture's size.</summary>
    internal const int Levels = 3;

    /// <summary>Channels of the pictures.</summary>
    internal const int Colors = 3;

    /// <summary>Kinds of details: horizontal, vertical, diagonal.</summary>
    internal const int Kinds = 3;

    /// <summary>Name of the approximation.</summary>
    internal const string Approximation = "approximation";

    private static readonly LatentSpec Spec = new(
    [
        Tensor(Approximation, Colors, Levels),
        .. Enumerable.Range(1, Levels).Select(level => Tensor(Details(level), Colors * Kinds, level)),
    ]);

    public EncoderInfo Info { get; } = new("haar", Colors, Spec, "C#", "cpu") { SizeMultiple = 1 << Levels };

    public Task<Latent> EncodeAsync(EncodeRequest request, CancellationToken cancellationToken = default)
    {
        Info.ThrowIfUnfit(request);
        return Task.Run(() => Encode(request.Image, cancellationToken), cancellationToken);
    }

    public void Dispose()
    {
    }

    /// <summary>Name of the details of a level, from 1, the finest.</summary>
    internal static string Details(int level) => $"details{level}";

    private static LatentTensorSpec Tensor(string name, int channels, int level) => new(name, channels, new AffineSize(1, 1 << level, 0), new AffineSize(1, 1 << level, 0));

    private Latent Encode(ImageTensor image, CancellationToken cancellationToken)
    {
        var tensors = new List<KeyValuePair<string, ImageTensor>>();
        ImageTensor approximation = image;
        double[]? noise = null;
        for (int level = 1; level <= Levels; level++)
        {
            cancellationToken.ThrowIfCancellationRequested();
            ImageShape half = new(image.Batch, Colors, approximation.Height / 2, approximation.Width / 2);
            ImageTensor sums = ImageTensor.CreateUninitialized(half), details = ImageTensor.CreateUninitialized(half with { Channels = Colors * Kinds });
            Split(approximation, sums, details);
            if (shrink)
            {
                noise ??= Shrinkage.EstimateNoise(details);
                Shrinkage.Apply(details, noise);
            }

            tensors.Add(new(Details(level), details));
            if (level > 1)
            {
                approximation.Dispose();
            }

            approximation = sums;
        }

        return new HostLatent([new(Approximation, approximation), .. tensors]);
    }

    private static void Split(ImageTensor image, ImageTensor sums, ImageTensor details)
    {
        for (int n = 0; n < image.Batch; n++)
        {
            for (int c = 0; c < Colors; c++)
            {
                for (int y = 0; y < sums.Height; y++)
                {
                    ReadOnlySpan<float> top = image.Row(n, c, 2 * y), bottom = image.Row(n, c, (2 * y) + 1);
                    Span<float> sum = sums.Row(n, c, y), horizontal = details.Row(n, c, y), vertical = details.Row(n, Colors + c, y), diagonal = details.Row(n, (2 * Colors) + c, y);
                    for (int x = 0; x < sum.Length; x++)
                    {
                        float a = top[2 * x], b = top[(2 * x) + 1], p = bottom[2 * x], q = bottom[(2 * x) + 1];
                        sum[x] = (a + b + p + q) / 2;
                        horizontal[x] = (a - b + p - q) / 2;
                        vertical[x] = (a + b - p - q) / 2;
                        diagonal[x] = (a - b - p + q) / 2;
                    }
                }
            }
        }
    }
}
