using ImageRestoration.Imaging;
using ImageRestoration.Networks;

namespace ImageRestoration.Tests.Networks;

public sealed class NetworkBuilderTests
{
    [Fact]
    public void Names_NotGiven_AreKindAndNumber()
    {
        var builder = new NetworkBuilder("n");
        NetworkValue image = builder.Input("image", 4);

        Assert.Equal(["conv1", "relu1", "conv2", "deconv1", "add1", "mul1", "concat1"],
            [image.Conv2d(4, 1).Name, image.ReLU().Name, image.Conv2d(4, 1).Name, image.ConvTranspose2d(4, 1).Name, (image + image).Name, (image * image).Name, image.Concat([image]).Name]);
        Assert.Equal(["maxpool1", "avgpool1", "upsample1", "pixelshuffle1", "pixelunshuffle1", "leakyrelu1", "gelu1", "silu1", "sigmoid1", "tanh1"],
            [image.MaxPool2d(2).Name, image.AvgPool2d(2).Name, image.Upsample(2).Name, image.PixelShuffle(2).Name, image.PixelUnshuffle(2).Name, image.LeakyReLU().Name, image.GELU().Name, image.SiLU().Name, image.Sigmoid().Name, image.Tanh().Name]);
    }

    [Fact]
    public void Scope_Nested_PrefixesAllNamesAndCountsApart()
    {
        var builder = new NetworkBuilder("n");
        NetworkValue image = builder.Input("image", 1);
        var names = new List<string>();
        using (builder.Scope("blocks"))
        {
            names.Add(image.ReLU().Name);
            using (builder.Scope("0"))
            {
                names.Add(image.ReLU().Name);
                names.Add(image.Conv2d(1, 1, name: "conv").Name);
            }

            names.Add(image.ReLU().Name);
        }

        names.Add(image.ReLU().Name);
        Assert.Equal(["blocks.relu1", "blocks.0.relu1", "blocks.0.conv", "blocks.relu2", "relu1"], names);
    }

    [Fact]
    public void Scope_DisposedTwice_LeavesOnce()
    {
        var builder = new NetworkBuilder("n");
        NetworkValue image = builder.Input("image", 1);
        using (builder.Scope("outer"))
        {
            IDisposable inner = builder.Scope("inner");
            inner.Dispose();
            inner.Dispose();
            Assert.Equal("outer.relu1", image.ReLU().Name);
        }
    }

    [Fact]
    public void Build_KeepsOrderAndNamesOfPyTorchStateDict()
    {
        var builder = new NetworkBuilder("n");
        NetworkValue image = builder.Input("image", 3);
        using (builder.Scope("head"))
        {
            image = image.Conv2d(8, 3, name: "0").ConvTranspose2d(2, 4, stride: 2, name: "1").Conv2d(2, new Size2d(1, 3), groups: 2, bias: false, name: "2");
        }

        Network network = builder.Output("result", image).Build();

        Assert.Equal(["head.0.weight", "head.0.bias", "head.1.weight", "head.1.bias", "head.2.weight"], network.Parameters.Select(p => p.Name));
        Assert.Equal(["8,3,3,3", "8", "8,2,4,4", "2", "2,1,1,3"], network.Parameters.Select(p => string.Join(',', p.Shape)));
        Assert.Equal(("result", 2), (network.Outputs[0].Name, network.Outputs[0].Channels));
    }

