using System.Numerics.Tensors;

namespace ImageRestoration.Imaging;

/// <summary>
/// The straight line in RGB on which the colours of a black-and-white picture lie, also of a toned one, such as sepia: each channel is
/// offset + gain × tone, the tone being the mean of the channels.
/// </summary>
/// <param name="Gains">Gain of each channel.</param>
/// <param name="Offsets">Offset of each channel.</param>
internal sealed record ToneLine(float[] Gains, float[] Offsets)
{
    private const int Colors = 3;

    // JPEG rounds both chroma planes, which moves a channel by less than one level of 8 bits on average; noise in colours moves it further.
    private const double LargestMeanDistance = 1.0 / 255;
    private const double LargestDistance = 4.0 / 255;
    private const double FarShare = 0.001;

    // Below this variance a picture has one tone, and a line through it any direction.
    private const double SmallestVariance = 1e-7;
    private const int MostSamples = 1 << 18;

    /// <summary>Finds the line of a picture from the pixels of a regular grid.</summary>
    /// <param name="image">RGB pictures, NCHW.</param>
    /// <param name="picture">Picture of the batch.</param>
    /// <returns>The line; <see langword="null"/> where colours lie beside any.</returns>
    internal static ToneLine? Find(ImageTensor image, int picture)
    {
        int stride = 1;
        while ((long)(image.Height / stride) * (image.Width / stride) > MostSamples)
        {
            stride++;
        }

        double sum = 0, squares = 0;
        Span<double> sums = stackalloc double[Colors], products = stackalloc double[Colors];
        sums.Clear();
        products.Clear();
        long count = 0;
        for (int y = 0; y < image.Height; y += stride)
        {
            ReadOnlySpan<float> red = image.Row(picture, 0, y), green = image.Row(picture, 1, y), blue = image.Row(picture, 2, y);
            for (int x = 0; x < red.Length; x += stride)
            {
                double tone = Tone(red[x], green[x], blue[x]);
                sum += tone;
                squares += tone * tone;
                (sums[0], sums[1], sums[2]) = (sums[0] + red[x], sums[1] + green[x], sums[2] + blue[x]);
                (products[0], products[1], products[2])
                    = (products[0] + (tone * red[x]), products[1] + (tone * green[x]), products[2] + (tone * blue[x]));
                count++;
            }
        }

        double mean = sum / count, variance = (squares / count) - (mean * mean);
        var line = new ToneLine(new float[Colors], new float[Colors]);
        for (int c = 0; c < Colors; c++)
        {
            double center = sums[c] / count;
            double gain = variance > SmallestVariance ? ((products[c] / count) - (mean * center)) / variance : 1;
            (line.Gains[c], line.Offsets[c]) = ((float)gain, (float)(center - (gain * mean)));
        }

        return line.Holds(image, picture, stride, count) ? line : null;
    }

    /// <summary>Takes the tone of each pixel.</summary>
    internal static void ToTones(ImageTensor image, int picture, Span<float> tones)
    {
        ReadOnlySpan<float> red = image.Plane(picture, 0), green = image.Plane(picture, 1), blue = image.Plane(picture, 2);
        for (int i = 0; i < tones.Length; i++)
        {
            tones[i] = (float)Tone(red[i], green[i], blue[i]);
        }
    }

    /// <summary>Gives each tone its colour.</summary>
    internal void ToColors(ReadOnlySpan<float> tones, ImageTensor image, int picture)
    {
        for (int c = 0; c < Colors; c++)
        {
            Span<float> plane = image.Plane(picture, c);
            TensorPrimitives.Multiply(tones, Gains[c], plane);
            TensorPrimitives.Add(plane, Offsets[c], plane);
        }
    }

    private static double Tone(float red, float green, float blue) => ((double)red + green + blue) / Colors;

    private bool Holds(ImageTensor image, int picture, int stride, long count)
    {
        double distances = 0;
        long far = 0;
        for (int y = 0; y < image.Height; y += stride)
        {
            ReadOnlySpan<float> red = image.Row(picture, 0, y), green = image.Row(picture, 1, y), blue = image.Row(picture, 2, y);
            for (int x = 0; x < red.Length; x += stride)
            {
                double tone = Tone(red[x], green[x], blue[x]);
                double distance = Math.Max(
                    Math.Abs(red[x] - Offsets[0] - (Gains[0] * tone)),
                    Math.Max(Math.Abs(green[x] - Offsets[1] - (Gains[1] * tone)), Math.Abs(blue[x] - Offsets[2] - (Gains[2] * tone))));
                distances += distance;
                far += distance > LargestDistance ? 1 : 0;
            }
        }

        return distances <= LargestMeanDistance * count && far <= FarShare * count;
    }
}
