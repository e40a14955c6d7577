using System.Diagnostics;
using System.Globalization;
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
/// Peak memory of a process that inpaints a picture of 24 megapixels in tiles: <c>--masked [BACKEND] [HEIGHT] [WIDTH]</c>.
/// </summary>
internal static class MaskedReport
{
    public const string Option = "--masked";

    private const int Tile = 320;

    public static async Task<int> RunAsync(string[] arguments)
    {
        string backend = arguments.Length > 0 ? arguments[0] : "managed";
        int height = arguments.Length > 1 ? int.Parse(arguments[1], CultureInfo.InvariantCulture) : 4000;
        int width = arguments.Length > 2 ? int.Parse(arguments[2], CultureInfo.InvariantCulture) : 6000;
        Model model = PretrainedModels.InpaintColorFast.Load();
        using IRestorer restorer = new TiledRestorer(
            backend == "onnx" ? new OnnxRestorer(model, new OnnxOptions { IntraOpThreads = 2 }) : new ManagedRestorer(model), new TilingOptions { TileSize = Tile });
        using ImageTensor image = SyntheticPicture.Create(height, width);
        Mask mask = new FreeFormMaskStrategy().Create(height, width, new SeededRandom(1));
        long before = Peak();
        var watch = Stopwatch.StartNew();
        using RestorationResult result = await restorer.RestoreAsync(new RestorationRequest(image, mask));
        double picture = 4.0 * image.Span.Length / 1e6;
        Console.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"{backend}: {width}×{height}, {100 * mask.MissingShare():0} % missing, tiles of {Tile}²: {watch.Elapsed.TotalSeconds:0.0} s; peak "
            + $"{Peak() / 1e6:0} MB of the process, {before / 1e6:0} MB before it began; one picture is {picture:0} MB"));
        return 0;
    }

    private static long Peak()
    {
        using Process self = Process.GetCurrentProcess();
        return self.PeakWorkingSet64;
    }
}
