using ImageRestoration.Imaging;
using ImageRestoration.Masking;
using ImageRestoration.Networks;
using ImageRestoration.Networks.Architectures;
using ImageRestoration.Numerics;

namespace ImageRestoration.Tests.Networks;

public sealed class WeightTransferTests
{
    /// <summary>An encoder trained to fill in patches starts a denoiser, whose decoder is fresh.</summary>
    [Fact]
    public void TransferFrom_EncoderOfAnotherNetwork_TakesItAndKeepsTheFreshDecoder()
    {
        Network before = StridedAutoencoder.Create(width: 4, levels: 2);
        var builder = new NetworkBuilder("other");
        Network decoder = builder.Output("image", builder.Input("latent", 8, downscale: 4).Upsample(4).Conv2d(3, 1, name: "tail")).Build();
        Network after = Network.Compose("after", StridedAutoencoder.CreateEncoder(width: 4, levels: 2), decoder);
        NetworkWeights pretrained = NetworkWeights.Initialize(before, new SeededRandom(1)), fresh = NetworkWeights.Initialize(after, new SeededRandom(2));

        WeightTransfer transfer = fresh.TransferFrom(pretrained, "encoder.", "encoder.");

        transfer.Weights.ThrowIfNotFor(after);
        Assert.Equal(after.Parameters.Select(p => p.Name).Where(name => name.StartsWith("encoder.", StringComparison.Ordinal)).Order(StringComparer.Ordinal), transfer.Taken.ToArray());
        Assert.All(transfer.Taken, name => Assert.Equal(pretrained[name].Values.ToArray(), transfer.Weights[name].Values.ToArray()));
        Assert.Equal(fresh["decoder.tail.weight"].Values.ToArray(), transfer.Weights["decoder.tail.weight"].Values.ToArray());
        Assert.Empty(transfer.DifferentShape.ToArray());
        Assert.Empty(transfer.Missing.ToArray());
        Assert.Empty(transfer.Unused.ToArray());
    }

    [Fact]
    public void TransferFrom_OtherPrefixAndShapes_NamesWhatWasNotTaken()
    {
        NetworkWeights target = Weights(("backbone.a", 1, 2), ("backbone.b", 1, 2), ("backbone.c", 1, 3), ("head.a", 1, 2));
        NetworkWeights source = Weights(("encoder.a", 5, 2), ("encoder.b", 5, 4), ("encoder.d", 5, 2), ("decoder.c", 5, 3));

        WeightTransfer transfer = target.TransferFrom(source, "encoder.", "backbone.");

        Assert.Equal(["backbone.a"], transfer.Taken.ToArray());
        Assert.Equal(["backbone.b"], transfer.DifferentShape.ToArray());
        Assert.Equal(["backbone.c"], transfer.Missing.ToArray());
        Assert.Equal(["encoder.d"], transfer.Unused.ToArray());
        Assert.Equal([5, 1, 1, 1], target.Names.Order(StringComparer.Ordinal).Select(name => transfer.Weights[name].Values.Span[0]));
        Assert.Equal("1 parameters taken; of another shape: backbone.b; missing in the source: backbone.c; unused: encoder.d.", transfer.ToString());
    }

    [Fact]
    public void TransferFrom_NothingMatches_ThrowsWithBothNames()
    {
        NetworkWeights target = Weights(("backbone.a", 1, 2), ("backbone.b", 1, 3)), source = Weights(("encoder.a", 5, 2), ("backbone.b", 5, 4));

        string message = Assert.Throws<ModelFormatException>(() => target.TransferFrom(source)).Message;

        Assert.Contains("there are backbone.a, backbone.b", message, StringComparison.Ordinal);
        Assert.Contains("of another shape in the source: backbone.b", message, StringComparison.Ordinal);
        Assert.Contains("in the source there are, with prefix '', encoder.a", message, StringComparison.Ordinal);
        Assert.Contains("Give the prefixes", message, StringComparison.Ordinal);
    }

    /// <summary>What masked pre-training asks of the masks: whole patches, an exact share of them, in every crop.</summary>
    [Theory]
    [InlineData(16, 0.75, 128)]
    [InlineData(32, 0.6, 160)]
    public void PatchMaskStrategy_SharesOfThePapers_HidesExactlySoManyWholePatches(int patch, double share, int size)
    {
        var strategy = new PatchMaskStrategy(patch, share);
        var random = new SeededRandom(5);
        for (int run = 0; run < 5; run++)
        {
            Mask mask = strategy.Create(size, size, random);
            int whole = 0;
            for (int y = 0; y < size; y += patch)
            {
                for (int x = 0; x < size; x += patch)
                {
                    int hidden = Enumerable.Range(y, patch).Sum(row => mask.Row(row).Slice(x, patch).ToArray().Sum(v => v));
                    Assert.True(hidden == 0 || hidden == patch * patch);
                    whole += hidden > 0 ? 1 : 0;
                }
            }

            Assert.Equal((int)(share * (size / patch) * (size / patch)), whole);
        }
    }

    private static NetworkWeights Weights(params (string Name, float Value, int Count)[] tensors)
        => new(tensors.Select(t => KeyValuePair.Create(t.Name, new WeightTensor([t.Count], [.. Enumerable.Repeat(t.Value, t.Count)]))));
}
