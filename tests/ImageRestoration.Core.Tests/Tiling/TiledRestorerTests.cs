using ImageRestoration.Imaging;
using ImageRestoration.Masking;
using ImageRestoration.Networks;
using ImageRestoration.Networks.Architectures;
using ImageRestoration.Numerics;
using ImageRestoration.Restoration;
using ImageRestoration.Tests.Networks;
using ImageRestoration.Tests.Restoration;
using ImageRestoration.Tiling;

namespace ImageRestoration.Tests.Tiling;

public sealed class TiledRestorerTests
{
    public static TheoryData<ulong> Seeds()
    {
        var data = new TheoryData<ulong>();
        for (ulong seed = 0; seed < 48; seed++)
        {
            data.Add(seed);
        }

        return data;
    }

    [Theory]
    [MemberData(nameof(Seeds))]
    public async Task RestoreAsync_RandomNetworkSizeAndTiles_EqualsUntiled(ulong seed)
    {
        var random = new SeededRandom(seed + 1000);
        bool mask = seed % 3 == 0;
        using var inner = new ReferenceRestorer(RandomPictureNetworks.Create(seed, mask: mask), seed);
        await AssertEqualsUntiledAsync(inner, random, mask);
    }

    [Theory]
    [InlineData("unet")]
    [InlineData("unet of two blocks")]
    [InlineData("dncnn")]
    public async Task RestoreAsync_Architecture_EqualsUntiled(string architecture)
    {
        Network network = architecture switch
        {
            "unet" => UNet.Create(new UNetOptions { ImageChannels = 1, Channels = [3, 4, 5] }),
            "unet of two blocks" => UNet.Create(new UNetOptions { ImageChannels = 1, Channels = [3, 4], BlocksPerLevel = [2] }),
            _ => DnCnn.Create(imageChannels: 1, depth: 5, channels: 4),
        };
        using var inner = new ReferenceRestorer(network);
        await AssertEqualsUntiledAsync(inner, new SeededRandom(5), mask: false);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task RestoreAsync_SmallerHaloThanDerived_DiffersFromUntiled(bool rows)
    {
        // The derived halo is not only enough but needed: with one multiple less, tiles differ.
        var builder = new NetworkBuilder("linear");
        NetworkValue input = builder.Input("image", 1);
        Network network = builder.Output("image", input.Conv2d(2, 5, padding: 2).Conv2d(2, 2, stride: 2).Conv2d(2, 3, padding: 1).ConvTranspose2d(1, 2, stride: 2)).Build();
        using var inner = new ReferenceRestorer(network);
        ReceptiveField halo = inner.Info.TileHalo!.Value;
        Assert.Equal(new ReceptiveField(4, 4, 4, 4, IsGlobal: false), halo);
        halo = rows ? halo with { Top = halo.Top - network.SizeMultiple.Height } : halo with { Right = halo.Right - network.SizeMultiple.Width };
        using var tooNear = new TiledRestorer(new Relabelled(inner, inner.Info with { TileHalo = halo }), new TilingOptions { TileSize = 12 });
        using ImageTensor image = RandomNetworks.Picture(ImageShape.Single(1, 36, 36), seed: 3);

        using RestorationResult whole = await inner.RestoreAsync(new RestorationRequest(image)), tiled = await tooNear.RestoreAsync(new RestorationRequest(image));
        SeamReport seams = await tooNear.MeasureSeamsAsync(new RestorationRequest(image));

        Assert.True(LargestDifference(whole.Image, tiled.Image) > 1e-6);
        Assert.True(seams.MaximumDifference > 1e-6);
    }

    [Fact]
    public async Task RestoreAsync_KnownPixels_AreBitIdenticalAndTilesWithoutHolesAreNotRestored()
    {
        using var inner = new ReferenceRestorer(RandomPictureNetworks.Create(3, mask: true), seed: 3);
        using var tiled = new TiledRestorer(inner, new TilingOptions { TileSize = Smallest(inner.Info) + 8 });
        using ImageTensor image = RandomNetworks.Picture(ImageShape.Single(1, 301, 307), seed: 1);
        var mask = new Mask(301, 307) { [3, 5] = true, [4, 5] = true };

        using RestorationResult result = await tiled.RestoreAsync(new RestorationRequest(image, mask));

        Assert.Single(inner.Given);
        for (int i = 0; i < image.Span.Length; i++)
        {
            Assert.Equal(mask.Values[i] == 0, image.Span[i].Equals(result.Image.Span[i]));
        }
    }

    [Fact]
    public async Task RestoreAsync_MaskOfARestorerThatTakesNone_RestoresMissingPixelsOnly()
    {
        using var inner = new ReferenceRestorer(DnCnn.Create(imageChannels: 1, depth: 3, channels: 3));
        using var tiled = new TiledRestorer(inner, new TilingOptions { TileSize = 24, BatchSize = 3 });
        using ImageTensor image = RandomNetworks.Picture(new ImageShape(2, 1, 61, 47), seed: 1);
        Mask mask = Holes(61, 47, new SeededRandom(2));

        using RestorationResult whole = await inner.RestoreAsync(new RestorationRequest(image, mask)), result = await tiled.RestoreAsync(new RestorationRequest(image, mask));

        Assert.Equal(whole.Image.Span.ToArray(), result.Image.Span.ToArray());
    }

    [Fact]
    public async Task RestoreAsync_LimitsOff_KeepsValuesOutsideTheRange()
    {
        using var inner = new ReferenceRestorer(DnCnn.Create(imageChannels: 1, depth: 3, channels: 3));
        using var tiled = new TiledRestorer(inner, new TilingOptions { TileSize = 16 });
        using ImageTensor image = RandomNetworks.Picture(ImageShape.Single(1, 40, 40), seed: 1);
        image.Span[5] = 7;
        image.Span[^1] = -7;

        using RestorationResult free = await tiled.RestoreAsync(new RestorationRequest(image), new RestorationOptions { Clamp = false });
        using RestorationResult limited = await tiled.RestoreAsync(new RestorationRequest(image));

        Assert.True(free.Image.Span[5] > 1 && free.Image.Span[^1] < 0);
        Assert.Equal((1f, 0f), (limited.Image.Span[5], limited.Image.Span[^1]));
    }

    [Fact]
    public async Task RestoreAsync_Tiles_AreOfOneSizeAndRunInBatchesUnderTheLimit()
    {
        using var inner = new ReferenceRestorer(DnCnn.Create(imageChannels: 1, depth: 3, channels: 3));
        var seen = new List<RestorationProgress>();
        using var tiled = new TiledRestorer(inner, new TilingOptions { TileSize = new Size2d(20, 30), BatchSize = 4 });
        using ImageTensor image = RandomNetworks.Picture(ImageShape.Single(1, 101, 103), seed: 1);

        using RestorationResult result = await tiled.RestoreAsync(new RestorationRequest(image), new RestorationOptions { Progress = new Recorder(seen) });

        Assert.Equal([1, 4], inner.Given.Select(s => s.Batch).Distinct().Order());
        (int height, int width) = Assert.Single(inner.Given.Select(s => (s.Height, s.Width)).Distinct());
        Assert.True(height <= 20 && width <= 30);
        Assert.Equal(inner.Given.Sum(s => s.Batch), seen[^1].Total);
        Assert.Equal(inner.Given.Count, seen.Count);
        Assert.Equal(seen[^1].Total, seen[^1].Done);
    }

    [Fact]
    public async Task RestoreAsync_PictureWithinOneTile_IsGivenAsItIs()
    {
        using var inner = new ReferenceRestorer(UNet.Create(new UNetOptions { ImageChannels = 1, Channels = [3, 4] }));
        using var tiled = new TiledRestorer(inner);
        using ImageTensor image = RandomNetworks.Picture(ImageShape.Single(1, 33, 47), seed: 1);

        using RestorationResult whole = await inner.RestoreAsync(new RestorationRequest(image)), result = await tiled.RestoreAsync(new RestorationRequest(image));

        Assert.Equal(whole.Image.Span.ToArray(), result.Image.Span.ToArray());
        Assert.Equal(0, (await tiled.MeasureSeamsAsync(new RestorationRequest(image))).ValueCount);
    }

    [Fact]
    public async Task RestoreAsync_MemoryBudget_ChoosesTilesThatKeepToIt()
    {
        using var inner = new ReferenceRestorer(DnCnn.Create(imageChannels: 1, depth: 3, channels: 3));
        const int budget = 40_000;
        using var tiled = new TiledRestorer(inner, new TilingOptions { MemoryBudget = budget });
        using ImageTensor image = RandomNetworks.Picture(ImageShape.Single(1, 100, 100), seed: 1);

        using RestorationResult result = await tiled.RestoreAsync(new RestorationRequest(image));

        // The picture, two layers of three channels at once, and the tile with its result.
        Assert.Equal(7, inner.Info.ValuesPerPixel);
        Assert.All(inner.Given, shape => Assert.True(shape.PixelCount * (7 + 2) * sizeof(float) <= budget));
        Assert.True(inner.Given[0].PixelCount * (7 + 2) * sizeof(float) > budget / 2);
    }

    [Fact]
    public async Task RestoreAsync_Blending_MixesNeighboursByTheirWeights()
    {
        // Each tile is filled with a constant of its own, so that weights can be read from the result.
        int runs = 0;
        using var inner = new RecordingRestorer(1, run: (image, _) =>
        {
            ImageTensor filled = ImageTensor.Create(image.Shape);
            filled.Span.Fill(runs++);
            return Task.FromResult(filled);
        });
        using var tiled = new TiledRestorer(inner, new TilingOptions { TileSize = new Size2d(64, 64), Overlap = 16, AllowBlending = true });
        using ImageTensor image = ImageTensor.Create(ImageShape.Single(1, 20, 112));

        using RestorationResult result = await tiled.RestoreAsync(new RestorationRequest(image));

        Assert.Equal(2, runs);
        for (int x = 0; x < 112; x++)
        {
            double expected = x < 48 ? 0 : x >= 64 ? 1 : 0.5 - (0.5 * Math.Cos(Math.PI * (x - 48 + 0.5) / 16));
            Assert.Equal(expected, result.Image.Row(0, 0, 13)[x], 1e-6);
        }

        SeamReport seams = await tiled.MeasureSeamsAsync(new RestorationRequest(image));
        Assert.Equal(new SeamReport(1, 1, 16 * 20), seams);
    }

    [Fact]
    public async Task RestoreAsync_BlendingOfAPicture_IsCloseToUntiledAndKeepsKnownPixels()
    {
        using var inner = new ReferenceRestorer(RandomPictureNetworks.Create(2, channels: 1));
        using var tiled = new TiledRestorer(new Relabelled(inner, inner.Info with { TileHalo = ReceptiveField.Global }), new TilingOptions { TileSize = 96, Overlap = 12, AllowBlending = true, BatchSize = 2 });
        using ImageTensor image = RandomNetworks.Picture(ImageShape.Single(1, 203, 187), seed: 1);
        Mask mask = Holes(203, 187, new SeededRandom(2));

        using RestorationResult whole = await inner.RestoreAsync(new RestorationRequest(image, mask)), result = await tiled.RestoreAsync(new RestorationRequest(image, mask));

        SeamReport seams = await tiled.MeasureSeamsAsync(new RestorationRequest(image));
        Assert.True(seams.MaximumDifference > 0);
        float difference = LargestDifference(whole.Image, result.Image);
        Assert.InRange(difference, 1e-7, 2 * seams.MaximumDifference);
        for (int i = 0; i < image.Span.Length; i++)
        {
            Assert.True(mask.Values[i] != 0 || image.Span[i].Equals(result.Image.Span[i]));
        }
    }

    [Fact]
    public async Task MeasureSeamsAsync_ExactTiles_DifferByRoundingOnly()
    {
        using var inner = new ReferenceRestorer(UNet.Create(new UNetOptions { ImageChannels = 1, Channels = [3, 4, 5] }));
        using var tiled = new TiledRestorer(inner, new TilingOptions { TileSize = Smallest(inner.Info) });
        using ImageTensor image = RandomNetworks.Picture(ImageShape.Single(1, 190, 170), seed: 1);

        SeamReport seams = await tiled.MeasureSeamsAsync(new RestorationRequest(image));

        Assert.True(seams.ValueCount > 0);
        Assert.True(seams.MaximumDifference <= 1e-6, $"Neighbours differ by {seams.MaximumDifference}.");
    }

    [Fact]
    public async Task RestoreAsync_Cancelled_EndsBetweenTiles()
    {
        using var source = new CancellationTokenSource();
        int runs = 0;
        using var inner = new RecordingRestorer(1, run: async (image, _) =>
        {
            if (++runs == 3)
            {
                await source.CancelAsync();
            }

            return image.Clone();
        });
        using var tiled = new TiledRestorer(inner, new TilingOptions { TileSize = 16, Overlap = 2 });
        using ImageTensor image = ImageTensor.Create(ImageShape.Single(1, 100, 100));

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => tiled.RestoreAsync(new RestorationRequest(image), cancellationToken: source.Token));

        Assert.Equal(3, runs);
    }

