using ImageRestoration.Imaging;
using ImageRestoration.Networks;
using ImageRestoration.Networks.Architectures;

namespace ImageRestoration.Tests.Networks;

/// <summary>What follows from the graph; that tiles of random networks are exact with it, and not with less, is proven where tiles are.</summary>
public sealed class TileHaloTests
{
    [Fact]
    public void TileHalo_NetworkWithoutStrides_IsTheReceptiveField()
    {
        Network network = DnCnn.Create(depth: 17);

        Assert.Equal(network.ReceptiveField, network.TileHalo);
    }

    [Fact]
    public void TileHalo_Strides_CountFromBlocksOfTheSizeMultiple()
    {
        // The last pixel of each block looks furthest down, and lies at the block's end already.
        Network network = UNet.Create(new UNetOptions { Channels = [4, 4, 4] });

        Assert.True(network.TileHalo.Radius <= network.ReceptiveField.Radius);
        Assert.True(network.TileHalo.Radius > network.ReceptiveField.Radius - network.SizeMultiple.Height);
    }

    [Fact]
    public void TileHalo_MaskThatReachesFurther_Counts()
    {
        var builder = new NetworkBuilder("n");
        NetworkValue image = builder.Input("image", 1), mask = builder.Input("mask", 1);
        Network network = builder.Output("x", image.Conv2d(1, 3, padding: 1) * mask.Conv2d(1, new Size2d(9, 11), padding: new Size2d(4, 5))).Build();

        Assert.Equal(new ReceptiveField(1, 1, 1, 1, IsGlobal: false), network.ReceptiveField);
        Assert.Equal(new ReceptiveField(4, 4, 5, 5, IsGlobal: false), network.TileHalo);
    }

    [Fact]
    public void TileHalo_ValuesThatATransposedConvolutionCutsOff_Count()
    {
        // Of a block's first pixel the next layer needs two enlarged pixels above; both come from the pixel above and the block itself,
        // but a tile that starts at the block lacks the enlarged pixel that padding cuts off.
        var builder = new NetworkBuilder("n");
        Network network = builder.Output("x", builder.Input("image", 1).ConvTranspose2d(1, 2, stride: 2, padding: 1).Conv2d(1, 3, stride: 2, padding: 2)).Build();

        Assert.Equal((1, 1), (network.ReceptiveField.Top, network.TileHalo.Top));
        Assert.True(network.TileHalo.Bottom > network.ReceptiveField.Bottom);
    }

    [Fact]
    public void TileHalo_LayerThatSeesEverything_IsGlobal()
    {
        var builder = new NetworkBuilder("n");
        builder.Input("image", 1).ReLU("first");
        Network network = builder.Output("x", builder.Append(new ReceptiveFieldTests.GlobalLayer("all", "first"))).Build();

        Assert.True(network.TileHalo.IsGlobal);
    }

    [Fact]
    public void ValuesPerPixel_IsThePeakOfWhatIsHeldAtOnce()
    {
        var builder = new NetworkBuilder("n");
        NetworkValue image = builder.Input("image", 3);
        NetworkValue features = image.Conv2d(8, 3, padding: 1);
        NetworkValue small = features.Conv2d(16, 2, stride: 2).Conv2d(16, 1);
        Network network = builder.Output("x", image + (features + small.Conv2d(32, 1).PixelShuffle(2)).Conv2d(3, 1)).Build();

        // Picture, features, the enlarged small ones and their sum: 3 + 8 + 8 + 8.
        Assert.Equal(27, network.ValuesPerPixel);
        Assert.Equal(new ImageShape(1, 3, 4, 6), network.InferShape(new ImageShape(1, 3, 4, 6)));
    }
}
