using ImageRestoration.Imaging;
using ImageRestoration.Networks;
using ImageRestoration.Tests.Conformance;

namespace ImageRestoration.Managed.Tests;

/// <summary>Convolutions as wide as real ones: several blocks, groups of blocks, weights in several chunks, everything that is folded in.</summary>
public sealed class ConvolutionTests
{
    private static readonly (string Name, int Channels, Func<NetworkValue, NetworkValue> Build)[] Cases =
    [
        ("20 to 100 channels", 20, x => x.Conv2d(100, 3, padding: 1)),
        ("64 to 112 channels, 1×1", 64, x => x.Conv2d(112, 1)),
        ("300 to 64 channels in chunks", 300, x => x.Conv2d(64, 3, padding: 1)),
        ("300 channels in chunks, residual", 300, x => x.Conv2d(300, 3, padding: 1) + x),
        ("stride 2", 32, x => x.Conv2d(48, 3, stride: 2, padding: 1)),
        ("stride 3 kernel 5", 17, x => x.Conv2d(33, 5, stride: 3, padding: 2)),
        ("wide kernel, more padding than picture", 4, x => x.Conv2d(16, 7, padding: 12)),
        ("3×3 without padding", 33, x => x.Conv2d(50, 3)),
        ("3×3, padding 3×0, residual of its own size", 16, x => { NetworkValue y = x.Conv2d(16, 3, padding: new Size2d(3, 1), bias: false); return y.Conv2d(16, 3, padding: 1).LeakyReLU(0.1f) + y; }),
        ("concatenation in place", 16, x => { NetworkValue y = x.Conv2d(32, 3, padding: 1).Sigmoid(); return y.Concat([x.Conv2d(20, 1).ReLU(), x]).Conv2d(16, 5, padding: 2) + y.Conv2d(16, 3, padding: 1); }),
        ("concatenation of concatenations", 16, x => { NetworkValue y = x.Conv2d(16, 3, padding: 1), z = x.Concat([y]).GELU(); return z.Concat([z.Conv2d(16, 1), y]).Concat([y.Tanh(), x.Conv2d(8, 1)]); }),
        ("same value twice in a concatenation", 16, x => { NetworkValue y = x.Conv2d(16, 1); return y.Concat([y, x.Conv2d(16, 1).SiLU()]).Sigmoid(); }),
        ("concatenation, then the value written over", 16, x => { NetworkValue y = x.Conv2d(16, 1), z = y.Concat([x.Conv2d(16, 1)]); return z.Conv2d(16, 1) + y.Tanh() + z.Conv2d(16, 3, padding: 1); }),
        ("to three channels, residual", 32, x => { NetworkValue y = x.Conv2d(3, 1); return y + y.Conv2d(48, 3, padding: 1).ReLU().Conv2d(3, 3, padding: 1); }),
        ("to one channel, strided and dilated", 48, x => x.Conv2d(1, new Size2d(3, 2), stride: new Size2d(2, 3), padding: 2, dilation: new Size2d(1, 2), bias: false)),
        ("to four channels, shuffled", 16, x => x.Conv2d(4, 3, padding: 1).PixelShuffle(2)),
        ("relu", 32, x => x.Conv2d(32, 3, padding: 1).ReLU()),
        ("leaky, residual, relu", 32, x => (x.Conv2d(32, 3, padding: 1).LeakyReLU(0.3f) + x).ReLU()),
        ("residual first", 16, x => x + x.Conv2d(16, 3, padding: 1)),
        ("sum of two convolutions", 16, x => x.Conv2d(40, 3, padding: 1) + x.Conv2d(40, 1)),
        ("shuffle 2", 64, x => x.Conv2d(128, 1).PixelShuffle(2)),
        ("shuffle 3, odd channels, leaky, residual", 9, x => x.Conv2d(45, 3, padding: 1).PixelShuffle(3).LeakyReLU() + x.Conv2d(45, 1).ReLU().PixelShuffle(3)),
        ("relu read twice", 16, x => { NetworkValue y = x.Conv2d(16, 1).ReLU(); return (y.Conv2d(16, 3, padding: 1) * y) + y; }),
        ("same value three times", 16, x => { NetworkValue y = x.Conv2d(16, 1).Sigmoid(); return y + y + (y * y); }),
        ("transposed, wide", 40, x => x.ConvTranspose2d(72, 4, stride: 2, padding: 1).ReLU()),
        ("transposed with residual", 8, x => x.ConvTranspose2d(8, 3, padding: 1) + x),
        ("depthwise, wide, strided, residual", 48, x => x.Conv2d(48, 5, padding: 2, groups: 48).ReLU() + x),
        ("depthwise stride 2 dilated", 20, x => x.Conv2d(20, 3, stride: 2, padding: 2, dilation: 2, groups: 20)),
        ("groups of 16", 64, x => x.Conv2d(32, 3, padding: 1, groups: 4).LeakyReLU()),
        ("concatenation of whole and broken blocks", 16, x => x.Concat([x.Conv2d(20, 1), x.ReLU(), x.Conv2d(5, 3, padding: 1)]).Conv2d(24, 3, padding: 1)),
    ];