    [Fact]
    public async Task RestoreAsync_UnfitRequests_AreRefusedAsByTheRestorerInside()
    {
        using var inner = new ReferenceRestorer(RandomPictureNetworks.Create(3, mask: true));
        using var tiled = new TiledRestorer(inner, leaveOpen: true);
        using ImageTensor rgb = ImageTensor.Create(ImageShape.Single(3, 8, 8)), grey = ImageTensor.Create(ImageShape.Single(1, 8, 8));

        foreach (ImageTensor image in new[] { rgb, grey })
        {
            string expected = (await Assert.ThrowsAnyAsync<ImageRestorationException>(() => inner.RestoreAsync(new RestorationRequest(image)))).Message;
            Assert.Equal(expected, (await Assert.ThrowsAnyAsync<ImageRestorationException>(() => tiled.RestoreAsync(new RestorationRequest(image)))).Message);
        }

        tiled.Dispose();
        await Assert.ThrowsAsync<ObjectDisposedException>(() => tiled.RestoreAsync(new RestorationRequest(grey)));
        using RestorationResult open = await inner.RestoreAsync(new RestorationRequest(grey, new Mask(8, 8)));
    }

    [Fact]
    public void Create_RestorersThatCannotBeTiledExactly_AreRefusedWithTheRemedy()
    {
        using var unknown = new RecordingRestorer(4);
        using var known = new ReferenceRestorer(DnCnn.Create(imageChannels: 1, depth: 9, channels: 1));
        using var global = new Relabelled(known, known.Info with { TileHalo = ReceptiveField.Global });

        Assert.Contains("does not say how far it looks", Refused(unknown, new TilingOptions()), StringComparison.Ordinal);
        Assert.Contains("looks at the whole picture", Refused(global, new TilingOptions()), StringComparison.Ordinal);
        Assert.Contains("looks at the whole picture", Refused(global, new TilingOptions { Overlap = 32 }), StringComparison.Ordinal);
        Assert.Contains("Overlap is 8; restorer 'dncnn' looks 9 pixels far", Refused(known, new TilingOptions { Overlap = 8 }), StringComparison.Ordinal);
        Assert.Contains("take at least 19×19", Refused(known, new TilingOptions { TileSize = 18 }), StringComparison.Ordinal);
        Assert.Contains("a larger MemoryBudget", Refused(known, new TilingOptions { MemoryBudget = 1000 }), StringComparison.Ordinal);
        foreach (TilingOptions options in new TilingOptions[] { new() { Overlap = 9 }, new() { Overlap = 8, AllowBlending = true } })
        {
            new TiledRestorer(known, options, leaveOpen: true).Dispose();
        }

        static string Refused(IRestorer inner, TilingOptions options) => Assert.Throws<ArgumentException>(() => new TiledRestorer(inner, options, leaveOpen: true)).Message;
    }