    [Fact]
    public void Append_DuplicateName_SaysToRename()
    {
        var builder = new NetworkBuilder("n");
        NetworkValue image = builder.Input("image", 1);
        image.ReLU("a");

        Assert.Contains("'a'. Give each", Assert.Throws<ArgumentException>(() => image.ReLU("a")).Message, StringComparison.Ordinal);
        Assert.Contains("'image'. Give each", Assert.Throws<ArgumentException>(() => image.ReLU("image")).Message, StringComparison.Ordinal);
        Assert.Contains("'image'. Give each", Assert.Throws<ArgumentException>(() => builder.Input("image", 1)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Combine_ValueOfAnotherBuilder_IsRefused()
    {
        NetworkValue own = new NetworkBuilder("a").Input("own", 1), foreign = new NetworkBuilder("b").Input("foreign", 1);

        foreach (Action combine in new Action[] { () => _ = own + foreign, () => _ = own * foreign, () => own.Concat([foreign]), () => new NetworkBuilder("c").Output("x", foreign) })
        {
            Assert.Contains("'foreign' belongs to another NetworkBuilder. ", Assert.Throws<ArgumentException>(combine).Message, StringComparison.Ordinal);
        }
    }

    [Fact]
    public void Append_UnknownInput_NamesLayerAndInput()
    {
        var builder = new NetworkBuilder("n");
        builder.Input("image", 1);

        string message = Assert.Throws<ArgumentException>(() => builder.Append(new ActivationLayer("act", "imagee", ActivationFunction.ReLU))).Message;

        Assert.Contains("'act' takes 'imagee'", message, StringComparison.Ordinal);
    }

    [Fact]
    public void Append_UnfitChannels_NamesLayerExpectedAndActual()
    {
        var builder = new NetworkBuilder("n");
        NetworkValue image = builder.Input("image", 3), mask = builder.Input("mask", 1);

        Assert.Contains("'c' (Conv2d) takes 4 channels and 'image' has 3", Assert.Throws<TensorShapeException>(() => builder.Append(new Conv2dLayer("c", "image", 4, 4, 1))).Message, StringComparison.Ordinal);
        Assert.Contains("'t' (ConvTranspose2d) takes 4 channels and 'image' has 3", Assert.Throws<TensorShapeException>(() => builder.Append(new ConvTranspose2dLayer("t", "image", 4, 4, 1))).Message, StringComparison.Ordinal);
        NetworkValue pair = mask.Concat([mask]);
        Assert.Contains("equal channels or of one and got 3, 2", Assert.Throws<TensorShapeException>(() => image + pair).Message, StringComparison.Ordinal);
        Assert.Contains("equal channels or of one and got 3, 2", Assert.Throws<TensorShapeException>(() => image * pair).Message, StringComparison.Ordinal);
        Assert.Contains("equal channels or of one and got 3, 2", Assert.Throws<TensorShapeException>(() => image / pair).Message, StringComparison.Ordinal);
        Assert.Contains("'b' (BatchNorm2d) takes 4 channels and 'image' has 3", Assert.Throws<TensorShapeException>(() => builder.Append(new BatchNorm2dLayer("b", "image", 4))).Message, StringComparison.Ordinal);
        Assert.Contains("has 2 slopes and 'image' has 3 channels", Assert.Throws<TensorShapeException>(() => image.PReLU(2)).Message, StringComparison.Ordinal);
        Assert.Contains("takes channels 1 to 3 and 'image' has 3", Assert.Throws<TensorShapeException>(() => image.Slice(1, 3)).Message, StringComparison.Ordinal);
        Assert.Contains("3 channels; what is known of 'image' is one channel", Assert.Throws<TensorShapeException>(() => image.PartialConv2d(4, 3, image)).Message, StringComparison.Ordinal);
        Assert.Contains("have 2 channels together and 'image' has 3", Assert.Throws<ArgumentException>(() => image.Split(1, 1)).Message, StringComparison.Ordinal);
        Assert.Contains("3 channels, which is no multiple of 4", Assert.Throws<TensorShapeException>(() => image.PixelShuffle(2)).Message, StringComparison.Ordinal);
        Assert.Contains("no multiple of 4294967296", Assert.Throws<TensorShapeException>(() => image.PixelShuffle(1 << 16)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Append_InvalidSetting_NamesItAndItsBound()
    {
        NetworkValue image = new NetworkBuilder("n").Input("image", 3);

        AssertOutOfRange("stride", () => image.Conv2d(1, 3, stride: 0));
        AssertOutOfRange("padding", () => image.Conv2d(1, 3, padding: new Size2d(0, -1)));
        AssertOutOfRange("dilation", () => image.Conv2d(1, 3, dilation: 0));
        AssertOutOfRange("kernelSize", () => image.Conv2d(1, 0));
        AssertOutOfRange("outChannels", () => image.Conv2d(0, 1));
        AssertOutOfRange("padding", () => image.MaxPool2d(3, padding: 2));
        AssertOutOfRange("outputPadding", () => image.ConvTranspose2d(1, 3, stride: 2, outputPadding: 2));
        AssertOutOfRange("scaleFactor", () => image.Upsample(0));
        AssertOutOfRange("eps", () => image.BatchNorm2d(eps: -1));
        AssertOutOfRange("eps", () => image.LayerNorm2d(eps: float.NaN));
        AssertOutOfRange("eps", () => image.Divide(image, eps: float.PositiveInfinity));
        AssertOutOfRange("momentum", () => image.BatchNorm2d(momentum: 1.5f));
        AssertOutOfRange("numGroups", () => image.GroupNorm(0));
        AssertOutOfRange("padding", () => image.Pad(new Sides2d(0, 0, -1, 0)));
        AssertOutOfRange("mode", () => image.Pad(1, (PaddingMode)9));
        AssertOutOfRange("outFeatures", () => image.Linear(0));
        AssertOutOfRange("numParameters", () => image.PReLU(0));
        AssertOutOfRange("scale", () => image.Affine(float.NaN));
        AssertOutOfRange("initialScale", () => image.Scale2d(float.NaN));
        AssertOutOfRange("count", () => image.Slice(0, 0));
        Assert.Contains("does not divide numChannels (3)", Assert.Throws<ArgumentException>(() => image.GroupNorm(2)).Message, StringComparison.Ordinal);
        Assert.Contains("neither scale nor bias", Assert.Throws<ArgumentException>(() => image.Scale2d(scale: false)).Message, StringComparison.Ordinal);
        AssertOutOfRange("function", () => image.Activation((ActivationFunction)99));
        AssertOutOfRange("negativeSlope", () => image.LeakyReLU(float.NaN));
        Assert.Contains("Choose a common divisor", Assert.Throws<ArgumentException>(() => image.Conv2d(4, 1, groups: 2)).Message, StringComparison.Ordinal);
        AssertOutOfRange("channels", () => new NetworkBuilder("n").Input("image", 0));
        AssertOutOfRange("downscale", () => new NetworkBuilder("n").Input("image", 1, downscale: 0));
    }

    [Fact]
    public void Build_UnusedLayerOrInput_SaysWhich()
    {
        var builder = new NetworkBuilder("n");
        NetworkValue image = builder.Input("image", 1);
        image.ReLU("lost");
        Assert.Contains("'lost'. Use its result or leave the layer out", Assert.Throws<InvalidOperationException>(() => builder.Output("x", image.Tanh()).Build()).Message, StringComparison.Ordinal);

        builder = new NetworkBuilder("n");
        builder.Input("mask", 1);
        Assert.Contains("'mask'. Use it or leave it out", Assert.Throws<InvalidOperationException>(() => builder.Output("x", builder.Input("image", 1).ReLU()).Build()).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Build_NoOutputOrTwoOfOneName_SaysWhatToDo()
    {
        var builder = new NetworkBuilder("n");
        Assert.Contains("at least one of each", Assert.Throws<InvalidOperationException>(builder.Build).Message, StringComparison.Ordinal);
        NetworkValue image = builder.Input("image", 1);
        Assert.Contains("at least one of each", Assert.Throws<InvalidOperationException>(builder.Build).Message, StringComparison.Ordinal);
        builder.Output("x", image.ReLU()).Output("x", image);
        Assert.Contains("'x'. Give each output a name", Assert.Throws<InvalidOperationException>(builder.Build).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Build_WaysOfDifferentSize_NamesBoth()
    {
        var builder = new NetworkBuilder("n");
        NetworkValue image = builder.Input("image", 1);
        builder.Output("x", image.Conv2d(1, 3, name: "narrow") + image);

        string message = Assert.Throws<TensorShapeException>(builder.Build).Message;

        Assert.Contains("'narrow' is input × 1/1 + -2", message, StringComparison.Ordinal);
        Assert.Contains("Make the strides and paddings on both ways agree", message, StringComparison.Ordinal);
    }

    [Fact]
    public void Build_UnshuffleThatNeverDivides_SaysToChangePadding()
    {
        var builder = new NetworkBuilder("n");
        builder.Output("x", builder.Input("image", 1).Conv2d(1, 2).PixelUnshuffle(2));

        Assert.Contains("Change the padding", Assert.Throws<TensorShapeException>(builder.Build).Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(2)]
    [InlineData(40)]
    public void Build_AbsurdStrides_AreRefused(int repeats)
    {
        foreach (bool up in new[] { false, true })
        {
            var builder = new NetworkBuilder("n");
            NetworkValue value = builder.Input("image", 1);
            for (int i = 0; i < repeats; i++)
            {
                value = up ? value.Upsample(50_000) : value.AvgPool2d(1, stride: 50_000);
            }

            Assert.Contains("Use fewer or smaller strides", Assert.Throws<TensorShapeException>(builder.Output("x", value).Build).Message, StringComparison.Ordinal);
        }
    }

    [Fact]
    public void Build_TooManyPhases_AreRefused()
    {
        var builder = new NetworkBuilder("n");
        NetworkValue image = builder.Input("image", 1);
        NetworkValue deep = image.AvgPool2d(1, stride: 1_000).Upsample(1_000);

        Assert.Contains("Use fewer or smaller strides", Assert.Throws<TensorShapeException>(builder.Output("x", (image + deep).Upsample(5)).Build).Message, StringComparison.Ordinal);
    }

    /// <summary>The receptive field is followed through all layers once for each phase: a short file could ask for minutes of that.</summary>
    [Fact]
    public void Build_TooManyLayersForThePhases_AreRefused()
    {
        var builder = new NetworkBuilder("n");
        NetworkValue value = builder.Input("image", 1).AvgPool2d(1, stride: 4_096).Upsample(4_096);
        for (int i = 0; i < 3_000; i++)
        {
            value = value.ReLU();
        }

        Assert.Contains("Use fewer layers, or smaller strides", Assert.Throws<TensorShapeException>(builder.Output("x", value).Build).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void InferShape_ResultBeyondInt32_IsRefused()
    {
        var builder = new NetworkBuilder("n");
        Network network = builder.Output("x", builder.Input("image", 1).Upsample(4_000)).Build();

        Assert.Contains("Use a smaller picture", Assert.Throws<TensorShapeException>(() => network.InferShape(ImageShape.Single(1, 600_000, 1))).Message, StringComparison.Ordinal);
    }

    private static void AssertOutOfRange(string setting, Func<object> append)
        => Assert.Equal(setting, Assert.Throws<ArgumentOutOfRangeException>(append).ParamName);
}
