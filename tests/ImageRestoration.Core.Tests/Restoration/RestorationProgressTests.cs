using ImageRestoration.Imaging;
using ImageRestoration.Networks.Architectures;
using ImageRestoration.Restoration;
using ImageRestoration.Tests.Networks;
using ImageRestoration.Tests.Tiling;
using ImageRestoration.Tiling;

namespace ImageRestoration.Tests.Restoration;

/// <summary>The outermost restorer that works in parts tells how far a call is.</summary>
public sealed class RestorationProgressTests
{
    public static TheoryData<string, int> Kinds => new() { { "plain", 1 }, { "ensemble", 4 }, { "planes", 3 }, { "ensemble of tiles", 4 }, { "tiles of an ensemble", 4 } };

    [Theory]
    [MemberData(nameof(Kinds))]
    public async Task RestoreAsync_WithProgress_HearsOfEachPartOnce(string kind, int parts)
    {
        IRestorer inner = new ReferenceRestorer(DnCnn.Create(imageChannels: 1, depth: 3, channels: 2));
        var tiling = new TilingOptions { TileSize = 20 };
        using IRestorer restorer = kind switch
        {
            "ensemble" => new SelfEnsembleRestorer(inner, variants: 4),
            "planes" => new ChannelAdaptingRestorer(inner, channels: 3),
            "ensemble of tiles" => new SelfEnsembleRestorer(new TiledRestorer(inner, tiling), variants: 4),
            "tiles of an ensemble" => new TiledRestorer(new SelfEnsembleRestorer(inner, variants: 2), tiling),
            _ => inner,
        };
        using ImageTensor image = RandomNetworks.Picture(ImageShape.Single(restorer.Info.Channels, 24, 24), seed: 1);
        var seen = new List<RestorationProgress>();

        using RestorationResult result = await restorer.RestoreAsync(
            new RestorationRequest(image), new RestorationOptions { Progress = new Recorder(seen) });

        Assert.Equal(Enumerable.Range(1, parts).Select(done => new RestorationProgress(done, parts)), seen);
    }

    private sealed class Recorder(List<RestorationProgress> seen) : IProgress<RestorationProgress>
    {
        public void Report(RestorationProgress value) => seen.Add(value);
    }
}
