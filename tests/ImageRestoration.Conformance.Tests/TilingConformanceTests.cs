using ImageRestoration.Imaging;
using ImageRestoration.Masking;
using ImageRestoration.Networks;
using ImageRestoration.Networks.Architectures;
using ImageRestoration.Numerics;
using ImageRestoration.OnnxRuntime;
using ImageRestoration.Restoration;
using ImageRestoration.Tests.Tiling;
using ImageRestoration.Tiling;
using Xunit.Abstractions;

namespace ImageRestoration.Tests.Conformance;

/// <summary>On every backend, tiles give the whole picture's result: within 1e-5, and at 8 bits but for values that lie on the border of two levels.</summary>
public sealed class TilingConformanceTests(ITestOutputHelper log)
{
    private const float Tolerance = 1e-5f;

    /// <summary>Values on the border of two levels for each million: a difference of a rounding error, 1e-7, takes one value in 20,000 of those that differ across it.</summary>
    private const int AllowedInAMillion = 10;

    public static TheoryData<string, string> AllCases()
    {
        var data = new TheoryData<string, string>();
        foreach (ConformanceBackend backend in ConformanceBackend.All)
        {
            foreach (string name in Networks.Keys)
            {
                data.Add(backend.Name, name);
            }
        }

        return data;
    }

    private static Dictionary<string, Network> Networks { get; } = CreateNetworks();

    [Theory]
    [MemberData(nameof(AllCases))]
    public async Task RestoreAsync_TilesOfAnyNetwork_EqualTheWholePicture(string backendName, string networkName)
    {
        Network network = Networks[networkName];
        var model = new Model(network, NetworkWeights.Initialize(network, new SeededRandom(9)), new ModelInfo { Name = network.Name, Task = RestorationTask.Other });
        using IRestorer inner = ConformanceBackend.All.Single(b => b.Name == backendName).CreateRestorer(model);
        Assert.Equal(network.TileHalo, inner.Info.TileHalo);
        Assert.Equal(network.SizeMultiple, inner.Info.SizeMultiple);
        var random = new SeededRandom(17);
        Size2d alignment = inner.Info.TileAlignment ?? inner.Info.SizeMultiple;
        int smallest = (2 * network.TileHalo.Radius) + (2 * Math.Max(network.SizeMultiple.Height, network.SizeMultiple.Width)) + (2 * Math.Max(alignment.Height, alignment.Width));
        long values = 0, levels = 0;
        for (int round = 0; round < 2; round++)
        {
            var tile = new Size2d(smallest + random.Next(60), smallest + random.Next(60));
            using ImageTensor image = NetworkCase.RandomInput(new ImageShape(1 + round, 3, tile.Height + random.Next(50, 100), tile.Width + random.Next(50, 200)), seed: (ulong)round);
            Mask? mask = inner.Info.TakesMask ? Stripes(image.Height, image.Width) : null;
            using var tiled = new TiledRestorer(inner, new TilingOptions { TileSize = tile, BatchSize = 1 + (2 * round) }, leaveOpen: true);
            using RestorationResult whole = await inner.RestoreAsync(new RestorationRequest(image, mask)), tiles = await tiled.RestoreAsync(new RestorationRequest(image, mask));
            float largest = 0;
            for (int i = 0; i < image.Span.Length; i++)
            {
                (float a, float b) = (whole.Image.Span[i], tiles.Image.Span[i]);
                largest = Math.Max(largest, Math.Abs(a - b));
                levels += MathF.Round(a * 255) == MathF.Round(b * 255) ? 0 : 1;
            }

            values += image.Span.Length;
            log.WriteLine($"{image.Shape} in tiles of {tile}: largest difference {largest}, {levels} of {values} values at 8 bits");
            Assert.True(largest <= Tolerance, $"{image.Shape} in tiles of {tile}: largest difference {largest}, allowed {Tolerance}.");
        }

        Assert.True(levels <= 1 + (values * AllowedInAMillion / 1_000_000), $"{levels} of {values} values differ at 8 bits.");
    }

    [Theory]
    [MemberData(nameof(NetworkConformanceTests.AllBackends), MemberType = typeof(NetworkConformanceTests))]
    public async Task MeasureSeamsAsync_ExactTiles_DifferByRoundingOnly(string backendName)
    {
        Network network = Networks["unet"];
        var model = new Model(network, NetworkWeights.Initialize(network, new SeededRandom(9)), new ModelInfo { Name = network.Name, Task = RestorationTask.Other });
        using var tiled = new TiledRestorer(ConformanceBackend.All.Single(b => b.Name == backendName).CreateRestorer(model), new TilingOptions { TileSize = 160 });
        using ImageTensor image = NetworkCase.RandomInput(ImageShape.Single(3, 201, 263), seed: 4);

        SeamReport seams = await tiled.MeasureSeamsAsync(new RestorationRequest(image));

        Assert.True(seams.ValueCount > 0 && seams.MaximumDifference <= Tolerance, $"{seams}");
    }

    [Fact]
    public async Task Load_ExportedFile_IsTiledAsTheModelItself()
    {
        Network network = Networks["unet"];
        var model = new Model(network, NetworkWeights.Initialize(network, new SeededRandom(9)), new ModelInfo { Name = network.Name, Task = RestorationTask.Other });
        string path = Path.Combine(Path.GetTempPath(), $"{Guid.NewGuid():N}.onnx");
        try
        {
            OnnxExporter.Export(model, path);
            using var tiled = new TiledRestorer(OnnxRestorer.Load(path), new TilingOptions { TileSize = 128 });
            Assert.Equal((network.TileHalo, network.ValuesPerPixel), (tiled.Info.TileHalo, tiled.Info.ValuesPerPixel));
            using ImageTensor image = NetworkCase.RandomInput(ImageShape.Single(3, 201, 263), seed: 4);
            Assert.True((await tiled.MeasureSeamsAsync(new RestorationRequest(image))).MaximumDifference <= Tolerance);
        }
        finally
        {
            File.Delete(path);
        }
    }

    private static Dictionary<string, Network> CreateNetworks()
    {
        var networks = new Dictionary<string, Network>(StringComparer.Ordinal)
        {
            ["unet"] = UNet.Create(new UNetOptions { Channels = [16, 20, 24] }),
            ["dncnn"] = DnCnn.Create(depth: 6, channels: 16),
        };
        for (ulong seed = 0; seed < 8; seed++)
        {
            networks.Add($"random {seed}", RandomPictureNetworks.Create(seed + 100, channels: 3, mask: seed % 4 == 0, width: seed % 2 == 0 ? 6 : 16));
        }

        return networks;
    }

    private static Mask Stripes(int height, int width)
    {
        var mask = new Mask(height, width);
        for (int i = 0; i < mask.Values.Length; i++)
        {
            mask.Values[i] = (byte)(i / 5 % 2);
        }

        return mask;
    }
}
