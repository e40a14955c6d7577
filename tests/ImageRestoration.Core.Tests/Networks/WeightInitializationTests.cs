using ImageRestoration.Imaging;
using ImageRestoration.Networks;
using ImageRestoration.Networks.Architectures;
using ImageRestoration.Numerics;

namespace ImageRestoration.Tests.Networks;

public sealed class WeightInitializationTests
{
    /// <summary>Fan-in of the convolution 40 × 9, fan-out 60 × 9; the transposed convolution's list inputs first; the linear layer's have no kernel.</summary>
    public static TheoryData<InitialDistribution, bool, double, double, double> Variances => new()
    {
        { InitialDistribution.HeNormal, true, 2 / (1.04 * 360), 2 / (1.04 * 480), 2 / (1.04 * 30) },
        { InitialDistribution.HeUniform, false, 2 / (1.04 * 360), 2 / (1.04 * 480), 2 / (1.04 * 30) },
        { InitialDistribution.XavierNormal, true, 2 / 900.0, 2 / (480.0 + 960), 2 / 80.0 },
        { InitialDistribution.XavierUniform, false, 2 / 900.0, 2 / (480.0 + 960), 2 / 80.0 },
        { InitialDistribution.Normal, true, 0.0004, 0.0004, 0.0004 },
    };

    [Theory]
    [MemberData(nameof(Variances))]
    public void Initialize_AnyDistribution_HasThePapersVariance(InitialDistribution distribution, bool normal, double conv, double deconv, double linear)
    {
        Network network = ThreeLayers();
        var initialization = new WeightInitialization { Distribution = distribution, NegativeSlope = 0.2 };
        NetworkWeights weights = NetworkWeights.Initialize(network, new SeededRandom(3), initialization), same = NetworkWeights.Initialize(network, new SeededRandom(3), initialization);

        foreach ((string name, double variance) in new[] { ("conv", conv), ("deconv", deconv), ("linear", linear) })
        {
            double[] values = [.. weights[name + ".weight"].Values.ToArray().Select(v => (double)v)];
            Assert.Equal(weights[name + ".weight"].Values.ToArray(), same[name + ".weight"].Values.ToArray());
            Assert.All(weights[name + ".bias"].Values.ToArray(), v => Assert.Equal(0, v));

            // Of n values the mean strays by σ/√n and the variance by √((kurtosis − 1)/n): five of these are allowed. n is 1,500 and more.
            double n = values.Length, kurtosis = normal ? 3 : 1.8;
            Assert.Equal(0, values.Average(), 5 * Math.Sqrt(variance / n));
            Assert.Equal(1, values.Average(v => v * v) / variance, 5 * Math.Sqrt((kurtosis - 1) / n));
            Assert.Equal(kurtosis, values.Average(v => v * v * v * v) / (variance * variance), 0.8);
            if (!normal)
            {
                Assert.All(values, v => Assert.InRange(Math.Abs(v), 0, Math.Sqrt(3 * variance) * 1.000001));
            }
        }
    }

    [Fact]
    public void Initialize_Gain_MultipliesTheDeviation()
    {
        Network network = ThreeLayers();
        var initialization = new WeightInitialization { Distribution = InitialDistribution.HeNormal };
        NetworkWeights one = NetworkWeights.Initialize(network, new SeededRandom(3), initialization);
        NetworkWeights two = NetworkWeights.Initialize(network, new SeededRandom(3), initialization with { Gain = 2 });

        Assert.Equal(one["conv.weight"].Values.ToArray().Select(v => 2 * v), two["conv.weight"].Values.ToArray());
    }

    /// <summary>He's point: through many layers the signal neither dies nor grows, which it does from PyTorch's default start.</summary>
    [Fact]
    public void Initialize_HeNormal_KeepsTheSignalThroughManyLayers()
    {
        Network network = DnCnn.Create(imageChannels: 1, depth: 12, channels: 24);

        double he = Deviation(new WeightInitialization { Distribution = InitialDistribution.HeNormal }), torch = Deviation(new WeightInitialization());
        Assert.InRange(he, 0.2, 5);
        Assert.InRange(torch, 0, 0.1);

        double Deviation(WeightInitialization initialization)
        {
            using ImageTensor picture = RandomNetworks.Picture(ImageShape.Single(1, 24, 24), 1);
            var builder = new NetworkBuilder("noise");
            NetworkValue value = builder.Input("image", 1);
            foreach (Layer layer in network.Layers.Take(network.Layers.Length - 2))
            {
                value = builder.Append(layer);
            }

            Network features = builder.Output("x", value).Build();
            using ImageTensor result = ReferenceEvaluator.Run(features, NetworkWeights.Initialize(features, new SeededRandom(2), initialization), picture);
            return Math.Sqrt(result.Span.ToArray().Average(v => (double)v * v) / picture.Span.ToArray().Average(v => (double)v * v));
        }
    }

    [Fact]
    public void Initialize_ZeroResidualBranches_MakesTheUNetGiveBackItsInput()
    {
        Network network = UNet.Create(new UNetOptions { Channels = [4, 6] });
        NetworkWeights weights = NetworkWeights.Initialize(network, new SeededRandom(1), new WeightInitialization { ZeroResidualBranches = true });
        using ImageTensor picture = RandomNetworks.Picture(ImageShape.Single(3, 12, 10), 4);

        using ImageTensor result = ReferenceEvaluator.Run(network, weights, picture);

        Assert.Equal(picture.Span, result.Span);
        Assert.Equal(
            ["decoder.level0.0.conv2", "decoder.tail", "encoder.level0.0.conv2", "encoder.level1.0.conv2"],
            network.Parameters.Where(p => weights[p.Name].Values.Span.IndexOfAnyExcept(0f) < 0 && p.Name.EndsWith(".weight", StringComparison.Ordinal)).Select(p => p.Name[..^".weight".Length]).Order());
    }

    /// <summary>A sum of two branches of one input is no residual connection: nothing is added to what it was computed from.</summary>
    [Fact]
    public void Initialize_ZeroResidualBranches_LeavesSumsOfBranches()
    {
        var builder = new NetworkBuilder("n");
        NetworkValue image = builder.Input("image", 3);
        Network network = builder.Output("x", image.Conv2d(3, 1, name: "a") + image.Conv2d(3, 1, name: "b")).Build();

        NetworkWeights weights = NetworkWeights.Initialize(network, new SeededRandom(1), new WeightInitialization { ZeroResidualBranches = true });

        Assert.All(network.Parameters, p => Assert.NotEqual(0, weights[p.Name].Values.Span[0]));
    }

    [Fact]
    public void Initialize_InvalidSettings_AreReportedTogether()
    {
        string message = Assert.Throws<ArgumentException>(() => NetworkWeights.Initialize(ThreeLayers(), new SeededRandom(1), new WeightInitialization { Distribution = (InitialDistribution)9, NegativeSlope = double.NaN, Gain = 0, StandardDeviation = -1 })).Message;

        Assert.All(["Distribution 9 is unknown", "NegativeSlope is NaN", "Gain is 0", "StandardDeviation is -1"], text => Assert.Contains(text, message, StringComparison.Ordinal));
    }

    private static Network ThreeLayers()
    {
        var builder = new NetworkBuilder("three");
        NetworkValue value = builder.Input("image", 40).Conv2d(60, 3, name: "conv").ConvTranspose2d(30, 4, stride: 2, padding: 1, name: "deconv");
        return builder.Output("x", value.Linear(50, name: "linear")).Build();
    }
}
