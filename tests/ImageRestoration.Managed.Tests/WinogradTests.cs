using ImageRestoration.Imaging;
using ImageRestoration.Networks;
using ImageRestoration.Networks.Architectures;
using ImageRestoration.Tests.Conformance;

namespace ImageRestoration.Managed.Tests;

public sealed class WinogradTests
{
    [Theory]
    [InlineData(16, 16, 3, 1, 1, 1, true)]
    [InlineData(15, 16, 3, 1, 1, 1, false)]
    [InlineData(16, 15, 3, 1, 1, 1, false)]
    [InlineData(16, 16, 5, 1, 1, 1, false)]
    [InlineData(16, 16, 3, 2, 1, 1, false)]
    [InlineData(16, 16, 3, 1, 2, 1, false)]
    [InlineData(16, 16, 3, 1, 1, 2, false)]
    public void Operations_Convolution_UsesWinogradWhereItFits(int inChannels, int outChannels, int kernel, int stride, int dilation, int groups, bool expected)
    {
        Network network = TestNetworks.Build(inChannels, x => x.Conv2d(groups == 1 ? outChannels : inChannels, kernel, stride, padding: 2, dilation, groups));
        NetworkWeights weights = TestNetworks.Weights(network);
        using ManagedNetwork allowed = TestNetworks.Create(network, weights), forbidden = TestNetworks.Create(network, weights, winograd: false);
        Assert.Equal(expected, allowed.Operations[0].Winograd is not null);
        Assert.Null(forbidden.Operations[0].Winograd);
    }

    /// <summary>Rounding adds up over layers: the deepest architecture, at the real width.</summary>
    [Fact]
    public void Run_SeventeenLayers_StaysFarWithinTheTolerance()
    {
        Network network = DnCnn.Create();
        NetworkWeights weights = TestNetworks.Weights(network);
        using ImageTensor input = NetworkCase.RandomInput(ImageShape.Single(3, 26, 22), seed: 3);
        using ImageTensor expected = ReferenceEvaluator.Run(network, weights, input), actual = TestNetworks.Run(network, weights, input);
        TestNetworks.AssertEqual(expected, actual, "dncnn", tolerance: TestNetworks.Tolerance / 10);
    }

    [Fact]
    public void Run_NaN_StaysNearAndIsNeverLost()
    {
        Network network = TestNetworks.Build(16, x => x.Conv2d(16, 3, padding: 1));
        using ImageTensor input = NetworkCase.RandomInput(ImageShape.Single(16, 20, 20), seed: 1);
        input.Row(0, 1, 9)[10] = float.NaN;
        using ImageTensor output = TestNetworks.Run(network, TestNetworks.Weights(network), input);
        for (int y = 0; y < 20; y++)
        {
            for (int x = 0; x < 20; x++)
            {
                int distance = Math.Max(Math.Abs(y - 9), Math.Abs(x - 10));
                bool isNaN = float.IsNaN(output.Row(0, 2, y)[x]);
                Assert.True(isNaN || distance > 1);
                Assert.True(!isNaN || distance <= 5);
            }
        }
    }
}
