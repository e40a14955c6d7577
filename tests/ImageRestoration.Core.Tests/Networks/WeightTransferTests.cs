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

    [Fact]
    public void TransferFrom_NetworkThatTakesAMaskToo_BeginsAsTheOtherWhateverTheMask()
    {
        Network source = UNet.Create(new UNetOptions { Channels = [4, 6] }), target = UNet.Create(new UNetOptions { Channels = [4, 6], TakesMask = true });
        NetworkWeights weights = NetworkWeights.Initialize(source, new SeededRandom(1));

        WeightTransfer transfer = NetworkWeights.Initialize(target, new SeededRandom(2)).TransferFrom(weights, fitChannels: true);

        Assert.Empty(transfer.DifferentShape);
        Assert.Empty(transfer.Missing);
        using ImageTensor image = RandomNetworks.Picture(ImageShape.Single(3, 10, 12), seed: 3), mask = RandomNetworks.Picture(ImageShape.Single(1, 10, 12), seed: 4);
        using ImageTensor expected = ReferenceEvaluator.Run(source, weights, Inputs(("image", image))).Single().Value;
        using ImageTensor actual = ReferenceEvaluator.Run(target, transfer.Weights, Inputs(("image", image), ("mask", mask))).Single().Value;
        Assert.All(expected.Span.ToArray().Zip(actual.Span.ToArray()), pair => Assert.Equal(pair.First, pair.Second, 1e-6f));
    }

    [Fact]
    public void TransferFrom_GreyInPlaceOfColors_BeginsAsTheColorNetworkOnThreeEqualPlanes()
    {
        Network source = UNet.Create(new UNetOptions { Channels = [4, 6] }), target = UNet.Create(new UNetOptions { Channels = [4, 6], ImageChannels = 1 });
        NetworkWeights weights = NetworkWeights.Initialize(source, new SeededRandom(1));

        WeightTransfer transfer = NetworkWeights.Initialize(target, new SeededRandom(2)).TransferFrom(weights, fitChannels: true);

        Assert.Empty(transfer.DifferentShape);
        using ImageTensor grey = RandomNetworks.Picture(ImageShape.Single(1, 10, 12), seed: 3), color = ImageTensor.Create(ImageShape.Single(3, 10, 12));
        for (int c = 0; c < 3; c++)
        {
            grey.Span.CopyTo(color.Plane(0, c));
        }

        using ImageTensor planes = ReferenceEvaluator.Run(source, weights, Inputs(("image", color))).Single().Value;
        using ImageTensor actual = ReferenceEvaluator.Run(target, transfer.Weights, Inputs(("image", grey))).Single().Value;
        for (int i = 0; i < actual.Span.Length; i++)
        {
            Assert.Equal((planes.Plane(0, 0)[i] + planes.Plane(0, 1)[i] + planes.Plane(0, 2)[i]) / 3, actual.Span[i], 1e-5f);
        }
    }

    [Fact]
    public void TransferFrom_ChannelsThatDifferWithoutFitting_AreLeft()
    {
        Network source = UNet.Create(new UNetOptions { Channels = [4, 6] }), target = UNet.Create(new UNetOptions { Channels = [4, 6], ImageChannels = 1 });

        WeightTransfer transfer = NetworkWeights.Initialize(target, new SeededRandom(2)).TransferFrom(NetworkWeights.Initialize(source, new SeededRandom(1)));

        Assert.Equal(3, transfer.DifferentShape.Length);
    }

    private static Dictionary<string, ImageTensor> Inputs(params (string Name, ImageTensor Value)[] inputs) => inputs.ToDictionary(i => i.Name, i => i.Value, StringComparer.Ordinal);
}
