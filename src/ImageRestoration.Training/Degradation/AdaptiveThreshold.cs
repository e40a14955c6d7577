using System.Buffers;
using ImageRestoration.Imaging;

namespace ImageRestoration.Degradation;

/// <summary>
/// Makes ink drawings of pictures: pixels that are darker than the mean of the square around them become ink, all others paper.
/// </summary>
/// <remarks>
/// <para>Local thresholding by the mean of a window, as documents are binarised (Bradley and Roth, "Adaptive Thresholding Using the
/// Integral Image", Journal of Graphics Tools 12(2), 2007), with a fixed offset instead of a share of the mean. Squares are cut at the
/// border; the value of a pixel is the mean of its channels.</para>
/// <para>Lines and letters have a contrast between neighbouring pixels that photographs seldom have. A network that saw some drawings when
/// it was trained (<see cref="AugmentedDegradation"/>) does not take them for noise.</para>
/// </remarks>
public sealed class AdaptiveThreshold : PerImageDegradation, IDescribed
{
    private readonly AdaptiveThresholdOptions _options;

    /// <summary>Creates the degradation with its default options.</summary>
    public AdaptiveThreshold()
        : this(new AdaptiveThresholdOptions())
    {
    }

    /// <summary>Creates the degradation.</summary>
    /// <param name="options">Size of the squares, and ink.</param>
    /// <exception cref="ArgumentException">Options are wrong; the message lists all that are.</exception>
    public AdaptiveThreshold(AdaptiveThresholdOptions options)
    {
        ArgumentNullException.ThrowIfNull(options);
        options.Validate(nameof(options));
        _options = options;
    }

    /// <summary>Size of the squares, and ink.</summary>
    public AdaptiveThresholdOptions Options => _options;

    /// <inheritdoc/>
    void IDescribed.Describe(SettingList settings) => ((IDescribed)_options).Describe(settings);

    /// <inheritdoc/>
    protected override void ApplyToImage(ImageTensor picture, Random random)
    {
        ArgumentNullException.ThrowIfNull(picture);
        ArgumentNullException.ThrowIfNull(random);
        int radius = random.Next(_options.MinimumRadius, _options.MaximumRadius + 1);
        double offset = ParameterRange.Checked(_options.MinimumOffset, _options.MaximumOffset).Draw(random);
        bool isInkLight = random.NextDouble() < _options.LightInkProbability;

        int height = picture.Height, width = picture.Width;
        float[] values = ArrayPool<float>.Shared.Rent(height * width);
        double[] sums = ArrayPool<double>.Shared.Rent((height + 1) * (width + 1));
        MeanOfChannels(picture, values);
        Integrate(values, sums, height, width);
        for (int c = 0; c < picture.Channels; c++)
        {
            double contrast = ParameterRange.Checked(_options.MinimumContrast, 1).Draw(random), dark = (1 - contrast) * random.NextDouble();
            float ink = (float)(isInkLight ? dark + contrast : dark), paper = (float)(isInkLight ? dark : dark + contrast);
            Span<float> plane = picture.Plane(0, c);
            for (int y = 0; y < height; y++)
            {
                int top = Math.Max(y - radius, 0) * (width + 1), bottom = Math.Min(y + radius + 1, height) * (width + 1);
                for (int x = 0; x < width; x++)
                {
                    int left = Math.Max(x - radius, 0), right = Math.Min(x + radius + 1, width);
                    double sum = sums[bottom + right] - sums[bottom + left] - sums[top + right] + sums[top + left];
                    double mean = sum / ((double)((bottom - top) / (width + 1)) * (right - left));
                    plane[(y * width) + x] = values[(y * width) + x] < mean - offset ? ink : paper;
                }
            }
        }

        ArrayPool<float>.Shared.Return(values);
        ArrayPool<double>.Shared.Return(sums);
    }

    private static void MeanOfChannels(ImageTensor picture, Span<float> values)
    {
        picture.Plane(0, 0).CopyTo(values);
        for (int c = 1; c < picture.Channels; c++)
        {
            ReadOnlySpan<float> plane = picture.Plane(0, c);
            for (int i = 0; i < plane.Length; i++)
            {
                values[i] += plane[i];
            }
        }

        for (int i = 0; i < picture.Height * picture.Width; i++)
        {
            values[i] /= picture.Channels;
        }
    }

    /// <summary>Sums of the values above and to the left of each corner of a pixel.</summary>
    private static void Integrate(ReadOnlySpan<float> values, Span<double> sums, int height, int width)
    {
        sums[..(width + 1)].Clear();
        for (int y = 0; y < height; y++)
        {
            double row = 0;
            int above = y * (width + 1), below = above + width + 1;
            sums[below] = 0;
            for (int x = 0; x < width; x++)
            {
                row += values[(y * width) + x];
                sums[below + x + 1] = sums[above + x + 1] + row;
            }
        }
    }
}
