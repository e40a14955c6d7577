using ImageRestoration.Imaging;
using ImageRestoration.Networks;
using ImageRestoration.Tests.Conformance;

namespace ImageRestoration.Managed.Tests;

/// <summary>What becomes part of the operation before it; that results stay right is for the conformance suite.</summary>
public sealed class FusionTests
{
    public static TheoryData<string, int> Counts => new()
    {
        { "conv, batch norm, relu", 1 },
        { "linear, scale, affine, prelu", 1 },
        { "deconv, batch norm, sum, leaky relu", 1 },
        { "conv times conv", 2 },
        { "batch norm of the picture, relu", 1 },
        { "batch norm that the conv's other reader does not see", 3 },
        { "layer norm, scale, sum", 1 },
        { "group norm, scale, relu", 3 },
        { "channel attention", 5 },
        { "product with one channel", 3 },
        { "scale behind an activation", 2 },
    };

    [Theory]
    [MemberData(nameof(Counts))]
    public void Create_Network_FusesWhatItCan(string name, int operations)
    {
        Network network = TestNetworks.Build(6, x => name switch
        {
            "conv, batch norm, relu" => x.Conv2d(20, 3, padding: 1).BatchNorm2d().ReLU(),
            "linear, scale, affine, prelu" => x.Linear(20).Scale2d().Affine(2, 1).PReLU(),
            "deconv, batch norm, sum, leaky relu" => (x.ConvTranspose2d(6, 1).BatchNorm2d() + x).LeakyReLU(0.1f),
            "conv times conv" => x.Conv2d(20, 1) * x.Conv2d(20, 3, padding: 1),
            "batch norm of the picture, relu" => x.BatchNorm2d().ReLU(),
            "batch norm that the conv's other reader does not see" => Both(x.Conv2d(20, 1), f => f.BatchNorm2d().Conv2d(20, 1) + f),
            "layer norm, scale, sum" => x.LayerNorm2d().Scale2d() + x,
            "group norm, scale, relu" => x.GroupNorm(2).Scale2d().ReLU(),
            "channel attention" => x * x.GlobalAvgPool().Linear(6).Sigmoid(),
            "product with one channel" => x * x.Slice(0, 1).Conv2d(1, 1),
            _ => x.Conv2d(20, 1).ReLU().Scale2d(),
        });
        using ManagedNetwork runner = TestNetworks.Create(network, TestNetworks.Weights(network));
        Assert.Equal(operations, runner.Operations.Length);
    }

    [Fact]
    public void Create_ConvolutionInGroups_IsTakenApartAtBlocks()
    {
        Network network = TestNetworks.Build(64, x => x.Conv2d(32, 3, groups: 2).Conv2d(40, 3, groups: 8).Conv2d(6, 1, groups: 2).Conv2d(6, 1, groups: 6));
        using ManagedNetwork runner = TestNetworks.Create(network, TestNetworks.Weights(network));
        Assert.Equal([[32, 32], [32], [40], []], runner.Operations.Select(o => o.Parts.Select(p => ((Conv2dLayer)p.Layer).InChannels)));
    }

    /// <summary>Sums over a whole picture: the error must not grow with its size, also where the mean is far from 0.</summary>
    [Theory]
    [MemberData(nameof(TestNetworks.VectorKinds), MemberType = typeof(TestNetworks))]
    public void Run_LayersOverALargePicture_StayWithinTolerance(string kind)
    {
        foreach (Func<NetworkValue, NetworkValue> build in new Func<NetworkValue, NetworkValue>[] { x => x.Affine(0.1f, 3).GroupNorm(1), x => x.Affine(1, 2) * x.GlobalAvgPool().Affine(1000) })
        {
            Network network = TestNetworks.Build(2, build);
            NetworkWeights weights = TestNetworks.Weights(network);
            using ImageTensor input = NetworkCase.RandomInput(ImageShape.Single(2, 997, 1003), seed: 1);
            using ImageTensor expected = ReferenceEvaluator.Run(network, weights, input);
            using ImageTensor actual = TestNetworks.Run(network, weights, input, threads: 2, Enum.Parse<VectorKind>(kind));
            TestNetworks.AssertEqual(expected, actual, kind, tolerance: 1e-5);
        }
    }

    private static NetworkValue Both(NetworkValue value, Func<NetworkValue, NetworkValue> build) => build(value);
}