    [Fact]
    public void Create_WrongOptions_ReportsAllErrorsTogether()
    {
        using var inner = new ReferenceRestorer(DnCnn.Create(imageChannels: 1, depth: 2, channels: 1));
        var options = new TilingOptions { TileSize = 0, MemoryBudget = 0, BatchSize = 0, Overlap = -1 };

        string message = Assert.Throws<ArgumentException>(() => new TiledRestorer(inner, options)).Message;

        foreach (string part in new[] { "TileSize is 0×0", "MemoryBudget is 0", "both given", "BatchSize is 0", "Overlap is -1" })
        {
            Assert.Contains(part, message, StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task RestoreAsync_ManyTiles_AllocatesNothingOfItsOwnForATile()
    {
        using var tiled = new TiledRestorer(new Copier(), new TilingOptions { TileSize = 64 });
        using ImageTensor image = ImageTensor.Create(ImageShape.Single(1, 640, 640));
        async Task<long> AllocatedAsync()
        {
            long before = GC.GetAllocatedBytesForCurrentThread();
            using RestorationResult result = await tiled.RestoreAsync(new RestorationRequest(image));
            return GC.GetAllocatedBytesForCurrentThread() - before;
        }

        long least = long.MaxValue;
        for (int round = 0; round < 5; round++)
        {
            least = Math.Min(least, await AllocatedAsync());
        }

        // 121 tiles or so: a result with its tensor and task takes about 250 bytes, a tile's pixels alone 16 KiB.
        Assert.True(least < 121 * 400, $"{least} bytes were allocated.");
    }

    [Theory]
    [InlineData(InitialFill.Mean)]
    [InlineData(InitialFill.Random)]
    [InlineData(InitialFill.Nearest)]
    [InlineData(InitialFill.Harmonic)]
    public async Task RestoreAsync_FillThatFollowsFromTheWholePicture_EqualsUntiled(InitialFill fill)
    {
        using var inner = new ReferenceRestorer(RandomPictureNetworks.Create(3, mask: true), seed: 3, fill);

        await AssertEqualsUntiledAsync(inner, new SeededRandom(4), mask: true);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task RestoreAsync_NormalizedExposure_EqualsUntiled(bool mask)
    {
        using var inner = new ReferenceRestorer(RandomPictureNetworks.Create(3, mask: mask), seed: 3, normalizesExposure: true);

        await AssertEqualsUntiledAsync(inner, new SeededRandom(4), mask);
    }

    [Fact]
    public void RowRestorer_NormalizedExposure_IsRefused()
    {
        using var inner = new ReferenceRestorer(RandomPictureNetworks.Create(3, mask: false), seed: 3, normalizesExposure: true);

        var e = Assert.Throws<ArgumentException>("inner", () => new RowRestorer(inner));

        Assert.Contains("exposure", e.Message);
        Assert.Contains(nameof(TiledRestorer), e.Message);
    }

    [Fact]
    public void RowRestorer_FillThatFollowsFromTheWholePicture_IsRefused()
    {
        using var inner = new ReferenceRestorer(RandomPictureNetworks.Create(3, mask: true), seed: 3, InitialFill.Harmonic);

        var e = Assert.Throws<ArgumentException>("inner", () => new RowRestorer(inner));

        Assert.Contains(nameof(TiledRestorer), e.Message);
    }

    private static async Task AssertEqualsUntiledAsync(ReferenceRestorer inner, SeededRandom random, bool mask)
    {
        int smallest = Smallest(inner.Info);
        (int least, int leastWidth) = RandomNetworks.SmallestSize(inner.Network);
        for (int round = 0; round < 3; round++)
        {
            var tile = new Size2d(smallest + random.Next(20), smallest + random.Next(20));
            int height = least + (round == 0 ? random.Next(12) : random.Next(tile.Height, 5 * tile.Height / 2)), width = leastWidth + random.Next(2 * tile.Width);
            using ImageTensor image = RandomNetworks.Picture(new ImageShape(random.Next(1, 3), 1, height, width), (ulong)round);
            Mask? holes = mask ? Holes(height, width, random) : null;
            using var tiled = new TiledRestorer(inner, new TilingOptions { TileSize = tile, BatchSize = random.Next(1, 5) }, leaveOpen: true);
            var request = new RestorationRequest(image, holes);
            var options = new RestorationOptions { Clamp = round == 1 };

            using RestorationResult expected = await inner.RestoreAsync(request, options), actual = await tiled.RestoreAsync(request, options);

            float difference = LargestDifference(expected.Image, actual.Image);
            Assert.True(difference <= 1e-6, $"{image.Shape} in tiles of {tile}: largest difference {difference}, allowed 1e-6. Halo {inner.Info.TileHalo}, multiple {inner.Info.SizeMultiple}.");
        }
    }

    private static int Smallest(RestorerInfo info)
    {
        ReceptiveField halo = info.TileHalo!.Value;
        int multiple = Math.Max(info.SizeMultiple.Height, info.SizeMultiple.Width);
        return (2 * (halo.Radius + multiple)) + (2 * multiple);
    }

    private static Mask Holes(int height, int width, SeededRandom random)
    {
        var mask = new Mask(height, width);
        for (int hole = 0; hole < 12; hole++)
        {
            int top = random.Next(height), left = random.Next(width);
            for (int y = top; y < Math.Min(top + 9, height); y++)
            {
                mask.Values.Slice((y * width) + left, Math.Min(9, width - left)).Fill(1);
            }
        }

        return mask;
    }

    private static float LargestDifference(ImageTensor expected, ImageTensor actual)
    {
        Assert.Equal(expected.Shape, actual.Shape);
        float largest = 0;
        for (int i = 0; i < expected.Span.Length; i++)
        {
            largest = Math.Max(largest, Math.Abs(expected.Span[i] - actual.Span[i]));
        }

        return largest;
    }

    private sealed class Recorder(List<RestorationProgress> seen) : IProgress<RestorationProgress>
    {
        public void Report(RestorationProgress value) => seen.Add(value);
    }

    /// <summary>The same restorer with another description.</summary>
    private sealed class Relabelled(IRestorer inner, RestorerInfo info) : DelegatingRestorer(inner, leaveOpen: true)
    {
        public override RestorerInfo Info => info;
    }

    private sealed class Copier : IRestorer
    {
        public RestorerInfo Info { get; } = new("copier", RestorationTask.Other, 1, TakesMask: false, "Test", "cpu") { TileHalo = new ReceptiveField(1, 1, 1, 1, IsGlobal: false) };

        public Task<RestorationResult> RestoreAsync(RestorationRequest request, RestorationOptions? options = null, CancellationToken cancellationToken = default)
            => Task.FromResult(new RestorationResult(request.Image.Clone(), TimeSpan.Zero));

        public void Dispose()
        {
        }
    }
}
