using ImageRestoration.Networks;
using ImageRestoration.Networks.Architectures;

namespace ImageRestoration.Tests.Networks;

/// <summary>Parameter counts and operations against numbers computed by hand or published.</summary>
public sealed class NetworkCostTests
{
    [Fact]
    public void UNet_Default_HasTheDocumentedCost()
    {
        Network network = UNet.Create();

        Assert.Equal(2_302_371, network.ParameterCount);

        // Blocks: three levels down and up with 2 × 9 c² at 1/4^level each, and the bottleneck once; then head and tail, and the 2×2 and 1×1 steps.
        int blocks = (3 * 2 * 2 * 9 * 32 * 32) + (2 * 9 * 256 * 256 / 64);
        int ends = 2 * 9 * 3 * 32;
        int steps = 3 * 2 * (32 * 64 * 4 / 4);
        Assert.Equal(143_040, blocks + ends + steps);
        Assert.Equal(143_040, network.MacsPerPixel, 1e-6);
        Assert.Equal(network.ParameterCount, UNet.CreateEncoder().ParameterCount + UNet.CreateDecoder().ParameterCount);
    }

    /// <summary>The counts of the published weights of DnCNN and its blind variants (batch normalisation merged, with biases).</summary>
    [Theory]
    [InlineData(1, 17, 555_137)]
    [InlineData(1, 20, 665_921)]
    [InlineData(3, 20, 668_227)]
    [InlineData(3, 17, 557_443)]
    public void DnCnn_Published_HasThePublishedParameters(int channels, int depth, int parameters)
    {
        Network network = DnCnn.Create(channels, depth);

        Assert.Equal(parameters, network.ParameterCount);
        Assert.Equal((2 * channels * 64 * 9) + ((depth - 2) * 64 * 64 * 9), network.MacsPerPixel);
    }

    [Fact]
    public void MacsPerPixel_EachKindOfLayer_CountsProductsOnce()
    {
        Assert.Equal(4 * 6 / 2 * 15 / 6.0, Macs(4, x => x.Conv2d(6, new Size2d(3, 5), stride: new Size2d(2, 3), groups: 2)), 1e-9);
        Assert.Equal(4 * 6 * 9, Macs(4, x => x.ConvTranspose2d(6, 3, stride: 2)), 1e-9);
        Assert.Equal(1, Macs(1, x => x.ConvTranspose2d(1, 1, stride: 3)), 1e-9);
        Assert.Equal(0, Macs(4, x => x.MaxPool2d(2).ReLU().Upsample(4).PixelUnshuffle(2).PixelShuffle(4)), 1e-9);
        Assert.Equal(8 * 4 / 4.0 * 9, Macs(8, x => x.AvgPool2d(2).Conv2d(4, 3, padding: 1)), 1e-9);
        Assert.Equal(8 * 4 * 4.0, Macs(8, x => x.Upsample(2).Conv2d(4, 1)), 1e-9);
    }

    [Fact]
    public void Parameters_FanIn_IsPyTorchs()
    {
        Assert.Equal(2 * 3 * 5, new Conv2dLayer("c", "x", 4, 6, new Size2d(3, 5), groups: 2).Parameters[0].FanIn);
        Assert.Equal(6 * 3 * 5, new ConvTranspose2dLayer("c", "x", 4, 6, new Size2d(3, 5)).Parameters[1].FanIn);
    }

    [Theory]
    [InlineData(0, 17)]
    [InlineData(3, 1)]
    public void DnCnn_InvalidSettings_AreRefused(int channels, int depth) => Assert.Throws<ArgumentOutOfRangeException>(() => DnCnn.Create(channels, depth));

    [Fact]
    public void UNet_InvalidSettings_AreReportedTogether()
    {
        string message = Assert.Throws<ArgumentException>(() => UNet.Create(new UNetOptions { ImageChannels = 0, Channels = [], BlocksPerLevel = 65 })).Message;

        Assert.Contains("ImageChannels is 0", message, StringComparison.Ordinal);
        Assert.Contains("Channels must list", message, StringComparison.Ordinal);
        Assert.Contains("BlocksPerLevel is 65", message, StringComparison.Ordinal);
    }

    private static double Macs(int channels, Func<NetworkValue, NetworkValue> append)
    {
        var builder = new NetworkBuilder("n");
        return builder.Output("x", append(builder.Input("image", channels))).Build().MacsPerPixel;
    }
}
