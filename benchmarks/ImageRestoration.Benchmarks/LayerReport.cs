using System.Diagnostics;
using System.Globalization;
using ImageRestoration.Imaging;
using ImageRestoration.Latents;
using ImageRestoration.Managed;
using ImageRestoration.Networks;
using ImageRestoration.Numerics;

namespace ImageRestoration.Benchmarks;

/// <summary>What the managed engine reaches per layer shape, and of the peak that the processor was seen to reach: <c>--layers</c>. One thread, best of several runs.</summary>
internal static class LayerReport
{
    public const string Option = "--layers";

    private const int Runs = 25;
    private const int Chain = 8;

    private sealed record Shape(string Name, int Channels, int Size, Func<NetworkValue, NetworkValue> Build);

    private static readonly Shape[] Shapes =
    [
        new($"{Chain} × 3×3, 32→32, 256²", 32, 256, x => Repeat(x, y => y.Conv2d(32, 3, padding: 1))),
        new($"{Chain} × 3×3, 64→64, 256²", 64, 256, x => Repeat(x, y => y.Conv2d(64, 3, padding: 1))),
        new($"{Chain} × 3×3, 64→64, 128²", 64, 128, x => Repeat(x, y => y.Conv2d(64, 3, padding: 1))),
        new($"{Chain} × 3×3, 128→128, 64²", 128, 64, x => Repeat(x, y => y.Conv2d(128, 3, padding: 1))),
        new($"{Chain} × 3×3, 256→256, 32²", 256, 32, x => Repeat(x, y => y.Conv2d(256, 3, padding: 1))),
        new($"{Chain} × 1×1, 64→64, 128²", 64, 128, x => Repeat(x, y => y.Conv2d(64, 1))),
        new("3×3, 3→64, 256²", 3, 256, x => x.Conv2d(64, 3, padding: 1)),
        new("3×3, 64→3, 256²", 64, 256, x => x.Conv2d(3, 3, padding: 1)),
        new("2×2 stride 2, 64→128, 128²", 64, 128, x => x.Conv2d(128, 2, stride: 2)),
        new("1×1 and PixelShuffle, 128→256, 64²", 128, 64, x => x.Conv2d(256, 1).PixelShuffle(2)),
    ];

    public static async Task<int> RunAsync()
    {
        double peak = MultiplyAddPeak.Measure();
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"Peak of one thread: {peak:0} GFLOP/s\n"));
        Console.WriteLine("| layers | direct (GFLOP/s) | share of peak | as run (GFLOP/s) |");
        Console.WriteLine("| --- | --- | --- | --- |");
        foreach (Shape shape in Shapes)
        {
            double direct = await MeasureAsync(shape, winograd: false), asRun = await MeasureAsync(shape, winograd: true);
            Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"| {shape.Name} | {direct:0} | {direct / peak:0 %} | {asRun:0} |"));
        }

        return 0;
    }

    private static NetworkValue Repeat(NetworkValue value, Func<NetworkValue, NetworkValue> layer)
    {
        for (int i = 0; i < Chain; i++)
        {
            value = layer(value);
        }

        return value;
    }

    private static async Task<double> MeasureAsync(Shape shape, bool winograd)
    {
        var builder = new NetworkBuilder(shape.Name);
        builder.Output("result", shape.Build(builder.Input("image", shape.Channels)));
        Network network = builder.Build();
        using var encoder = new ManagedEncoder(network, NetworkWeights.Initialize(network, new SeededRandom(1)), new ManagedOptions { Threads = 1, AllowWinograd = winograd });
        using ImageTensor image = ImageTensor.Create(new ImageShape(1, shape.Channels, shape.Size, shape.Size));
        TimeSpan best = TimeSpan.MaxValue;
        for (int run = 0; run < Runs; run++)
        {
            long start = Stopwatch.GetTimestamp();
            using Latent result = await encoder.EncodeAsync(image);
            TimeSpan time = Stopwatch.GetElapsedTime(start);
            best = time < best ? time : best;
        }

        return 2 * network.MacsPerPixel * shape.Size * shape.Size / best.TotalSeconds / 1e9;
    }
}
