using System.Numerics.Tensors;
using ImageRestoration.Imaging;
using ImageRestoration.Masking;

namespace ImageRestoration.Classical.LowLight;

/// <summary>
/// Brightens pictures by a power of every value (Gonzalez and Woods, "Digital Image Processing", power-law transformations): a fixed
/// exponent, or the one that brings the mean luminance to a target. Black and white stay what they are.
/// </summary>
/// <remarks>
/// Values below 0 count as 0. Pictures of any size. Computed on all processors; the result does not depend on their number. Thread-safe and
/// re-entrant.
/// </remarks>
public sealed class GammaRestorer : ClassicalRestorer
{
    /// <summary>Steps of the histogram: a multiple of 255, so that 8-bit values are met exactly.</summary>
    private const int Steps = 255 * 16;

    private readonly GammaOptions _options;

    /// <summary>Creates the restorer.</summary>
    /// <param name="options">Exponent or target; the defaults of <see cref="GammaOptions"/> where <see langword="null"/>.</param>
    /// <param name="channels">Channels of the pictures: 1 for grey, 3 for RGB.</param>
    /// <exception cref="ArgumentException">The options are wrong; the message lists every error.</exception>
    public GammaRestorer(GammaOptions? options = null, int channels = 3)
        : base("gamma", RestorationTask.Brighten, takesMask: false, channels)
    {
        _options = options ?? new GammaOptions();
        _options.Validate(nameof(options));
    }

    private protected override void Run(ImageTensor image, Mask? mask, ImageTensor result, CancellationToken cancellationToken)
    {
        var parallel = new ParallelOptions { CancellationToken = cancellationToken };
        for (int b = 0; b < image.Batch; b++)
        {
            int picture = b;
            float gamma = (float)(_options.Gamma ?? ChooseGamma(image, picture, parallel));
            Parallel.For(0, image.Height, parallel, row =>
            {
                for (int channel = 0; channel < image.Channels; channel++)
                {
                    Span<float> destination = result.Row(picture, channel, row);
                    TensorPrimitives.Max(image.Row(picture, channel, row), 0f, destination);
                    if (gamma != 1)
                    {
                        TensorPrimitives.Pow(destination, gamma, destination);
                    }
                }
            });
        }
    }

    private double ChooseGamma(ImageTensor image, int picture, ParallelOptions parallel)
    {
        double[] histogram = CountLuminance(image, picture, parallel);
        if (MeanLuminance(histogram, 1) >= _options.TargetLuminance)
        {
            return 1;
        }

        // The mean falls as the exponent rises; 40 halvings leave nothing to tell apart.
        (double low, double high) = (_options.MinimumGamma, 1);
        for (int i = 0; i < 40; i++)
        {
            double middle = (low + high) / 2;
            if (MeanLuminance(histogram, middle) >= _options.TargetLuminance)
            {
                low = middle;
            }
            else
            {
                high = middle;
            }
        }

        return low;
    }

    /// <summary>
    /// Counts the values of all channels, each with its share of luminance: the mean luminance after any power follows from that.
    /// </summary>
    private static double[] CountLuminance(ImageTensor image, int picture, ParallelOptions parallel)
    {
        long[][] counts = new long[image.Channels][];
        Parallel.For(0, counts.Length, parallel, channel =>
        {
            long[] count = new long[Steps + 1];
            foreach (float value in image.Plane(picture, channel))
            {
                count[(int)((Math.Clamp(value, 0f, 1f) * Steps) + 0.5f)]++;
            }

            counts[channel] = count;
        });

        double[] histogram = new double[Steps + 1];
        for (int channel = 0; channel < counts.Length; channel++)
        {
            double weight = LuminanceWeights.Of(channel, counts.Length) / (double)image.Shape.PixelCount;
            for (int i = 0; i <= Steps; i++)
            {
                histogram[i] += weight * counts[channel][i];
            }
        }

        return histogram;
    }

    private static double MeanLuminance(double[] histogram, double gamma)
    {
        double mean = 0;
        for (int i = 1; i <= Steps; i++)
        {
            if (histogram[i] > 0)
            {
                mean += histogram[i] * Math.Pow((double)i / Steps, gamma);
            }
        }

        return mean;
    }
}
