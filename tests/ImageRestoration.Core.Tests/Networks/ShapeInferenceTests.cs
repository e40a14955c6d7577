using ImageRestoration.Imaging;
using ImageRestoration.Networks;
using ImageRestoration.Networks.Architectures;
using ImageRestoration.Numerics;

namespace ImageRestoration.Tests.Networks;

public sealed class ShapeInferenceTests
{
    private const int Networks = 150;

    /// <summary>Every value of random networks has the shape that counting window by window gives, and the evaluator fills it.</summary>
    [Fact]
    public void InferShapes_RandomNetworks_CountWindowByWindow()
    {
        for (ulong seed = 0; seed < Networks; seed++)
        {
            Network network = RandomNetworks.Create(seed, steps: 1 + (int)(seed % 7));
            (int height, int width) = RandomNetworks.SmallestSize(network);
            Dictionary<string, ImageTensor> inputs = RandomNetworks.Inputs(network, batch: 2, height, width, seed);
            var heights = network.Inputs.ToDictionary(i => i.Name, i => inputs[i.Name].Height, StringComparer.Ordinal);
            var widths = network.Inputs.ToDictionary(i => i.Name, i => inputs[i.Name].Width, StringComparer.Ordinal);
            IReadOnlyDictionary<string, ImageShape> shapes = network.InferShapes(inputs[network.Inputs[0].Name].Shape);
            foreach (Layer layer in network.Layers)
            {
                // Where inputs differ, the smaller is a single pixel that is repeated.
                heights[layer.Name] = Count(layer, SpatialAxis.Height, layer.Inputs.Max(i => heights[i]));
                widths[layer.Name] = Count(layer, SpatialAxis.Width, layer.Inputs.Max(i => widths[i]));
                Assert.Equal(new ImageShape(2, network.ChannelsOf(layer.Name), heights[layer.Name], widths[layer.Name]), shapes[layer.Name]);
            }

            ImageTensor result = ReferenceEvaluator.Run(network, NetworkWeights.Initialize(network, new SeededRandom(seed)), inputs)["result"];
            Assert.Equal(shapes[network.Outputs[0].Value], result.Shape);
            Assert.Equal(network.Outputs[0].Channels, result.Channels);
            Assert.True(result.Span.IndexOfAnyExceptInRange(float.MinValue, float.MaxValue) < 0);
        }
    }

    /// <summary>Every multiple of the size multiple works, and then all sizes follow the affine formula exactly.</summary>
    [Fact]
    public void SizeMultiple_RandomNetworks_EveryMultipleFitsTheFormula()
    {
        for (ulong seed = 0; seed < Networks; seed++)
        {
            Network network = RandomNetworks.Create(seed, steps: 1 + (int)(seed % 7));
            (int smallestHeight, int smallestWidth) = RandomNetworks.SmallestSize(network);
            NetworkOutput output = network.Outputs[0];
            for (int more = 0; more < 6; more++)
            {
                int height = smallestHeight + (more * network.SizeMultiple.Height), width = smallestWidth + (5 * more % 6 * network.SizeMultiple.Width);
                ImageShape shape = network.InferShape(ImageShape.Single(network.Inputs[0].Channels, height, width));
                Assert.Equal(Apply(output.HeightScale, height), shape.Height);
                Assert.Equal(Apply(output.WidthScale, width), shape.Width);
                Assert.Equal(output.Channels, shape.Channels);
            }
        }
    }

    [Theory]
    [InlineData(3, 3, 9)]
    [InlineData(2, 4, 8)]
    [InlineData(2, 3, 6)]
    public void SizeMultiple_StridesInARow_Multiply(int first, int second, int expected)
    {
        var builder = new NetworkBuilder("n");
        Network network = builder.Output("x", builder.Input("image", 1).AvgPool2d(first).Conv2d(1, 1, stride: new Size2d(second, 1)).ReLU()).Build();

        Assert.Equal(new Size2d(expected, first), network.SizeMultiple);
    }

