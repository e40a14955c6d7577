using ImageRestoration.Imaging;
using ImageRestoration.Masking;

namespace ImageRestoration.Quality.Tasks;

/// <summary>Multiplies the light of a picture by what brings it closest to another in the mean of squared differences.</summary>
internal static class ExposureMatch
{
    private const int Levels = 256;
    private const double MostStops = 8;
    private const double Step = 0.02;

    /// <summary>Changes a picture in place. The gain is a multiple of 0.02 stops, at most 8 stops up or down; the result is rounded to 8 bits.</summary>
    /// <param name="original">The picture to come close to.</param>
    /// <param name="result">The picture to change, sRGB values; they are rounded to 8 bits first.</param>
    /// <param name="scored">The pixels to compare (1).</param>
    public static void Apply(ImageTensor original, ImageTensor result, Mask scored)
    {
        // All that the differences depend on: how often which level meets which.
        var counts = new int[Levels, Levels];
        for (int c = 0; c < result.Channels; c++)
        {
            ReadOnlySpan<float> truth = original.Plane(0, c), made = result.Plane(0, c);
            for (int i = 0; i < made.Length; i++)
            {
                if (scored.Values[i] == 1)
                {
                    counts[ToLevel(made[i]), ToLevel(truth[i])]++;
                }
            }
        }

        int steps = (int)(MostStops / Step);
        float[] best = Enumerable.Range(-steps, (2 * steps) + 1).Select(i => CreateCurve(Math.Pow(2, i * Step))).MinBy(curve => Error(counts, curve))!;
        foreach (ref float value in result.Span)
        {
            value = best[ToLevel(value)];
        }
    }

    /// <summary>What becomes of each level.</summary>
    private static float[] CreateCurve(double gain)
        => [.. Enumerable.Range(0, Levels).Select(level => (float)(Math.Round(255 * ToSrgb(Math.Min(1, gain * ToLinear(level / 255.0)))) / 255))];

    private static double Error(int[,] counts, float[] curve)
    {
        double sum = 0;
        for (int made = 0; made < Levels; made++)
        {
            for (int truth = 0; truth < Levels; truth++)
            {
                double difference = curve[made] - (truth / 255.0);
                sum += counts[made, truth] * difference * difference;
            }
        }

        return sum;
    }

    private static int ToLevel(float value) => (int)MathF.Round(255 * Math.Clamp(value, 0, 1));

    // IEC 61966-2-1.
    private static double ToLinear(double value) => value <= 0.04045 ? value / 12.92 : Math.Pow((value + 0.055) / 1.055, 2.4);

    private static double ToSrgb(double light) => light <= 0.0031308 ? 12.92 * light : (1.055 * Math.Pow(light, 1 / 2.4)) - 0.055;
}
