using System.Globalization;
using ImageRestoration.Degradation;
using ImageRestoration.ImageSharp;
using ImageRestoration.Imaging;
using ImageRestoration.Numerics;

namespace ImageRestoration.Quality.Exposure;

/// <summary>
/// Fits automatic exposure: photographs are darkened as by cameras with too little time, and a ridge regression finds the stops that are
/// missing from how light is distributed in them.
/// </summary>
internal sealed class ExposureFit(TextWriter output)
{
    /// <summary>Sixteen quantiles and 1.</summary>
    private const int Count = 17;

    private const int Variants = 8;
    private const int LongestSide = 256;
    private const int HeldOut = 4;
    private const double Ridge = 10;

    /// <summary>Fits and prints.</summary>
    /// <param name="folder">Folder of photographs.</param>
    /// <param name="limit">How many to take at most.</param>
    /// <param name="cancellationToken">Stops the work.</param>
    public async Task RunAsync(string folder, int? limit, CancellationToken cancellationToken)
    {
        string[] files = [.. Directory.EnumerateFiles(folder, "*", SearchOption.AllDirectories)
            .Where(file => ImageFile.Extensions.Contains(Path.GetExtension(file), StringComparer.OrdinalIgnoreCase))
            .OrderBy(file => Path.GetRelativePath(folder, file), StringComparer.Ordinal)
            .Take(limit ?? int.MaxValue)];
        var fitted = new List<double[]>();
        var tested = new List<double[]>();
        for (int i = 0; i < files.Length; i++)
        {
            using ImageTensor photograph = await ImageFile.LoadAsync(files[i], cancellationToken);
            using ImageTensor small = Reduce(photograph);
            for (int variant = 0; variant < Variants; variant++)
            {
                if (Sample(small, SeededRandom.ForSample(1, i, variant)) is { } row)
                {
                    (i % HeldOut == 0 ? tested : fitted).Add(row);
                }
            }
        }

        if (fitted.Count == 0)
        {
            throw new QualityException($"'{folder}' has too few photographs to fit anything. Give a folder of at least two with --images.");
        }

        double[] weights = Solve(fitted);
        double error = tested.Average(row => Math.Abs(Predict(weights, row) - row[^1]));
        double spread = tested.Average(row => Math.Abs(row[^1] - tested.Average(r => r[^1])));
        output.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"{files.Length} photographs, {fitted.Count} samples fitted; on {tested.Count} others the mean error is {error:0.00} stops, "
                + $"{spread:0.00} for the median alone"));
        output.WriteLine("[" + string.Join(", ", weights.Select(w => w.ToString("0.0000", CultureInfo.InvariantCulture))) + "]");
    }

    /// <summary>Nearest pixels of a grid: averages would have less noise and fewer extremes.</summary>
    private static ImageTensor Reduce(ImageTensor photograph)
    {
        int stride = Math.Max(1, Math.Max(photograph.Height, photograph.Width) / LongestSide);
        var shape = ImageShape.Single(photograph.Channels, photograph.Height / stride, photograph.Width / stride);
        ImageTensor small = ImageTensor.CreateUninitialized(shape);
        for (int c = 0; c < shape.Channels; c++)
        {
            for (int y = 0; y < shape.Height; y++)
            {
                ReadOnlySpan<float> source = photograph.Row(0, c, y * stride);
                Span<float> target = small.Row(0, c, y);
                for (int x = 0; x < target.Length; x++)
                {
                    target[x] = source[x * stride];
                }
            }
        }

        return small;
    }

    /// <summary>What is measured of a darkened photograph, and the stops that are missing and the median together.</summary>
    private static double[]? Sample(ImageTensor photograph, SeededRandom random)
    {
        double exposure = -7.5 * random.NextDouble();
        using ImageTensor dark = photograph.Clone();
        new LowLight(new LowLightOptions
        {
            MinimumExposure = exposure,
            MaximumExposure = exposure,
            MaximumHighlights = 4,
            MaximumToneCurve = 1,
        }).Apply(dark, random);
        var row = new double[Count + 1];
        if (!AutoExposure.TryMeasure(dark, 0, row.AsSpan(0, Count), out double median))
        {
            return null;
        }

        row[^1] = median - exposure;
        return row;
    }

    private static double Predict(double[] weights, double[] row)
    {
        double sum = 0;
        for (int i = 0; i < weights.Length; i++)
        {
            sum += weights[i] * row[i];
        }

        return sum;
    }

    /// <summary>Least squares of standardised columns with a penalty; by Gauss and Jordan, the matrix being positive definite.</summary>
    private static double[] Solve(List<double[]> rows)
    {
        var scale = new double[Count];
        for (int i = 0; i < Count; i++)
        {
            double square = rows.Average(row => row[i] * row[i]);
            scale[i] = square > 0 ? 1 / Math.Sqrt(square) : 0;
        }

        var matrix = new double[Count, Count + 1];
        foreach (double[] row in rows)
        {
            for (int i = 0; i < Count; i++)
            {
                for (int j = 0; j < Count; j++)
                {
                    matrix[i, j] += row[i] * scale[i] * row[j] * scale[j];
                }

                matrix[i, Count] += row[i] * scale[i] * row[^1];
            }
        }

        for (int i = 0; i < Count; i++)
        {
            // The constant is not penalised.
            matrix[i, i] += i < Count - 1 ? Ridge : 0;
        }

        for (int i = 0; i < Count; i++)
        {
            double pivot = matrix[i, i];
            for (int j = i; j <= Count; j++)
            {
                matrix[i, j] /= pivot;
            }

            for (int k = 0; k < Count; k++)
            {
                double factor = matrix[k, i];
                for (int j = i; j <= Count && k != i; j++)
                {
                    matrix[k, j] -= factor * matrix[i, j];
                }
            }
        }

        return [.. Enumerable.Range(0, Count).Select(i => matrix[i, Count] * scale[i])];
    }
}
