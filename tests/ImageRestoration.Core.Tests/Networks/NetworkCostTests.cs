using ImageRestoration.Imaging;
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

    /// <summary>The paper gives 16 GMACs at 256×256 for width 32.</summary>
    [Fact]
    public void NafNet_Default_HasThePapersCost()
    {
        Network network = NafNet.Create();

        // A block: six products of c × c for halves, third and fifth convolution, two of them depthwise.
        static double Blocks(int count, int c, int reduction) => (double)count * ((6 * c * c) + (2 * 9 * c)) / (reduction * reduction);
        double blocks = Blocks(4, 32, 1) + Blocks(4, 64, 2) + Blocks(6, 128, 4) + Blocks(10, 256, 8) + Blocks(12, 512, 16);
        double steps = Enumerable.Range(0, 4).Sum(level => (32 << level) * (64 << level) * 2.0 / (1 << (2 * level)));
        Assert.Equal(blocks + steps + (2 * 3 * 32 * 9), network.MacsPerPixel, 1e-6);
        Assert.InRange(network.MacsPerPixel * 256 * 256 / 1e9, 15.5, 16.5);
        Assert.Equal(29_159_715, network.ParameterCount);
        Assert.Equal(new Size2d(16, 16), network.SizeMultiple);
        Assert.True(network.ReceptiveField.IsGlobal);
        Assert.False(NafNet.Create(new NafNetOptions { ChannelAttention = false }).ReceptiveField.IsGlobal);
    }

    [Fact]
    public void NafNet_InvalidSettings_AreReportedTogether()
    {
        string message = Assert.Throws<ArgumentException>(() => NafNet.Create(new NafNetOptions { ImageChannels = 0, Width = 0, EncoderBlocks = [1, 65], MiddleBlocks = -1, DecoderBlocks = [1] })).Message;

        Assert.All(["ImageChannels is 0", "Width is 0", "EncoderBlocks must list", "MiddleBlocks is -1", "DecoderBlocks must list"], text => Assert.Contains(text, message, StringComparison.Ordinal));
    }

    /// <summary>Convolutions of 64 filters, in and out, and the last one, each 3×3 with a bias.</summary>
    [Fact]
    public void ConvAutoencoder_Default_HasTheDocumentedShapes()
    {
        Network network = ConvAutoencoder.Create();

        Assert.Equal((3 * 64 * 9) + 64 + (3 * ((64 * 64 * 9) + 64)) + (64 * 3 * 9) + 3, network.ParameterCount);
        Assert.Equal(ImageShape.Single(64, 8, 8), ConvAutoencoder.CreateEncoder().InferShape(ImageShape.Single(3, 32, 32)));
        Assert.Equal(ImageShape.Single(3, 32, 32), network.InferShape(ImageShape.Single(3, 32, 32)));
    }

    [Theory]
    [InlineData(1)]
    [InlineData(4)]
    public void StridedAutoencoder_AnyLevels_KeepsTheSizeAndTakesAMask(int levels)
    {
        Network network = StridedAutoencoder.Create(width: 4, levels: levels);

        Assert.True(network.TakesMask());
        Assert.Equal(new Size2d(1 << levels, 1 << levels), network.SizeMultiple);
        Assert.Equal(ImageShape.Single(3, 48, 80), network.InferShape(ImageShape.Single(3, 48, 80)));
        Assert.Equal(ImageShape.Single(4 << (levels - 1), 48 >> levels, 80 >> levels), StridedAutoencoder.CreateEncoder(width: 4, levels: levels).InferShape(ImageShape.Single(3, 48, 80)));
    }

    [Theory]
    [InlineData(0)]
    [InlineData(9)]
    public void StridedAutoencoder_InvalidLevels_AreRefused(int levels) => Assert.Throws<ArgumentOutOfRangeException>(() => StridedAutoencoder.Create(levels: levels));

    [Fact]
    public void MacsPerPixel_EachKindOfLayer_CountsProductsOnce()
    {
        Assert.Equal(4 * 6 / 2 * 15 / 6.0, Macs(4, x => x.Conv2d(6, new Size2d(3, 5), stride: new Size2d(2, 3), groups: 2)), 1e-9);
        Assert.Equal(4 * 6 * 9, Macs(4, x => x.ConvTranspose2d(6, 3, stride: 2)), 1e-9);
        Assert.Equal(1, Macs(1, x => x.ConvTranspose2d(1, 1, stride: 3)), 1e-9);
        Assert.Equal(0, Macs(4, x => x.MaxPool2d(2).ReLU().Upsample(4).PixelUnshuffle(2).PixelShuffle(4)), 1e-9);
        Assert.Equal(8 * 4 / 4.0 * 9, Macs(8, x => x.AvgPool2d(2).Conv2d(4, 3, padding: 1)), 1e-9);
        Assert.Equal(5 * 7, Macs(5, x => x.Linear(7)), 1e-9);
        Assert.Equal(0, Macs(4, x => x * x.BatchNorm2d().GlobalAvgPool().Conv2d(4, 1)), 1e-9);
        Assert.Equal(8 * 4 * 4.0, Macs(8, x => x.Upsample(2).Conv2d(4, 1)), 1e-9);
    }

    [Fact]
    public void Parameters_FanIn_IsPyTorchs()
    {
        Assert.Equal(2 * 3 * 5, new Conv2dLayer("c", "x", 4, 6, new Size2d(3, 5), groups: 2).Parameters[0].FanIn);
        Assert.Equal(6 * 3 * 5, new ConvTranspose2dLayer("c", "x", 4, 6, new Size2d(3, 5)).Parameters[1].FanIn);
    }

    [Fact]
    public void ParameterCount_BatchNorm_CountsWhatIsLearned()
    {
        var builder = new NetworkBuilder("n");
        Network network = builder.Output("x", builder.Input("image", 3).Conv2d(5, 1, bias: false).BatchNorm2d(name: "norm")).Build();

        Assert.Equal(15 + 10, network.ParameterCount);
        Assert.Equal(["norm.running_mean", "norm.running_var"], network.Parameters.Where(p => !p.Learned).Select(p => p.Name));
    }

    [Theory]
    [InlineData(0, 17)]
    [InlineData(3, 1)]
    public void DnCnn_InvalidSettings_AreRefused(int channels, int depth) => Assert.Throws<ArgumentOutOfRangeException>(() => DnCnn.Create(channels, depth));

    [Fact]
    public void UNet_InvalidSettings_AreReportedTogether()
    {
        string message = Assert.Throws<ArgumentException>(() => UNet.Create(new UNetOptions { ImageChannels = 0, Channels = [], BlocksPerLevel = [65] })).Message;

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
