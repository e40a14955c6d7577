using System.Diagnostics;
using System.Globalization;
using ImageRestoration.ImageSharp;
using ImageRestoration.Imaging;
using ImageRestoration.Managed;
using ImageRestoration.Models;
using ImageRestoration.NetVips;
using ImageRestoration.Photos;
using SixLabors.ImageSharp;

namespace ImageRestoration.Benchmarks;

/// <summary>
/// A JPEG of 12 megapixels becomes a restored PNG, through each codec; beside it the same with ImageSharp's encoder of PNG. The ways take
/// turns, each as often as is asked for: <c>--photo photograph.jpg [runs]</c>, 5 runs where not given. The photograph is repeated to the
/// size.
/// </summary>
internal static class PhotoReport
{
    public const string Option = "--photo";

    private const int Width = 4000;
    private const int Height = 3000;

    public static async Task<int> RunAsync(string[] arguments)
    {
        int runs = arguments.Length > 1 ? int.Parse(arguments[1], CultureInfo.InvariantCulture) : 5;
        string folder = Directory.CreateTempSubdirectory("photo").FullName;
        string input = Path.Combine(folder, "in.jpg"), output = Path.Combine(folder, "out.png");
        try
        {
            using (ImageTensor photograph = await ImageFile.LoadAsync(arguments[0]))
            using (ImageTensor large = Repeat(photograph))
            {
                await ImageFile.SaveAsync(large, input, new ImageSaveOptions { JpegQuality = 90 });
            }

            var managed = new ManagedOptions { Threads = 2 };
            using var restorer = new ManagedRestorer(PretrainedModels.DenoiseColorFast.Load(), managed);
            var ways = new (string Name, IPhotoCodec Codec, bool Before)[]
            {
                ("ImageSharp's PNG", new ImageSharpCodec(), true),
                ("ImageSharpCodec", new ImageSharpCodec(), false),
                ("NetVipsCodec", new NetVipsCodec(), false),
            };
            var times = ways.ToDictionary(way => way.Name, _ => new List<double>());
            var outside = ways.ToDictionary(way => way.Name, _ => new List<double>());
            for (int run = 0; run <= runs; run++)
            {
                foreach ((string name, IPhotoCodec codec, bool before) in ways)
                {
                    var watch = Stopwatch.StartNew();
                    using var photos = new PhotoRestorer(restorer, codec, leaveOpen: true);
                    TimeSpan compute = before
                        ? await RestoreAsync(restorer, input, output)
                        : (await photos.RestoreAsync(input, output)).ComputeTime;
                    double seconds = watch.Elapsed.TotalSeconds;
                    long length = new FileInfo(output).Length;
                    Console.WriteLine(string.Create(
                        CultureInfo.InvariantCulture,
                        $"{name}: {seconds:0.00} s, {compute.TotalSeconds:0.00} s of it in the network, "
                            + $"{length / 1e6:0.00} MB{(run == 0 ? " (warm-up)" : "")}"));
                    if (run > 0)
                    {
                        times[name].Add(seconds);
                        outside[name].Add(seconds - compute.TotalSeconds);
                    }
                }
            }

            foreach ((string name, List<double> seconds) in times)
            {
                double ratio = Median([.. seconds.Select((s, i) => times[ways[0].Name][i] / s)]);
                Console.WriteLine(string.Create(
                    CultureInfo.InvariantCulture,
                    $"{name}: median {Median(seconds):0.00} s, {Median(outside[name]):0.00} s outside the network; "
                        + $"{ratio:0.00} times as fast as the first, pair by pair"));
            }

            return 0;
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    private static async Task<TimeSpan> RestoreAsync(ManagedRestorer restorer, string input, string output)
    {
        using ImageTensor image = await ImageFile.LoadAsync(input);
        using Restoration.RestorationResult result = await restorer.RestoreAsync(new Restoration.RestorationRequest(image));
        using Image written = result.Image.ToImage(0);
        await written.SaveAsPngAsync(output);
        return result.ComputeTime;
    }

    private static double Median(List<double> values) => values.Order().ElementAt(values.Count / 2);

    /// <summary>Mirrors a picture at its borders as often as it takes.</summary>
    private static ImageTensor Repeat(ImageTensor photograph)
    {
        ImageTensor large = ImageTensor.CreateUninitialized(ImageShape.Single(photograph.Channels, Height, Width));
        for (int c = 0; c < photograph.Channels; c++)
        {
            for (int y = 0; y < Height; y++)
            {
                ReadOnlySpan<float> source = photograph.Row(0, c, Mirror(y, photograph.Height));
                Span<float> target = large.Row(0, c, y);
                for (int x = 0; x < Width; x++)
                {
                    target[x] = source[Mirror(x, photograph.Width)];
                }
            }
        }

        return large;
    }

    private static int Mirror(int position, int extent)
    {
        int within = position % (2 * extent);
        return within < extent ? within : (2 * extent) - 1 - within;
    }
}
