using System.Diagnostics;
using System.Globalization;
using ImageRestoration.Classical.Denoising;
using ImageRestoration.Classical.Inpainting;
using ImageRestoration.Classical.LowLight;
using ImageRestoration.Imaging;
using ImageRestoration.Managed;
using ImageRestoration.Masking;
using ImageRestoration.Models;
using ImageRestoration.Networks;
using ImageRestoration.Numerics;
using ImageRestoration.OnnxRuntime;
using ImageRestoration.Restoration;
using ImageRestoration.Tiling;

namespace ImageRestoration.Benchmarks;

/// <summary>
/// How long after a token is cancelled a restoration of 12 megapixels ends: <c>--cancellation [PART]</c>, all restorers or those whose name contains
/// the part. Each is cancelled at many points of its run, so that every phase is met.
/// </summary>
internal static class CancellationReport
{
    public const string Option = "--cancellation";

    private const int Height = 3000;
    private const int Width = 4000;
    private const int Points = 24;

    public static async Task<int> RunAsync(string[] arguments)
    {
        using ImageTensor image = SyntheticPicture.Create(Height, Width);
        using ImageTensor grey = ImageTensor.Wrap(image.Memory[..(Height * Width)], ImageShape.Single(1, Height, Width));
        Mask mask = new FreeFormMaskStrategy().Create(Height, Width, new SeededRandom(1));
        Console.WriteLine("| restorer | run, s | ends after cancelling, ms: median | most |");
        Console.WriteLine("| --- | --- | --- | --- |");
        foreach ((string name, Func<IRestorer> create) in Restorers().Where(r => arguments.Length == 0 || r.Name.Contains(arguments[0], StringComparison.Ordinal)))
        {
            using IRestorer restorer = create();
            var request = new RestorationRequest(restorer.Info.Channels == 1 ? grey : image, restorer.Info.TakesMask ? mask : null);
            (double run, double median, double most) = await MeasureAsync(restorer, request);
            Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"| {name} | {run:0.0} | {median:0} | {most:0} |"));
        }

        return 0;
    }

    private static IEnumerable<(string Name, Func<IRestorer> Create)> Restorers()
    {
        Model inpaint = PretrainedModels.InpaintColorFast.Load(), brighten = PretrainedModels.BrightenColorFast.Load();
        Model denoise = PretrainedModels.DenoiseColorFast.Load();
        yield return ("inpaint-color-fast, managed, tiled", () => new TiledRestorer(new ManagedRestorer(inpaint)));
        yield return ("inpaint-color-fast, ONNX Runtime, tiled", () => new TiledRestorer(new OnnxRestorer(inpaint)));
        yield return ("brighten-color-fast, managed, tiled", () => new TiledRestorer(new ManagedRestorer(brighten)));
        yield return ("denoise-color-fast, managed, whole", () => new ManagedRestorer(denoise));
        yield return ("denoise-color-fast, ONNX Runtime, whole", () => new OnnxRestorer(denoise));
        yield return ("denoise-color-fast, managed, whole, ensemble of 2", () => new SelfEnsembleRestorer(new ManagedRestorer(denoise), 2));
        yield return ("telea", () => new TeleaRestorer());
        yield return ("biharmonic", () => new BiharmonicRestorer());
        yield return ("patchmatch", () => new PatchMatchRestorer());
        yield return ("texture", () => new TextureSynthesisRestorer(new HarmonicRestorer()));
        yield return ("linear", () => new LinearRestorer());
        yield return ("nearest", () => new NearestRestorer());
        yield return ("non-local-means", () => new NonLocalMeansRestorer());
        yield return ("total-variation", () => new TotalVariationRestorer());
        yield return ("clahe", () => new ClaheRestorer());
    }

    private static async Task<(double Run, double Median, double Most)> MeasureAsync(IRestorer restorer, RestorationRequest request)
    {
        var watch = Stopwatch.StartNew();
        (await restorer.RestoreAsync(request)).Dispose();
        watch.Restart();
        (await restorer.RestoreAsync(request)).Dispose();
        double run = watch.Elapsed.TotalSeconds;
        var latencies = new List<double>();
        for (int i = 0; i < Points; i++)
        {
            using var source = new CancellationTokenSource();
            Task<RestorationResult> task = restorer.RestoreAsync(request, cancellationToken: source.Token);

            // Denser at the beginning, where a picture is prepared.
            await Task.Delay(TimeSpan.FromSeconds(run * Math.Pow((i + 0.5) / Points, 2)));
            watch.Restart();
            await source.CancelAsync();
            try
            {
                (await task).Dispose();
            }
            catch (OperationCanceledException)
            {
            }

            latencies.Add(watch.Elapsed.TotalMilliseconds);
        }

        latencies.Sort();
        return (run, latencies[latencies.Count / 2], latencies[^1]);
    }
}
