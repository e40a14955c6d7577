using System.Numerics.Tensors;

namespace ImageRestoration.Imaging;

/// <summary>
/// The straight line in RGB on which the colours of a black-and-white picture lie, also of a toned one, such as sepia: each channel is
/// offset + gain × tone, the tone being the mean of the channels.
/// </summary>
/// <remarks>
/// What counts is the means of blocks of 16×16 pixels, those of JPEG's halved colour planes: coarse steps and halving take colours off the
/// line within such blocks, and leave their means on it. Weak noise in the colours of a black-and-white picture is not seen either.
/// </remarks>
/// <param name="Gains">Gain of each channel.</param>
/// <param name="Offsets">Offset of each channel.</param>
internal sealed record ToneLine(float[] Gains, float[] Offsets)
{
    private const int Colors = 3;
    private const int LargestSide = 16;
    private const int LeastAcross = 8;

    // JPEG of quality 75 moves means by up to 0.9 levels of 8 bits on average and none by 4, also with noise of sigma 25. Of photographs in
    // colour nearly all are further away on average, and all have blocks that are; in dark ones that is less, and so is what may be.
    private const double LargestMeanDistance = 1.0 / 255;
    private const double LargestShareOfContrast = 0.05;
    private const double LargestDistance = 4.0 / 255;
    private const double FarShare = 0.005;
    private const double Rounding = 1e-5;

    // Below this variance a picture has one tone, and a line through it any direction.
    private const double SmallestVariance = 1e-7;
    private const int MostSamples = 1 << 20;

    /// <summary>Finds the line of a picture from blocks of a regular grid.</summary>
    /// <param name="image">RGB pictures, NCHW.</param>
    /// <param name="picture">Picture of the batch.</param>
    /// <returns>The line; <see langword="null"/> where colours lie beside any.</returns>
    internal static ToneLine? Find(ImageTensor image, int picture)
    {
        int side = LargestSide;
        while (side > 1 && side * LeastAcross > Math.Min(image.Height, image.Width))
        {
            side /= 2;
        }

        int step = side;
        while ((long)(image.Height / step) * (image.Width / step) * side * side > MostSamples)
        {
            step += side;
        }

        double[][] means = [.. Enumerable.Range(0, Colors).Select(c => Means(image, picture, c, side, step))];
        double[] tones = [.. means[0].Select((red, i) => (red + means[1][i] + means[2][i]) / Colors)];
        double mean = tones.Average(), variance = (TensorPrimitives.SumOfSquares<double>(tones) / tones.Length) - (mean * mean);
        var line = new ToneLine(new float[Colors], new float[Colors]);
        for (int c = 0; c < Colors; c++)
        {
            double center = means[c].Average();
            double covariance = (TensorPrimitives.Dot<double>(means[c], tones) / tones.Length) - (mean * center);
            double gain = variance > SmallestVariance ? covariance / variance : 1;
            (line.Gains[c], line.Offsets[c]) = ((float)gain, (float)(center - (gain * mean)));
        }

        double[] distances = [.. tones.Select((tone, i) => Enumerable.Range(0, Colors).Max(
            c => Math.Abs(means[c][i] - line.Offsets[c] - (line.Gains[c] * tone))))];
        double largest = Math.Min(LargestMeanDistance, LargestShareOfContrast * Math.Sqrt(Math.Max(0, variance))) + Rounding;
        return distances.Average() <= largest && distances.Count(d => d > LargestDistance) <= FarShare * tones.Length ? line : null;
    }

    /// <summary>Takes the tone of each pixel.</summary>
    internal static void ToTones(ImageTensor image, int picture, Span<float> tones)
    {
        ReadOnlySpan<float> red = image.Plane(picture, 0), green = image.Plane(picture, 1), blue = image.Plane(picture, 2);
        for (int i = 0; i < tones.Length; i++)
        {
            tones[i] = (float)(((double)red[i] + green[i] + blue[i]) / Colors);
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

    private static double[] Means(ImageTensor image, int picture, int channel, int side, int step)
    {
        ReadOnlySpan<float> plane = image.Plane(picture, channel);
        var means = new List<double>();
        for (int y = 0; y + side <= image.Height; y += step)
        {
            for (int x = 0; x + side <= image.Width; x += step)
            {
                double sum = 0;
                for (int row = y; row < y + side; row++)
                {
                    sum += TensorPrimitives.Sum(plane.Slice((row * image.Width) + x, side));
                }

                means.Add(sum / (side * side));
            }
        }

        return [.. means];
    }
}