    [Fact]
    public void SizeMultiple_UpAfterDown_IsTheDeepest()
    {
        Assert.Equal(new Size2d(8, 8), UNet.Create().SizeMultiple);
        Assert.Equal(new Size2d(1, 1), DnCnn.Create().SizeMultiple);
        Assert.Equal(new Size2d(1, 1), UNet.Create(new UNetOptions { Channels = [4] }).SizeMultiple);
        Assert.Equal(new AffineSize(1, 8, 0), UNet.CreateEncoder().Outputs[^1].HeightScale);
    }

    [Fact]
    public void InferShapes_UNet_NotAMultiple_SaysToPad()
    {
        string message = Assert.Throws<TensorShapeException>(() => UNet.Create().InferShape(ImageShape.Single(3, 12, 16))).Message;

        Assert.Contains("Pad the image to multiples of 8×8", message, StringComparison.Ordinal);
    }

    [Fact]
    public void InferShapes_NothingLeft_NamesTheLayer()
    {
        var builder = new NetworkBuilder("n");
        Network network = builder.Output("x", builder.Input("image", 1).Conv2d(1, 5, name: "wide")).Build();

        Assert.Equal(ImageShape.Single(1, 1, 1), network.InferShape(ImageShape.Single(1, 5, 5)));
        Assert.Contains("nothing is left after layer 'wide' (Conv2d)", Assert.Throws<TensorShapeException>(() => network.InferShape(ImageShape.Single(1, 4, 5))).Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(4, 3, "alpha apart")]
    [InlineData(1, 3, "Repeat the grey plane")]
    [InlineData(3, 1, "Convert it to grey")]
    [InlineData(2, 5, "as many channels as the network takes")]
    public void InferShapes_WrongChannels_SaysWhatToDo(int actual, int expected, string remedy)
    {
        var builder = new NetworkBuilder("n");
        Network network = builder.Output("x", builder.Input("image", expected).ReLU()).Build();

        string message = Assert.Throws<TensorShapeException>(() => network.InferShape(ImageShape.Single(actual, 4, 4))).Message;

        Assert.Contains($"has {actual} channel(s); network 'n' takes {expected}", message, StringComparison.Ordinal);
        Assert.Contains(remedy, message, StringComparison.Ordinal);
    }

    [Fact]
    public void InferShapes_LatentInputs_AreRelativeToThePicture()
    {
        IReadOnlyDictionary<string, ImageShape> shapes = UNet.CreateDecoder().InferShapes(ImageShape.Single(3, 16, 24));
        Assert.Equal(ImageShape.Single(64, 8, 12), shapes["skip1"]);
        Assert.Equal(ImageShape.Single(256, 2, 3), shapes["bottleneck"]);

        var builder = new NetworkBuilder("decoder");
        NetworkValue latent = builder.Input("latent", 4, downscale: 4);
        Network decoder = builder.Output("image", latent.PixelShuffle(2) + builder.Input("skip", 1, downscale: 2)).Build();
        Assert.Equal(ImageShape.Single(1, 6, 10), decoder.InferShapes(ImageShape.Single(4, 3, 5))["skip"]);
        Assert.Equal(ImageShape.Single(1, 6, 10), decoder.InferShape(ImageShape.Single(4, 3, 5)));
    }

    [Fact]
    public void InferShapes_ValueOfASinglePixel_IsRepeatedAtEverySize()
    {
        var builder = new NetworkBuilder("n");
        NetworkValue image = builder.Input("image", 4);
        NetworkValue attention = image.GlobalAvgPool("pool").Conv2d(4, 1).Sigmoid();
        Network network = builder.Output("x", attention * image.AvgPool2d(2) + image.Slice(0, 1).AvgPool2d(2)).Output("mean", attention).Build();

        Assert.Equal(AffineSize.SinglePixel, network.ExtentOf("pool", SpatialAxis.Height));
        Assert.Equal(new Size2d(2, 2), network.SizeMultiple);
        Assert.Equal(new ImageShape(3, 4, 5, 1), network.InferShape(new ImageShape(3, 4, 10, 2)));
        Assert.Equal(new ImageShape(3, 4, 1, 1), network.InferShapes(new ImageShape(3, 4, 10, 2))["pool"]);
        Assert.True(network.ReceptiveField.IsGlobal);
    }

    [Fact]
    public void InferShapes_OnePixelOnlyBecauseThePictureIsSmall_IsNotRepeated()
    {
        var builder = new NetworkBuilder("n");
        NetworkValue image = builder.Input("image", 1);
        Network network = builder.Output("x", image.AvgPool2d(2).Upsample(2) + image.Conv2d(1, 2, stride: 2).Upsample(2) + image).Build();

        Assert.Equal(ImageShape.Single(1, 2, 2), network.InferShape(ImageShape.Single(1, 2, 2)));
        Assert.Contains("Pad the image to multiples of 2×2", Assert.Throws<TensorShapeException>(() => network.InferShape(ImageShape.Single(1, 3, 3))).Message, StringComparison.Ordinal);
        Assert.Throws<TensorShapeException>(() => Combine(x => x.GlobalAvgPool().Upsample(2)));

        Network Combine(Func<NetworkValue, NetworkValue> small)
        {
            var other = new NetworkBuilder("n");
            NetworkValue value = other.Input("image", 1);
            return other.Output("x", value + small(value)).Build();
        }
    }

    [Fact]
    public void InferShapes_ReflectionOfATooSmallPicture_SaysSo()
    {
        var builder = new NetworkBuilder("n");
        Network network = builder.Output("x", builder.Input("image", 1).Pad(new Sides2d(0, 3, 0, 0), PaddingMode.Reflect, "mirror")).Build();

        Assert.Equal(ImageShape.Single(1, 7, 1), network.InferShape(ImageShape.Single(1, 4, 1)));
        string message = Assert.Throws<TensorShapeException>(() => network.InferShape(ImageShape.Single(1, 3, 1))).Message;
        Assert.Contains("'mirror' (ReflectionPad2d) mirrors 3 pixels along Height and 'image' has 3", message, StringComparison.Ordinal);
    }

    [Fact]
    public void ChannelsOf_UnknownValue_NamesIt()
        => Assert.Contains("'nothing'", Assert.Throws<ArgumentException>(() => DnCnn.Create().ChannelsOf("nothing")).Message, StringComparison.Ordinal);

    [Fact]
    public void ExtentOf_UnknownValue_NamesIt()
        => Assert.Contains("'nothing'", Assert.Throws<ArgumentException>(() => DnCnn.Create().ExtentOf("nothing", SpatialAxis.Width)).Message, StringComparison.Ordinal);

    private static long Apply(AffineSize size, int extent)
    {
        Assert.Equal(0, extent * size.Numerator % size.Denominator);
        return (extent * size.Numerator / size.Denominator) + size.Offset;
    }

    private static int Count(Layer layer, SpatialAxis axis, int extent) => layer switch
    {
        Conv2dLayer c => Windows(extent, c.Padding.Along(axis), (c.Dilation.Along(axis) * (c.KernelSize.Along(axis) - 1)) + 1, c.Stride.Along(axis)),
        Pool2dLayer p => Windows(extent, p.Padding.Along(axis), p.KernelSize.Along(axis), p.Stride.Along(axis)),
        ConvTranspose2dLayer t => Enumerable.Range(0, extent).Max(i => (i * t.Stride.Along(axis)) + t.KernelSize.Along(axis)) - (2 * t.Padding.Along(axis)) + t.OutputPadding.Along(axis),
        UpsampleLayer u => extent * u.ScaleFactor,
        PixelShuffleLayer s => extent * s.UpscaleFactor,
        PixelUnshuffleLayer s => extent / s.DownscaleFactor,
        Pad2dLayer p => p.Padding.Before(axis) + extent + p.Padding.After(axis),
        GlobalAvgPoolLayer => 1,
        _ => extent,
    };

    private static int Windows(int extent, int padding, int span, int stride)
    {
        int count = 0;
        for (int start = -padding; start + span <= extent + padding; start += stride)
        {
            count++;
        }

        return count;
    }
}
