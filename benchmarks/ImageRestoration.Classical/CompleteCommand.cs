using System.Diagnostics;
using System.Globalization;
using ImageRestoration.Classical.Completion;
using ImageRestoration.Imaging;
using ImageRestoration.Masking;
using ImageRestoration.Restoration;

namespace ImageRestoration.Classical.Comparison;

/// <summary>
/// Completes each NAME.image.npy (float32, channels × height × width, [0, 1]) of a folder under NAME.mask.npy (uint8, 1 = missing) with
/// each method, writes NAME.METHOD.npy beside it, and prints NAME, METHOD and the seconds, separated by tabs.
/// </summary>
internal static class CompleteCommand
{
    internal const string Usage = "METHOD is nearest, linear, biharmonic, telea:RADIUS or patchmatch:SEED";

    private static readonly TimeSpan WarmUpTime = TimeSpan.FromSeconds(2);

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
                using ImageTensor image = ReadImage(path);
                Mask mask = ReadMask($"{name}.mask.npy");
                using IRestorer restorer = Create(method, image.Channels);
                var request = new RestorationRequest(image, mask);
                if (!warm)
                {
                    await WarmUpAsync(restorer, request);
                    warm = true;
                }

                using RestorationResult result = await restorer.RestoreAsync(request);
                NpyFile.Write<float>($"{name}.{method.Replace(':', '-')}.npy", result.Image.Span, image.Channels, image.Height, image.Width);
                Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{Path.GetFileName(name)}\t{method}\t{result.ComputeTime.TotalSeconds:F5}"));
            }
        }
    }

    /// <summary>Runs until the code is compiled in its final form; the times are those of the runs that follow.</summary>
    private static async Task WarmUpAsync(IRestorer restorer, RestorationRequest request)
    {
        long start = Stopwatch.GetTimestamp();
        do
        {
            (await restorer.RestoreAsync(request)).Dispose();
        }
        while (Stopwatch.GetElapsedTime(start) < WarmUpTime);
    }

    private static CompletionRestorer Create(string method, int channels)
    {
        string[] parts = method.Split(':');
        return parts[0] switch
        {
            "nearest" => new NearestRestorer(channels),
            "linear" => new LinearRestorer(channels),
            "biharmonic" => new BiharmonicRestorer(channels),
            "telea" => new TeleaRestorer(new TeleaOptions { Radius = Number(3) }, channels),
            "patchmatch" => new PatchMatchRestorer(new PatchMatchOptions { Seed = Number(0) }, channels),
            _ => throw new ArgumentException($"'{method}' is no method. {Usage}."),
        };

        int Number(int fallback) => parts.Length > 1 ? int.Parse(parts[1], CultureInfo.InvariantCulture) : fallback;
    }

    private static ImageTensor ReadImage(string path)
    {
        (float[] values, int[] shape) = NpyFile.Read<float>(path);
        return shape is [int channels, int height, int width]
            ? ImageTensor.Wrap(values, ImageShape.Single(channels, height, width))
            : throw new InvalidDataException($"'{path}' has {shape.Length} dimensions; it must be channels × height × width.");
    }

    private static Mask ReadMask(string path)
    {
        (byte[] values, int[] shape) = NpyFile.Read<byte>(path);
        if (shape is not [int height, int width])
        {
            throw new InvalidDataException($"'{path}' has {shape.Length} dimensions; it must be height × width.");
        }

        var mask = new Mask(height, width);
        values.CopyTo(mask.Values);
        return mask;
    }
}
