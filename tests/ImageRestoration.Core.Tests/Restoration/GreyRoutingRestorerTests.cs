using ImageRestoration.Degradation;
using ImageRestoration.Imaging;
using ImageRestoration.Masking;
using ImageRestoration.Numerics;
using ImageRestoration.Restoration;
using ImageRestoration.Tiling;

namespace ImageRestoration.Tests.Restoration;

/// <summary>Which restorer runs follows from the pixels.</summary>
public sealed class GreyRoutingRestorerTests
{
    public static TheoryData<string, bool> Pictures => new()
    {
        { "equal planes", true }, { "sepia", true }, { "rounded", true }, { "one tone", true }, { "weak noise in the colours", true },
        { "noise in the colours", false }, { "colours", false }, { "a dark picture's colours", false },
    };

    [Theory]
    [MemberData(nameof(Pictures))]
    public async Task RestoreAsync_Pictures_GoWhereTheirPixelsSay(string kind, bool isGrey)
    {
        using var color = new RecordingRestorer(1, channels: 3);
        using var grey = new RecordingRestorer(1, channels: 1);
        using var restorer = new GreyRoutingRestorer(color, grey, leaveOpen: true);
        using ImageTensor image = Picture(kind);

        using RestorationResult result = await restorer.RestoreAsync(new RestorationRequest(image), new RestorationOptions { Clamp = false });

        Assert.Equal((isGrey ? 0 : 1, isGrey ? 1 : 0), (color.Runs, grey.Runs));
        Assert.Equal(image.Shape, result.Image.Shape);
    }

    [Fact]
    public async Task RestoreAsync_Sepia_KeepsItsColours()
    {
        using ImageTensor image = Picture("sepia");
        using var restorer = new GreyRoutingRestorer(new Same(3), new Same(1));

        using RestorationResult result = await restorer.RestoreAsync(new RestorationRequest(image), new RestorationOptions { Clamp = false });

        for (int i = 0; i < image.Span.Length; i++)
        {
            Assert.Equal(image.Span[i], result.Image.Span[i], 1e-5f);
        }
    }

    [Fact]
    public async Task RestoreAsync_Masked_KeepsKnownPixelsBitByBit()
    {
        using ImageTensor image = Picture("rounded");
        var mask = new Mask(image.Height, image.Width) { [3, 4] = true };
        using var restorer = new GreyRoutingRestorer(new Same(3), new Same(1));

        using RestorationResult result = await restorer.RestoreAsync(new RestorationRequest(image, mask));

        for (int c = 0; c < 3; c++)
        {
            Assert.Equal(image.Row(0, c, 0).ToArray(), result.Image.Row(0, c, 0).ToArray());
        }
    }

    [Fact]
    public async Task Create_UnfitRestorers_AreRefused()
    {
        using var color = new RecordingRestorer(1, channels: 3);
        Assert.Contains("1 channel", Assert.Throws<TensorShapeException>(() => new GreyRoutingRestorer(color, color)).Message, StringComparison.Ordinal);
        Assert.Throws<TensorShapeException>(() => new GreyRoutingRestorer(new Same(1), () => new Same(1)));
        using var late = new GreyRoutingRestorer(color, () => color);
        using ImageTensor tones = Picture("sepia");
        await Assert.ThrowsAsync<TensorShapeException>(() => late.RestoreAsync(new RestorationRequest(tones)));
    }

    [Theory]
    [InlineData(95, ChromaSubsampling.Ratio420)]
    [InlineData(75, ChromaSubsampling.Ratio420)]
    [InlineData(75, ChromaSubsampling.Ratio444)]
    public async Task RestoreAsync_NoisySepiaAfterJpeg_GoesToTheRestorerForGrey(int quality, ChromaSubsampling subsampling)
    {
        using ImageTensor image = ImageTensor.CreateUninitialized(ImageShape.Single(3, 160, 200));
        var random = new SeededRandom(5);
        for (int i = 0; i < 160 * 200; i++)
        {
            float tone = 0.15f + (0.6f * (i % 200) / 200) + (0.2f * (random.NextSingle() - 0.5f)) + (i / 200 / 20 % 2 * 0.1f);
            for (int c = 0; c < 3; c++)
            {
                image.Plane(0, c)[i] = tone * (1 - (0.17f * c));
            }
        }

        new JpegCompression(quality, subsampling).Apply(image, random);
        using var color = new RecordingRestorer(1, channels: 3);
        using var grey = new RecordingRestorer(1, channels: 1);
        using var restorer = new GreyRoutingRestorer(color, grey, leaveOpen: true);
        using RestorationResult result = await restorer.RestoreAsync(new RestorationRequest(image));
        Assert.Equal((0, 1), (color.Runs, grey.Runs));
    }

