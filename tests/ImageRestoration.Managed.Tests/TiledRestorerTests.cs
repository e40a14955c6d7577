using ImageRestoration.Imaging;
using ImageRestoration.Masking;
using ImageRestoration.Networks;
using ImageRestoration.Networks.Architectures;
using ImageRestoration.Numerics;
using ImageRestoration.Restoration;
using ImageRestoration.Tests.Networks;
using ImageRestoration.Tests.Tiling;
using ImageRestoration.Tiling;
using Xunit.Abstractions;

namespace ImageRestoration.Managed.Tests;

/// <summary>Tiles give the whole picture's result: bit by bit where convolutions are computed directly; by Winograd's algorithm within 1e-5, and at 8 bits but for values on the border of two levels.</summary>
public sealed class TiledRestorerTests(ITestOutputHelper log)
{
    private const float Tolerance = 1e-5f;

    public static TheoryData<ulong, bool> Seeds()
    {
        var data = new TheoryData<ulong, bool>();
        for (ulong seed = 0; seed < 40; seed++)
        {
            data.Add(seed, seed % 2 == 0);
        }

        return data;
    }

    [Theory]
    [MemberData(nameof(Seeds))]
    public async Task RestoreAsync_RandomNetworkSizeAndTiles_EqualsUntiled(ulong seed, bool winograd)
    {
        bool mask = seed % 5 == 0;
        await AssertEqualsUntiledAsync(RandomPictureNetworks.Create(seed, channels: 3, mask, width: 18), seed, mask, winograd);
    }

    [Theory]
    [InlineData("unet", true)]
    [InlineData("unet", false)]
    [InlineData("dncnn", true)]
    [InlineData("dncnn", false)]
    public async Task RestoreAsync_Architecture_EqualsUntiled(string architecture, bool winograd)
        => await AssertEqualsUntiledAsync(architecture == "unet" ? UNet.Create(new UNetOptions { Channels = [16, 24, 32, 40] }) : DnCnn.Create(depth: 9, channels: 32), seed: 3, mask: false, winograd);

    private async Task AssertEqualsUntiledAsync(Network network, ulong seed, bool mask, bool winograd)
    {
        var random = new SeededRandom(seed + 50);
        var model = new Model(network, NetworkWeights.Initialize(network, new SeededRandom(seed)), new ModelInfo { Name = network.Name, Task = RestorationTask.Other });
        using var inner = new ManagedRestorer(model, new ManagedOptions { AllowWinograd = winograd });
        Size2d alignment = inner.Info.TileAlignment ?? inner.Info.SizeMultiple;
        int smallest = (2 * (inner.Info.TileHalo!.Value.Radius + network.SizeMultiple.Height + network.SizeMultiple.Width)) + (2 * Math.Max(alignment.Height, alignment.Width));
        (int least, int leastWidth) = RandomNetworks.SmallestSize(network);
        for (int round = 0; round < 3; round++)
        {
            var tile = new Size2d(smallest + random.Next(70), smallest + random.Next(70));
            int height = least + random.Next(5 * tile.Height / 2), width = leastWidth + random.Next(5 * tile.Width / 2);
            using ImageTensor image = RandomNetworks.Picture(new ImageShape(1 + (round % 2), 3, height, width), seed + (ulong)round);
            Mask? holes = null;
            if (mask)
            {
                holes = new Mask(height, width);
                holes.Values[(holes.Values.Length / 3)..].Fill(1);
            }

            using var tiled = new TiledRestorer(inner, new TilingOptions { TileSize = tile, BatchSize = random.Next(1, 4) }, leaveOpen: true);
            var options = new RestorationOptions { Clamp = false };
            using RestorationResult whole = await inner.RestoreAsync(new RestorationRequest(image, holes), options), tiles = await tiled.RestoreAsync(new RestorationRequest(image, holes), options);

            float largest = 0;
            int levels = 0, different = 0;
            for (int i = 0; i < image.Span.Length; i++)
            {
                (float a, float b) = (whole.Image.Span[i], tiles.Image.Span[i]);
                largest = Math.Max(largest, Math.Abs(a - b));
                levels += MathF.Round(a * 255) == MathF.Round(b * 255) ? 0 : 1;
                different += a.Equals(b) ? 0 : 1;
            }

            string what = $"{image.Shape} in tiles of {tile}, halo {inner.Info.TileHalo}, alignment {alignment}: largest difference {largest}, {different} values of {image.Span.Length} differ, {levels} at 8 bits";
            log.WriteLine(what);
            Assert.True(largest <= (winograd ? Tolerance : 0), what);

            // Rounding errors of 1e-7 take one value in 20,000 of those that differ across the border of two levels.
            Assert.True(levels <= (winograd ? 1 + (image.Span.Length / 100_000) : 0), what);
        }
    }
}
