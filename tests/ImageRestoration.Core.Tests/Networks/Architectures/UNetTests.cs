using ImageRestoration.Imaging;
using ImageRestoration.Networks;
using ImageRestoration.Networks.Architectures;

namespace ImageRestoration.Tests.Networks.Architectures;

public sealed class UNetTests
{
    /// <summary>Model files hold these names: they stay as they are.</summary>
    [Fact]
    public void Create_Default_KeepsItsLayers()
    {
        Network network = UNet.Create(new UNetOptions { Channels = [4, 8] });

        Assert.Equal(
            [
                "encoder.head", "encoder.level0.0.conv1", "encoder.level0.0.relu1", "encoder.level0.0.conv2", "encoder.level0.0.add1", "encoder.down0",
                "encoder.level1.0.conv1", "encoder.level1.0.relu1", "encoder.level1.0.conv2", "encoder.level1.0.add1",
                "decoder.up0", "decoder.pixelshuffle1", "decoder.add1",
                "decoder.level0.0.conv1", "decoder.level0.0.relu1", "decoder.level0.0.conv2", "decoder.level0.0.add1", "decoder.tail", "decoder.add2",
            ],
            network.Layers.Select(layer => layer.Name));
    }

    [Theory]
    [InlineData(UNetBlock.Residual, ActivationFunction.GELU)]
    [InlineData(UNetBlock.DoubleConvolution, ActivationFunction.LeakyReLU)]
    [InlineData(UNetBlock.NafNet, ActivationFunction.ReLU)]
    public void Create_AnyBlock_KeepsTheSizeAndStaysLocal(UNetBlock block, ActivationFunction activation)
    {
        Network network = UNet.Create(new UNetOptions { Block = block, Activation = activation, Channels = [4, 6, 8], BlocksPerLevel = [2] });

        Assert.Equal(ImageShape.Single(3, 20, 36), network.InferShape(ImageShape.Single(3, 20, 36)));
        Assert.False(network.ReceptiveField.IsGlobal);
        Assert.All(network.Layers.OfType<ActivationLayer>(), layer => Assert.Equal(activation, layer.Function));

        // Five levels down and up of two blocks each.
        int activations = network.Layers.Count(layer => layer is ActivationLayer), products = network.Layers.Count(layer => layer is MulLayer);
        Assert.Equal(block switch { UNetBlock.Residual => (10, 0), UNetBlock.DoubleConvolution => (20, 0), _ => (0, 20) }, (activations, products));
    }

    [Fact]
    public void Create_BlocksOfEachLevel_AreAsMany()
    {
        Network network = UNet.Create(new UNetOptions { Channels = [4, 6, 8], BlocksPerLevel = [1, 3, 2] });

        Assert.Equal(
            [
                "encoder.level0.0", "encoder.level1.0", "encoder.level1.1", "encoder.level1.2", "encoder.level2.0", "encoder.level2.1",
                "decoder.level1.0", "decoder.level1.1", "decoder.level1.2", "decoder.level0.0",
            ],
            network.Layers.Where(layer => layer.Name.EndsWith(".conv1", StringComparison.Ordinal)).Select(layer => layer.Name[..^".conv1".Length]));
    }

    [Fact]
    public void Create_InvalidBlocks_AreReportedTogether()
    {
        string message = Assert.Throws<ArgumentException>(() => UNet.Create(new UNetOptions { Block = (UNetBlock)9, Activation = (ActivationFunction)99 })).Message;

        Assert.Contains("Block 9 is unknown", message, StringComparison.Ordinal);
        Assert.Contains("Activation 99 is unknown", message, StringComparison.Ordinal);
        Assert.Contains("BlocksPerLevel lists 2 levels and Channels 3", Assert.Throws<ArgumentException>(() => UNet.Create(new UNetOptions { Channels = [4, 6, 8], BlocksPerLevel = [1, 2] })).Message, StringComparison.Ordinal);
        Assert.Contains("BlocksPerLevel is empty", Assert.Throws<ArgumentException>(() => UNet.Create(new UNetOptions { BlocksPerLevel = [] })).Message, StringComparison.Ordinal);
        Assert.Contains("blocks of NAFNet have none", Assert.Throws<ArgumentException>(() => UNet.Create(new UNetOptions { Block = UNetBlock.NafNet, Activation = ActivationFunction.GELU })).Message, StringComparison.Ordinal);
    }
}