    [Fact]
    public async Task RestoreAsync_RestorerForGreyMadeLater_IsMadeOnceWhenNeeded()
    {
        int made = 0;
        var grey = new RecordingRestorer(1, channels: 1);
        var restorer = new GreyRoutingRestorer(new RecordingRestorer(1, channels: 3), () =>
        {
            made++;
            return grey;
        });
        using ImageTensor colors = Picture("colours"), tones = Picture("sepia");
        (await restorer.RestoreAsync(new RestorationRequest(colors))).Dispose();
        await restorer.WarmUpAsync();
        Assert.Equal(0, made);
        (await restorer.RestoreAsync(new RestorationRequest(tones))).Dispose();
        (await restorer.RestoreAsync(new RestorationRequest(tones))).Dispose();
        Assert.Equal((1, 2), (made, grey.Runs));
        restorer.Dispose();
        Assert.Equal(1, grey.Disposals);

        var unused = new GreyRoutingRestorer(new Same(3), () => throw new InvalidOperationException("Nothing is to be made."));
        unused.Dispose();
    }

    [Fact]
    public async Task UseTiling_AroundGreyRouting_TilesEachOfBoth()
    {
        using RecordingRestorer color = new(1, channels: 3), grey = new(1, channels: 1);
        using IRestorer restorer = new RestorerBuilder(new GreyRoutingRestorer(color, grey, leaveOpen: true))
            .UseTiling(new TilingOptions { TileSize = 32, Overlap = 0 }).Build();
        using ImageTensor colors = Picture("colours"), tones = Picture("sepia");
        (await restorer.RestoreAsync(new RestorationRequest(colors))).Dispose();
        Assert.True(color.Runs > 1);
        Assert.Equal(0, grey.Runs);
        (await restorer.RestoreAsync(new RestorationRequest(tones))).Dispose();
        Assert.True(grey.Runs > 1);
    }

    private static ImageTensor Picture(string kind)
    {
        ImageTensor image = ImageTensor.Create(ImageShape.Single(3, 40, 50));
        var random = new SeededRandom(3);
        for (int y = 0; y < image.Height; y++)
        {
            for (int x = 0; x < image.Width; x++)
            {
                float tone = kind == "one tone" ? 0.4f : (0.02f * x) + (0.1f * random.NextSingle());
                for (int c = 0; c < 3; c++)
                {
                    image.Row(0, c, y)[x] = kind switch
                    {
                        "sepia" => 0.03f + (tone * (0.9f - (0.15f * c))),
                        "rounded" => MathF.Round((tone + (0.4f / 255 * (c - 1))) * 255) / 255,
                        "weak noise in the colours" => tone + (0.02f * random.NextSingle()),
                        "noise in the colours" => tone + (0.2f * random.NextSingle()),
                        "a dark picture's colours" => (tone + (c == 0 ? 0.004f * y : 0)) / 50,
                        "colours" => c == 0 ? tone : 0.02f * y,
                        _ => tone,
                    };
                }
            }
        }

        return image;
    }

    private sealed class Same(int channels) : RestorerBase(new RestorerInfo("same", RestorationTask.Other, channels, TakesMask: false, "Test", "cpu"))
    {
        protected override Task<RestorationResult> ComputeAsync(
            RestorationRequest request, RestorationOptions options, CancellationToken cancellationToken)
            => Task.FromResult(new RestorationResult(request.Image.Clone(), TimeSpan.Zero));
    }
}
