using System.Text.Json.Serialization;
using ImageRestoration.Imaging;
using ImageRestoration.Masking;

namespace ImageRestoration.Quality;

/// <summary>
/// How much structure an inpainting has where pixels were missing. PSNR is best where every guess is the mean of what might be there, which is smooth;
/// this says how smooth.
/// </summary>
/// <param name="Sharpness">Mean size of the gradients within the missing part, as a multiple of the original's: 1 is as sharp, 0 is flat.</param>
/// <param name="Distance">
/// Earth mover's distance between the sizes of the restored and the original gradients within the missing part, wherever they lie, on the scale of
/// [0, 255]: 0 for the same statistics.
/// </param>
/// <param name="Seam">Mean size of the steps between missing and known neighbours, as a multiple of the original's: far above 1, the mask's edge shows.</param>
internal readonly record struct EdgeStatistics(
    [property: JsonPropertyName("sharpness")] double Sharpness,
    [property: JsonPropertyName("distance")] double Distance,
    [property: JsonPropertyName("seam")] double Seam)
{
    private const double Levels = 255;

    /// <summary>Compares a picture's missing part with the original. A gradient is the root of the squared steps to the right and down, of one channel.</summary>
    /// <param name="original">The true picture.</param>
    /// <param name="restored">The picture to judge, of the same shape.</param>
    /// <param name="mask">The missing pixels (1).</param>
    /// <returns>The statistics; null where nothing can be compared, because no three missing pixels meet or the original is flat.</returns>
    public static EdgeStatistics? Compute(ImageTensor original, ImageTensor restored, Mask mask)
    {
        List<double> truth = [], made = [];
        double trueSeam = 0, madeSeam = 0;
        for (int channel = 0; channel < original.Channels; channel++)
        {
            ReadOnlySpan<float> a = original.Plane(0, channel), b = restored.Plane(0, channel);
            for (int y = 0, i = 0; y < original.Height; y++)
            {
                for (int x = 0; x < original.Width; x++, i++)
                {
                    int right = x + 1 < original.Width ? i + 1 : i, below = y + 1 < original.Height ? i + original.Width : i;
                    float missing = mask.Values[i];
                    if (missing == 1 && right > i && below > i && mask.Values[right] == 1 && mask.Values[below] == 1)
                    {
                        truth.Add(double.Hypot(a[right] - a[i], a[below] - a[i]));
                        made.Add(double.Hypot(b[right] - b[i], b[below] - b[i]));
                    }

                    AddSeam(a, b, i, right, missing);
                    AddSeam(a, b, i, below, missing);
                }
            }
        }

        double sum = truth.Sum();
        if (sum == 0 || trueSeam == 0)
        {
            return null;
        }

        double sharpness = made.Sum() / sum;
        truth.Sort();
        made.Sort();
        return new EdgeStatistics(sharpness, Levels * truth.Zip(made, (p, q) => Math.Abs(p - q)).Average(), madeSeam / trueSeam);

        void AddSeam(ReadOnlySpan<float> a, ReadOnlySpan<float> b, int i, int neighbour, float missing)
        {
            if (mask.Values[neighbour] != missing)
            {
                trueSeam += Math.Abs(a[neighbour] - a[i]);
                madeSeam += Math.Abs(b[neighbour] - b[i]);
            }
        }
    }

    /// <summary>Means over pictures.</summary>
    public static EdgeStatistics? Mean(IReadOnlyCollection<EdgeStatistics> pictures)
        => pictures.Count == 0 ? null : new(pictures.Average(p => p.Sharpness), pictures.Average(p => p.Distance), pictures.Average(p => p.Seam));
}
