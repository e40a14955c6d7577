using System.CommandLine;
using System.Diagnostics;
using System.Globalization;
using ImageRestoration.Classical.Denoising;
using ImageRestoration.Imaging;
using ImageRestoration.Masking;
using ImageRestoration.Quality.Restorers;
using ImageRestoration.Restoration;

namespace ImageRestoration.Quality.Exchange;

/// <summary>Restores arrays for comparison with other programs, which give the pictures and the noise and take the results.</summary>
internal static class ExchangeCommand
{
    private const string Estimate = "estimate";
    private const string ImageSuffix = ".image.npy";
    private static readonly TimeSpan WarmUpTime = TimeSpan.FromSeconds(2);

    public static Command Create()
    {
        var folder = new Argument<DirectoryInfo>("FOLDER") { Description = "Folder of the arrays." };
        var methods = new Argument<string[]>("METHOD") { Description = $"Restorers, as for --restorer, or '{Estimate}' for the strength of the noise.", Arity = ArgumentArity.OneOrMore };
        Option<string> backend = CommonOptions.Backend();
        Option<int?> threads = CommonOptions.Threads();
        var command = new Command("exchange", """
            Restores each NAME.image.npy (float32, channels × height × width, [0, 1]) of a folder with each method, under NAME.mask.npy
            (uint8, height × width, 1 = missing) where there is one, writes NAME.METHOD.npy beside it with '-' for ':', and prints NAME, METHOD
            and the seconds after a warm-up (of 'estimate': sigma on the scale [0, 255]), separated by tabs.
            """)
        {
            folder, methods, backend, threads,
        };
        command.SetAction((result, cancellationToken) => RunAsync(
            result.GetRequiredValue(folder).FullName,
            result.GetRequiredValue(methods),
            name => RestorerFactory.Create(name, result.GetRequiredValue(backend), result.GetValue(threads)),
            result.InvocationConfiguration.Output,
            cancellationToken));
        return command;
    }

    private static async Task RunAsync(string folder, string[] methods, Func<string, IRestorer> createRestorer, TextWriter output, CancellationToken cancellationToken)
    {
        string[] images = Directory.Exists(folder) ? [.. Directory.EnumerateFiles(folder, $"*{ImageSuffix}").Order(StringComparer.Ordinal)] : [];
        if (images.Length == 0)
        {
            throw new QualityException($"'{folder}' has no file *{ImageSuffix}. Give a folder of arrays.");
        }

        foreach (string method in methods)
        {
            using IRestorer restorer = method == Estimate ? new UnchangedRestorer() : createRestorer(method);
            for (int i = 0; i < images.Length; i++)
            {
                string name = images[i][..^ImageSuffix.Length];
                using ImageTensor image = ReadImage(images[i]);
                double number = method == Estimate
                    ? NoiseEstimate.Of(image).Level
                    : await RestoreAsync(restorer, image, name, method, isFirst: i == 0, cancellationToken);
                output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{Path.GetFileName(name)}\t{method}\t{number:F5}"));
            }
        }
    }

    /// <summary>Writes the result and gives the seconds.</summary>
    private static async Task<double> RestoreAsync(IRestorer restorer, ImageTensor image, string name, string method, bool isFirst, CancellationToken cancellationToken)
    {
        string maskFile = $"{name}.mask.npy";
        var request = new RestorationRequest(image, File.Exists(maskFile) ? ReadMask(maskFile) : null);
        if (isFirst)
        {
            // Until the code is compiled in its final form; the times are those of the runs that follow.
            long start = Stopwatch.GetTimestamp();
            do
            {
                (await restorer.RestoreAsync(request, options: null, cancellationToken)).Dispose();
            }
            while (Stopwatch.GetElapsedTime(start) < WarmUpTime);
        }

        using RestorationResult result = await restorer.RestoreAsync(request, options: null, cancellationToken);
        NpyFile.Write<float>($"{name}.{Path.GetFileName(method).Replace(':', '-')}.npy", result.Image.Span, image.Channels, image.Height, image.Width);
        return result.ComputeTime.TotalSeconds;
    }

    private static ImageTensor ReadImage(string path)
    {
        (float[] values, int[] shape) = NpyFile.Read<float>(path);
        return shape is [int channels, int height, int width]
            ? ImageTensor.Wrap(values, ImageShape.Single(channels, height, width))
            : throw new QualityException($"'{path}' has {shape.Length} dimensions; it must be channels × height × width.");
    }

    private static Mask ReadMask(string path)
    {
        (byte[] values, int[] shape) = NpyFile.Read<byte>(path);
        if (shape is not [int height, int width])
        {
            throw new QualityException($"'{path}' has {shape.Length} dimensions; it must be height × width.");
        }

        var mask = new Mask(height, width);
        values.CopyTo(mask.Values);
        return mask;
    }
}
