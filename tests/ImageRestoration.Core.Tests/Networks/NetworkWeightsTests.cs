using ImageRestoration.Networks;
using ImageRestoration.Networks.Architectures;
using ImageRestoration.Numerics;

namespace ImageRestoration.Tests.Networks;

public sealed class NetworkWeightsTests
{
    [Fact]
    public void Initialize_SameSeed_GivesSameValuesWithinPyTorchsBounds()
    {
        Network network = DnCnn.Create(imageChannels: 1, depth: 3, channels: 16);
        NetworkWeights first = NetworkWeights.Initialize(network, new SeededRandom(5)), second = NetworkWeights.Initialize(network, new SeededRandom(5));

        foreach (ParameterSpec parameter in network.Parameters)
        {
            float bound = 1 / MathF.Sqrt(parameter.FanIn);
            float[] values = first[parameter.Name].Values.ToArray();
            Assert.Equal(values, second[parameter.Name].Values.ToArray());
            Assert.All(values, v => Assert.InRange(v, -bound, bound));
            if (values.Length > 100)
            {
                // The variance of a uniform distribution; its estimate from 144 values strays by some 7 %.
                Assert.InRange(values.Average(v => v * v), bound * bound / 3 * 0.65, bound * bound / 3 * 1.35);
            }
        }
    }

    [Fact]
    public void Average_ThreeWeights_IsTheMeanOfEachValue()
    {
        NetworkWeights average = NetworkWeights.Average(Weights(1, 8), Weights(2, -4), Weights(6, 0.5f));
        Assert.Equal([3f, 1.5f], average["a"].Values.ToArray());
        Assert.Equal<int>([1, 2], average["a"].Shape.AsSpan());
        Assert.Equal([1f, 8f], NetworkWeights.Average(Weights(1, 8))["a"].Values.ToArray());

        static NetworkWeights Weights(params float[] values) => new([KeyValuePair.Create("a", new WeightTensor([1, 2], values))]);
    }

    [Fact]
    public void Average_OtherNetworks_NamesWhatDiffers()
    {
        NetworkWeights first = NetworkWeights.Initialize(DnCnn.Create(imageChannels: 1, depth: 3, channels: 16), new SeededRandom(1));
        NetworkWeights wider = NetworkWeights.Initialize(DnCnn.Create(imageChannels: 3, depth: 3, channels: 16), new SeededRandom(1));
        NetworkWeights deeper = NetworkWeights.Initialize(DnCnn.Create(imageChannels: 1, depth: 4, channels: 16), new SeededRandom(1));
        Assert.Contains(first.Names.First(n => first[n].Shape[^1] != 1 && wider[n].Shape[1] == 3), Assert.Throws<ModelFormatException>(() => NetworkWeights.Average(first, wider)).Message, StringComparison.Ordinal);
        string added = deeper.Names.Except(first.Names, StringComparer.Ordinal).First();
        Assert.Contains(added, Assert.Throws<ModelFormatException>(() => NetworkWeights.Average(first, deeper)).Message, StringComparison.Ordinal);
        Assert.Contains(added, Assert.Throws<ModelFormatException>(() => NetworkWeights.Average(deeper, first)).Message, StringComparison.Ordinal);
        Assert.Throws<ArgumentException>("weights", () => NetworkWeights.Average());
    }

    [Fact]
    public void Initialize_NormalizationsAndScales_StartAsPyTorchDoes()
    {
        var builder = new NetworkBuilder("n");
        NetworkValue value = builder.Input("image", 4).BatchNorm2d(name: "batch").LayerNorm2d(name: "layer").GroupNorm(2, name: "group");
        Network network = builder.Output("x", value.PReLU(name: "prelu").Scale2d(initialScale: 0, bias: true, name: "scale")).Build();
        NetworkWeights weights = NetworkWeights.Initialize(network, new SeededRandom(1));

        Assert.Equal(
            ["batch.weight=1", "batch.bias=0", "batch.running_mean=0", "batch.running_var=1", "layer.weight=1", "layer.bias=0", "group.weight=1", "group.bias=0", "prelu.weight=0.25", "scale.weight=0", "scale.bias=0"],
            network.Parameters.Select(p => string.Create(System.Globalization.CultureInfo.InvariantCulture, $"{p.Name}={weights[p.Name].Values.ToArray().Distinct().Single()}")));
    }

    [Fact]
    public void ThrowIfNotFor_EveryFault_IsNamed()
    {
        Network network = DnCnn.Create(imageChannels: 1, depth: 2, channels: 1);
        string message = Assert.Throws<ModelFormatException>(() => new NetworkWeights(
        [
            new("conv0.weight", new WeightTensor([1, 1, 3, 3], [0, 0, 0, 0, float.NaN, 0, 0, 0, 0])),
            new("conv0.bias", new WeightTensor([2], [0, 0])),
            new("conv1.bias", new WeightTensor([1], [float.NegativeInfinity])),
            new("other", new WeightTensor([1], [0])),
        ]).ThrowIfNotFor(network)).Message;

        Assert.Contains("'conv0.weight' holds NaN or infinity", message, StringComparison.Ordinal);
        Assert.Contains("'conv0.bias' has shape [2] instead of [1]", message, StringComparison.Ordinal);
        Assert.Contains("'conv1.weight' is missing", message, StringComparison.Ordinal);
        Assert.Contains("'conv1.bias' holds NaN or infinity", message, StringComparison.Ordinal);
        Assert.Contains("'other' is not part of the network", message, StringComparison.Ordinal);
    }

    [Fact]
    public void Indexer_UnknownName_SaysWhatToDo()
        => Assert.Contains("load the model file", Assert.Throws<ModelFormatException>(() => new NetworkWeights([])["x"]).Message, StringComparison.Ordinal);

    [Fact]
    public void Select_Prefix_TakesItOff()
    {
        var weights = new NetworkWeights([new("a.x", new WeightTensor([1], [1])), new("a.y", new WeightTensor([1], [2])), new("ab.x", new WeightTensor([1], [3]))]);

        NetworkWeights selected = weights.Select("a.");

        Assert.Equal(["x", "y"], selected.Names.Order());
        Assert.Equal(2, selected["y"].Values.Span[0]);
    }

    [Fact]
    public void WeightTensor_WrongCount_IsRefused()
        => Assert.Contains("has 6 values and 5 were given", Assert.Throws<TensorShapeException>(() => new WeightTensor([2, 3], new float[5])).Message, StringComparison.Ordinal);
}
