using System.Globalization;
using ImageRestoration.Classical.Denoising;
using ImageRestoration.Classical.LowLight;
using ImageRestoration.Imaging;
using ImageRestoration.Restoration;

namespace ImageRestoration.Classical.Comparison;

/// <summary>
/// Restores each NAME.image.npy (float32, channels × height × width, [0, 1]) of a folder with each method, writes NAME.METHOD.npy beside it,
/// and prints NAME, METHOD and the seconds (of <c>estimate</c>: the strength of the noise instead), separated by tabs.
/// </summary>
internal static class RestoreCommand
{
    internal const string Usage = "METHOD is estimate, non-local-means:SIGMA[:STRENGTH:PATCH:SEARCH], total-variation:SIGMA, total-variation-weight:WEIGHT, "
        + "clahe:CLIP[:ROWS:COLUMNS] or gamma:auto|GAMMA; SIGMA may be auto";

    internal static async Task RunAsync(string[] args)
    {
        if (args is not [string folder, .. { Length: > 0 } methods])
        {
            throw new ArgumentException($"Give a folder and at least one method. {Usage}.");
        }

        string[] images = [.. Directory.EnumerateFiles(folder, "*.image.npy").Order(StringComparer.Ordinal)];
        foreach (string method in methods)
        {
            bool warm = false;
            foreach (string path in images)
            {
                string name = path[..^".image.npy".Length];
                (float[] values, int[] shape) = NpyFile.Read<float>(path);
                if (shape is not [int channels, int height, int width])
                {
                    throw new InvalidDataException($"'{path}' has {shape.Length} dimensions; it must be channels × height × width.");
                }

                using ImageTensor image = ImageTensor.Wrap(values, ImageShape.Single(channels, height, width));
                if (method == "estimate")
                {
                    Print(name, method, NoiseEstimation.EstimateSigma(image));
                    continue;
                }

                using IRestorer restorer = Create(method.Split(':'), channels);
                var request = new RestorationRequest(image);
                if (!warm)
                {
                    // The first runs compile the method; the times are those of the runs that follow.
                    (await restorer.RestoreAsync(request)).Dispose();
                    (await restorer.RestoreAsync(request)).Dispose();
                    warm = true;
                }

                using RestorationResult result = await restorer.RestoreAsync(request);
                NpyFile.Write<float>($"{name}.{method.Replace(':', '-')}.npy", result.Image.Span, channels, height, width);
                Print(name, method, result.ComputeTime.TotalSeconds);
            }
        }
    }

    private static IRestorer Create(string[] parts, int channels) => parts switch
    {
        ["non-local-means", string sigma] => new NonLocalMeansRestorer(new() { Sigma = OrAuto(sigma) }, channels),
        ["non-local-means", string sigma, string strength, string patch, string search] => new NonLocalMeansRestorer(
            new() { Sigma = OrAuto(sigma), Strength = Number(strength), PatchSize = (int)Number(patch), SearchRadius = (int)Number(search) }, channels),
        ["total-variation", string sigma] => new TotalVariationRestorer(new() { Sigma = OrAuto(sigma) }, channels),
        ["total-variation-weight", string weight] => new TotalVariationRestorer(new() { Weight = Number(weight) }, channels),
        ["clahe", string clip] => new ClaheRestorer(new() { ClipLimit = Number(clip) }, channels),
        ["clahe", string clip, string rows, string columns] => new ClaheRestorer(new() { ClipLimit = Number(clip), TileRows = (int)Number(rows), TileColumns = (int)Number(columns) }, channels),
        ["gamma", string gamma] => new GammaRestorer(new() { Gamma = OrAuto(gamma) }, channels),
        _ => throw new ArgumentException($"'{string.Join(':', parts)}' is no method. {Usage}."),
    };

    private static double? OrAuto(string text) => text == "auto" ? null : Number(text);

    private static double Number(string text) => double.Parse(text, CultureInfo.InvariantCulture);

    private static void Print(string name, string method, double number)
        => Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{Path.GetFileName(name)}\t{method}\t{number:F5}"));
}