    public static TheoryData<string, string, bool> AllCases()
    {
        var data = new TheoryData<string, string, bool>();
        foreach ((string name, _, _) in Cases)
        {
            foreach (string kind in Enum.GetNames<VectorKind>())
            {
                data.Add(name, kind, true);
                data.Add(name, kind, false);
            }
        }

        return data;
    }

    [Theory]
    [MemberData(nameof(AllCases))]
    public void Run_WideConvolution_EqualsReference(string name, string kind, bool winograd)
    {
        (_, int channels, Func<NetworkValue, NetworkValue> build) = Cases.Single(c => c.Name == name);
        Network network = TestNetworks.Build(channels, build);
        NetworkWeights weights = TestNetworks.Weights(network);
        foreach (ImageShape shape in new[] { new ImageShape(1, channels, 9, 31), new ImageShape(2, channels, 5, 13), new ImageShape(1, channels, 3, 3) })
        {
            using ImageTensor input = NetworkCase.RandomInput(shape, seed: 4);
            using ImageTensor expected = ReferenceEvaluator.Run(network, weights, input);
            using ImageTensor actual = TestNetworks.Run(network, weights, input, threads: 2, Enum.Parse<VectorKind>(kind), winograd);
            TestNetworks.AssertEqual(expected, actual, $"{name} with {kind}, {shape}, Winograd {winograd}");
        }
    }

    [Fact]
    public void Operations_ConvolutionShuffleActivationAndSum_AreOne()
    {
        Network network = TestNetworks.Build(16, x => (x.Conv2d(64, 1).PixelShuffle(2).LeakyReLU() + x.Upsample(2)).ReLU());
        using ManagedNetwork runner = TestNetworks.Create(network, TestNetworks.Weights(network));
        Assert.Equal([typeof(UpsampleLayer), typeof(Conv2dLayer)], runner.Operations.Select(o => o.Layer.GetType()));
        Operation convolution = runner.Operations[1];
        Assert.Equal((2, FusedActivation.LeakyReLU, FusedActivation.ReLU), (convolution.Shuffle, convolution.Epilogue.First, convolution.Epilogue.Second));
        Assert.NotNull(convolution.Epilogue.Residual);
    }

    [Fact]
    public void Operations_ValueThatIsAlsoAnOutput_IsNotFoldedAway()
    {
        var builder = new NetworkBuilder("two");
        NetworkValue features = builder.Input("image", 3).Conv2d(4, 1);
        builder.Output("features", features);
        builder.Output("result", features.ReLU());
        Network network = builder.Build();
        using ManagedNetwork runner = TestNetworks.Create(network, TestNetworks.Weights(network));
        Assert.Equal(2, runner.Operations.Length);
    }
}
