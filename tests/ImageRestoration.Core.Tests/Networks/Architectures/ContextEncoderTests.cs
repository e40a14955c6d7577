using ImageRestoration.Imaging;
using ImageRestoration.Networks;
using ImageRestoration.Networks.Architectures;
using ImageRestoration.Numerics;

namespace ImageRestoration.Tests.Networks.Architectures;

public sealed class ContextEncoderTests
{
    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void Create_Default_KeepsTheSizeAndHasThePapersBottleneck(bool takesMask)
    {
        var options = new ContextEncoderOptions { TakesMask = takesMask };
        Network network = ContextEncoder.Create(options);

        Assert.Equal(takesMask, network.TakesMask());
        Assert.Equal(new Size2d(32, 32), network.SizeMultiple);
        Assert.Equal(ImageShape.Single(512, 4, 4), ContextEncoder.CreateEncoder(options).InferShape(ImageShape.Single(3, 128, 128)));
        Assert.Equal(ImageShape.Single(3, 128, 128), network.InferShape(ImageShape.Single(3, 128, 128)));
        Assert.Equal(ImageShape.Single(3, 32, 160), network.InferShape(ImageShape.Single(3, 32, 160)));
    }

    /// <summary>Of a picture of 4×4 positions each position of the bottleneck's channel depends on every other: what a fully connected layer is for.</summary>
    [Fact]
    public void Bottleneck_Default_ConnectsAllPositionsOfAChannel()
    {
        Network network = ContextEncoder.CreateEncoder(new ContextEncoderOptions { Channels = [2, 2], TakesMask = false });
        var spread = Assert.IsType<Conv2dLayer>(network.Layers.Single(layer => layer.Name == "spread"));
        var builder = new NetworkBuilder("spread");
        Network alone = builder.Output("x", builder.Append(new Conv2dLayer("spread", builder.Input("image", 2).Name, 2, 2, spread.KernelSize, padding: spread.Padding, groups: spread.Groups))).Build();
        NetworkWeights weights = NetworkWeights.Initialize(alone, new SeededRandom(1));
        using ImageTensor zero = ImageTensor.Create(ImageShape.Single(2, 4, 4)), corner = ImageTensor.Create(ImageShape.Single(2, 4, 4));
        corner.Plane(0, 1)[0] = 1;
        using ImageTensor without = ReferenceEvaluator.Run(alone, weights, zero), with = ReferenceEvaluator.Run(alone, weights, corner);

        for (int i = 0; i < 16; i++)
        {
            Assert.NotEqual(without.Plane(0, 1)[i], with.Plane(0, 1)[i]);
            Assert.Equal(without.Plane(0, 0)[i], with.Plane(0, 0)[i]);
        }
    }

    [Fact]
    public void Create_InvalidSettings_AreReportedTogether()
    {
        string message = Assert.Throws<ArgumentException>(() => ContextEncoder.Create(new ContextEncoderOptions { ImageChannels = 0, Channels = default, BottleneckKernelSize = 4 })).Message;

        Assert.All(["ImageChannels is 0", "Channels lists 0", "BottleneckKernelSize is 4; it must be odd"], text => Assert.Contains(text, message, StringComparison.Ordinal));
    }
}
