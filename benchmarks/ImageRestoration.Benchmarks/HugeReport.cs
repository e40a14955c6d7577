using System.Diagnostics;
using System.Globalization;
using ImageRestoration.Imaging;
using ImageRestoration.Managed;
using ImageRestoration.NetVips;
using ImageRestoration.Networks;
using ImageRestoration.Networks.Architectures;
using ImageRestoration.Numerics;
using ImageRestoration.Photos;
using ImageRestoration.Restoration;
using ImageRestoration.Tiling;
using NetVips;

namespace ImageRestoration.Benchmarks;

/// <summary>
/// Makes an RGB file larger than memory should hold, restores it row by row with a small U-Net, and prints time and peak memory of the
/// process: <c>--huge [side] [tile] [png|bigtiff]</c>; 20,000, 512 and png where not given. A BigTIFF has tiles of 256² without
/// compression; its result is a TIFF.
/// </summary>
internal static class HugeReport
{
    public const string Option = "--huge";

    private const int DefaultSide = 20_000;
    private const int DefaultTile = 512;
    private const int BandHeight = 64;
    private const int DiskTile = 256;

    public static async Task<int> RunAsync(string[] arguments)
    {
        int side = arguments.Length > 0 ? int.Parse(arguments[0], CultureInfo.InvariantCulture) : DefaultSide;
        int tile = arguments.Length > 1 ? int.Parse(arguments[1], CultureInfo.InvariantCulture) : DefaultTile;
        bool tiff = arguments.Length > 2 && arguments[2] == "bigtiff";
        string folder = Directory.CreateTempSubdirectory("huge").FullName;
        string png = Path.Combine(folder, "huge.png"), input = tiff ? Path.ChangeExtension(png, ".tif") : png;
        string output = Path.Combine(folder, tiff ? "restored.tif" : "restored.png");
        try
        {
            var watch = Stopwatch.StartNew();
            await RowFile.WriteAsync(png, new RowFormat(side, side, 3, 8), sink => Task.Run(() => Paint(sink)));
            if (tiff)
            {
                using Image image = Image.NewFromFile(png, access: Enums.Access.Sequential);
                image.Tiffsave(input, tile: true, tileWidth: DiskTile, tileHeight: DiskTile, bigtiff: true);
                File.Delete(png);
            }

            Say($"made {side}×{side} RGB, {new FileInfo(input).Length / 1e6:0} MB", watch.Elapsed);

            Network network = UNet.Create(new UNetOptions { Channels = [8, 16] });
            var info = new ModelInfo { Name = network.Name, Task = RestorationTask.Denoise };
            var model = new Model(network, NetworkWeights.Initialize(network, new SeededRandom(1)), info);
            using var restorer = new RowRestorer(new ManagedRestorer(model), new TilingOptions { TileSize = tile });
            Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{network.Name}: {network.MacsPerPixel:0} MACs per pixel, "
                + $"halo {restorer.Info.TileHalo}, tiles of at most {tile}²"));
            watch.Restart();
            TimeSpan time = await restorer.RestoreFileAsync(
                input, output, codec: new NetVipsCodec(), options: new RestorationOptions { Progress = new Tenths(watch) });
            Say($"restored, {new FileInfo(output).Length / 1e6:0} MB; {time.TotalSeconds:0.0} s of it in the network", watch.Elapsed);

            using Process self = Process.GetCurrentProcess();
            Console.WriteLine(
                string.Create(CultureInfo.InvariantCulture, $"peak memory of the process: {self.PeakWorkingSet64 / 1e6:0} MB"));
            return 0;
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    private static void Say(string what, TimeSpan time)
        => Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{what}: {time.TotalSeconds:0.0} s, "
            + $"{GC.GetTotalMemory(false) / 1e6:0} MB on the heap"));

    /// <summary>Waves with edges, and noise so that the file does not shrink to nothing.</summary>
    private static void Paint(IRowSink sink)
    {
        RowFormat format = sink.Format;
        using ImageTensor band = ImageTensor.CreateUninitialized(ImageShape.Single(format.Channels, BandHeight, format.Width));
        var random = new SeededRandom(1);
        for (int top = 0; top < format.Height; top += BandHeight)
        {
            int count = Math.Min(BandHeight, format.Height - top);
            for (int c = 0; c < format.Channels; c++)
            {
                for (int y = 0; y < count; y++)
                {
                    Span<float> row = band.Row(0, c, y);
                    float wave = MathF.Sin(((top + y) * 0.07f) + c);
                    for (int x = 0; x < row.Length; x++)
                    {
                        float edge = ((x >> 6) + ((top + y) >> 6)) % 2 == 0 ? 0.2f : -0.2f;
                        row[x] = 0.5f + edge + (0.2f * wave) + (0.1f * (random.NextSingle() - 0.5f));
                    }
                }
            }

            sink.Write(band, 0, count);
        }
    }

    /// <summary>Says each tenth of the tiles when it is done.</summary>
    private sealed class Tenths(Stopwatch watch) : IProgress<RestorationProgress>
    {
        private int _said;

        public void Report(RestorationProgress value)
        {
            int tenths = (int)(10L * value.Done / value.Total);
            if (tenths > _said)
            {
                _said = tenths;
                Say($"{10 * tenths} % of {value.Total} tiles", watch.Elapsed);
            }
        }
    }
}
