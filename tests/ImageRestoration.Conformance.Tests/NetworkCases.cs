using ImageRestoration.Imaging;
using ImageRestoration.Networks;
using ImageRestoration.Networks.Architectures;

namespace ImageRestoration.Tests.Conformance;

/// <summary>Every layer kind with its unusual settings, and every architecture, at odd sizes and batches.</summary>
public static class NetworkCases
{
    public static IReadOnlyList<NetworkCase> Layers { get; } =
    [
        Layer("conv 3×3", 3, x => x.Conv2d(5, 3, padding: 1)),
        Layer("conv 1×1 without bias", 4, x => x.Conv2d(7, 1, bias: false)),
        Layer("conv 5×3, stride 2×1, padding 2×0", 2, x => x.Conv2d(3, new Size2d(5, 3), stride: new Size2d(2, 1), padding: new Size2d(2, 0))),
        Layer("conv dilated", 3, x => x.Conv2d(4, 3, padding: 2, dilation: 2)),
        Layer("conv in groups", 6, x => x.Conv2d(4, 3, padding: 1, groups: 2)),
        Layer("conv depthwise", 5, x => x.Conv2d(5, 3, padding: 1, groups: 5)),
        Layer("conv valid", 1, x => x.Conv2d(2, 4)),
        Layer("conv stride 2 kernel 2", 3, x => x.Conv2d(8, 2, stride: 2)),
        Layer("deconv stride 2", 4, x => x.ConvTranspose2d(3, 2, stride: 2)),
        Layer("deconv 4×3, stride 2×3, padding 1, output padding 1×2", 3, x => x.ConvTranspose2d(2, new Size2d(4, 3), stride: new Size2d(2, 3), padding: 1, outputPadding: new Size2d(1, 2))),
        Layer("deconv stride 1 without bias", 2, x => x.ConvTranspose2d(4, 3, padding: 1, bias: false)),
        Layer("relu", 3, x => x.ReLU()),
        Layer("leaky relu", 3, x => x.LeakyReLU(0.2f)),
        Layer("gelu", 3, x => x.GELU()),
        Layer("silu", 3, x => x.SiLU()),
        Layer("sigmoid", 3, x => x.Sigmoid()),
        Layer("tanh", 3, x => x.Tanh()),
        Layer("max pool", 3, x => x.MaxPool2d(2)),
        Layer("max pool 3, stride 2, padding 1", 3, x => x.MaxPool2d(3, stride: 2, padding: 1)),
        Layer("average pool", 3, x => x.AvgPool2d(2)),
        Layer("average pool 3×2, stride 1×2, padding 1×0", 3, x => x.AvgPool2d(new Size2d(3, 2), stride: new Size2d(1, 2), padding: new Size2d(1, 0))),
        Layer("upsample nearest 3", 2, x => x.Upsample(3)),
        Layer("upsample bilinear 2", 2, x => x.Upsample(2, UpsampleMode.Bilinear)),
        Layer("upsample bilinear 3", 2, x => x.Upsample(3, UpsampleMode.Bilinear)),
        Layer("pixel shuffle", 18, x => x.PixelShuffle(3)),
        Layer("pixel unshuffle", 3, x => x.PixelUnshuffle(2)),
        Layer("add", 3, x => x.ReLU() + x),
        Layer("mul", 3, x => x.Sigmoid() * x),
        Layer("concat of three", 3, x => x.ReLU().Concat([x, x.Conv2d(2, 1)])),
        Layer("conv in groups of blocks", 32, x => x.Conv2d(64, 3, padding: 1, groups: 2).ReLU()),
        Layer("conv in groups of blocks 5×5, stride 2, without bias, of a concatenation", 16, x => x.Concat([x.ReLU(), x.Tanh()]).Conv2d(48, 5, stride: 2, padding: 2, groups: 3, bias: false)),
        Layer("conv in groups of 8, one too many for the blocks, residual", 24, x => x + x.Conv2d(24, 3, padding: 1, groups: 3, bias: false)),
        Layer("conv in groups of 2 to 3, stride 2", 22, x => x.Conv2d(33, 3, stride: 2, padding: 1, groups: 11)),
        Layer("conv in groups of single channels to two", 17, x => x.Conv2d(34, 3, padding: 1, groups: 17).LeakyReLU()),
        Layer("softplus", 3, x => x.Affine(30).Softplus()),
        Layer("softplus far below zero", 3, x => x.Affine(1, -15).Softplus()),
        Layer("prelu, one slope", 5, x => x.PReLU()),
        Layer("prelu, a slope for each channel", 19, x => x.PReLU(19)),
        Layer("conv, prelu", 3, x => x.Conv2d(8, 3, padding: 1).PReLU()),
        Layer("batch norm", 19, x => x.BatchNorm2d()),
        Layer("batch norm after conv, leaky relu, residual", 3, x => x + x.Conv2d(18, 3, padding: 1).BatchNorm2d().LeakyReLU(0.1f).Conv2d(3, 1)),
        Layer("batch norm after conv that others read", 3, x => Both(x.Conv2d(18, 3, padding: 1), f => f.BatchNorm2d(eps: 1e-3f).ReLU() + f)),
        Layer("batch norm after deconv, linear and depthwise conv", 5, x => x.ConvTranspose2d(17, 2, stride: 2).BatchNorm2d().Conv2d(17, 3, padding: 1, groups: 17, bias: false).BatchNorm2d().Linear(4, bias: false).BatchNorm2d()),
        Layer("batch norm after wide conv", 16, x => x.Conv2d(33, 3, padding: 1).BatchNorm2d().ReLU()),
        Layer("batch norm after conv in groups of blocks", 32, x => x.Conv2d(32, 3, padding: 1, groups: 2).BatchNorm2d() + x),
        Layer("layer norm", 19, x => x.LayerNorm2d()),
        Layer("layer norm without affine, relu", 32, x => x.LayerNorm2d(affine: false).ReLU()),
        Layer("layer norm between convs, residual", 3, x => Both(x.Conv2d(20, 3, padding: 1), f => f + f.LayerNorm2d().Conv2d(20, 1))),
        Layer("layer norm far from zero", 7, x => x.Affine(0.1f, 50).LayerNorm2d()),
        Layer("layer norm plus its input", 18, x => x.LayerNorm2d() + x),
        Layer("group norm", 12, x => x.GroupNorm(3)),
        Layer("group norm of one group without affine", 19, x => x.GroupNorm(1, affine: false)),
        Layer("group norm of single channels", 21, x => x.GroupNorm(21)),
        Layer("group norm after conv, scale, silu", 3, x => x.Conv2d(21, 3, padding: 1).GroupNorm(7).Scale2d().SiLU()),
        Layer("group norm far from zero", 6, x => x.Affine(0.1f, 50).GroupNorm(2)),
        Layer("group norm, relu and product with its input", 36, x => x.GroupNorm(9).ReLU() * x),
        Layer("scale", 5, x => x.Scale2d(0)),
        Layer("scale and bias after conv", 5, x => x.Conv2d(19, 3, padding: 1).Scale2d(bias: true).Scale2d(scale: false, bias: true).Affine(-1, 1)),
        Layer("affine", 4, x => x.Affine(-2, 0.5f)),
        Layer("linear", 5, x => x.Linear(19).ReLU().Linear(3, bias: false)),
        Layer("global average pool", 19, x => x.GlobalAvgPool()),
        Layer("global average pool, channel attention", 20, x => x * x.GlobalAvgPool().Conv2d(6, 1).ReLU().Conv2d(20, 1).Sigmoid()),
        Layer("sum of the picture and its mean, mean first", 5, x => x.GlobalAvgPool() + x),
        Layer("conv of the mean plus the picture", 18, x => Both(x.GlobalAvgPool().Conv2d(18, 1), f => f.Add(x))),
        Layer("product with one channel", 19, x => x * x.Slice(3, 1).Sigmoid()),
        Layer("product of one channel with more, and with a mean", 19, x => x.Slice(3, 1).Sigmoid() * x * x.Slice(0, 1).GlobalAvgPool()),
        ThreeSummands(),
        Layer("div", 5, x => x / x.Sigmoid()),
        Layer("div by one channel plus eps", 18, x => x.Divide(x.Slice(1, 1).Sigmoid(), eps: 0.5f)),
        Layer("div by a mean", 18, x => x.Divide(x.Sigmoid().GlobalAvgPool())),
        Layer("conv times sigmoid of conv", 5, x => x.Conv2d(18, 3, padding: 1).LeakyReLU(0.2f) * x.Conv2d(18, 3, padding: 1).Sigmoid()),
        Layer("product of two convs plus relu", 17, x => (x.Conv2d(17, 1) * x.Conv2d(17, 3, padding: 1)).ReLU() + x),
        Layer("gated conv", 5, x => x.GatedConv2d(18, 3, padding: 2, dilation: 2, activation: f => f.LeakyReLU(0.2f))),
        Layer("gated conv with one gate", 5, x => x.GatedConv2d(18, 3, stride: 2, padding: 1, activation: f => f.LeakyReLU(0.2f), singleGate: true)),
        Layer("partial conv with a skip connection", 7, x => PartialWithSkip(x.Slice(0, 2), x.Slice(2, 1).ReLU(), x.Slice(3, 3), x.Slice(6, 1).ReLU())),
        Layer("partial convs", 4, x => Partial(x.Slice(0, 3), x.Slice(3, 1).ReLU())),
        Layer("zero pad", 5, x => x.Pad(new Sides2d(1, 0, 2, 3))),
        Layer("reflection pad, conv", 19, x => x.Pad(2, PaddingMode.Reflect).Conv2d(3, 5)),
        Layer("reflection pad of each side apart", 3, x => x.Pad(new Sides2d(3, 1, 0, 7), PaddingMode.Reflect)),
        Layer("replication pad", 17, x => x.Pad(new Sides2d(9, 1, 0, 20), PaddingMode.Replicate)),
        Layer("slices", 40, x => Both(x.Split(16, 5, 19), parts => parts[2].Concat([parts[0], parts[1]]))),
        Layer("halves multiplied", 36, x => Both(x.Split(18, 18), parts => parts[0] * parts[1])),
        Layer("input used twice and given back", 3, x => x.Conv2d(3, 3, padding: 1) + x),
    ];

    public static IReadOnlyList<NetworkCase> Architectures { get; } =
    [
        new("unet of three levels", UNet.Create(new UNetOptions { Channels = [8, 12, 16] }), new ImageShape(1, 3, 20, 28), new ImageShape(3, 3, 12, 36)),
        new("unet grey, two blocks", UNet.Create(new UNetOptions { ImageChannels = 1, Channels = [6, 10], BlocksPerLevel = [2] }), new ImageShape(2, 1, 18, 10)),
        new("unet of more blocks at the smaller size", UNet.Create(new UNetOptions { Channels = [6, 10], BlocksPerLevel = [1, 3] }), new ImageShape(1, 3, 18, 26)),
        new("unet as shipped", UNet.Create(), new ImageShape(1, 3, 40, 24)),
        new("unet of double convolutions", UNet.Create(new UNetOptions { Channels = [8, 12], Block = UNetBlock.DoubleConvolution, Activation = ActivationFunction.LeakyReLU, TakesMask = true }), new ImageShape(1, 3, 20, 28), new ImageShape(2, 3, 14, 10)),
        new("unet of nafnet blocks", UNet.Create(new UNetOptions { Channels = [8, 20], Block = UNetBlock.NafNet, BlocksPerLevel = [2] }), new ImageShape(1, 3, 20, 28), new ImageShape(2, 3, 14, 10)),
        new("unet with silu", UNet.Create(new UNetOptions { Channels = [8, 12], Activation = ActivationFunction.SiLU }), new ImageShape(2, 3, 18, 26)),
        new("dncnn", DnCnn.Create(depth: 6, channels: 12), new ImageShape(1, 3, 17, 23), new ImageShape(2, 3, 9, 31)),
        new("nafnet of two levels", NafNet.Create(new NafNetOptions { Width = 8, EncoderBlocks = [1, 1], MiddleBlocks = 1, DecoderBlocks = [1, 1] }), new ImageShape(1, 3, 20, 28), new ImageShape(3, 3, 12, 36)),
        new("nafnet grey without channel attention", NafNet.Create(new NafNetOptions { ImageChannels = 1, Width = 20, EncoderBlocks = [1], MiddleBlocks = 0, DecoderBlocks = [1], ChannelAttention = false }), new ImageShape(2, 1, 14, 18)),
        new("convautoencoder", ConvAutoencoder.Create(), new ImageShape(1, 3, 32, 32), new ImageShape(3, 3, 12, 20)),
        new("stridedautoencoder", StridedAutoencoder.Create(width: 12, levels: 3), new ImageShape(1, 3, 40, 24), new ImageShape(2, 3, 16, 32)),
        new("gatedconvautoencoder", GatedConvAutoencoder.Create(new GatedConvAutoencoderOptions { Width = 6, Dilations = [2, 4] }), new ImageShape(1, 3, 40, 24), new ImageShape(2, 3, 12, 32)),
        new("gatedconvautoencoder with single gates", GatedConvAutoencoder.Create(new GatedConvAutoencoderOptions { ImageChannels = 1, Width = 8, Dilations = [2], SingleGates = true }), new ImageShape(2, 1, 20, 28)),
        new("partialconvunet", PartialConvUNet.Create(new PartialConvUNetOptions { Channels = [6, 10, 16] }), new ImageShape(1, 3, 40, 24), new ImageShape(2, 3, 16, 32)),
        new("partialconvunet without batch norm", PartialConvUNet.Create(new PartialConvUNetOptions { ImageChannels = 1, Channels = [8, 8], BatchNorm = false }), new ImageShape(2, 1, 20, 28)),
        new("contextencoder", ContextEncoder.Create(new ContextEncoderOptions { Channels = [8, 8, 12] }), new ImageShape(1, 3, 40, 24), new ImageShape(2, 3, 16, 32)),
        new("contextencoder without a mask", ContextEncoder.Create(new ContextEncoderOptions { TakesMask = false, Channels = [6, 9], BottleneckKernelSize = 3 }), new ImageShape(2, 3, 20, 28)),
        new("patchdiscriminator", PatchDiscriminator.Create(new PatchDiscriminatorOptions { Channels = [8, 12, 16], StridedConvolutions = 2 }), new ImageShape(1, 3, 40, 24), new ImageShape(2, 3, 16, 32)),
        new("patchdiscriminator with mask and batch norm", PatchDiscriminator.Create(new PatchDiscriminatorOptions { TakesMask = true, Channels = [6, 10], KernelSize = 5, StridedConvolutions = 2, BatchNorm = true }), new ImageShape(2, 3, 20, 28)),
        new("variationalautoencoder", VariationalAutoencoder.Create(new VariationalAutoencoderOptions { Channels = [6, 8, 10, 12], LatentChannels = 5 }), new ImageShape(1, 3, 8, 8), new ImageShape(2, 3, 16, 24)),
        new("variationalautoencoder of five halvings, encoder", VariationalAutoencoder.CreateEncoder(), new ImageShape(3, 3, 32, 32)),
        new("unet encoder", UNet.CreateEncoder(new UNetOptions { Channels = [8, 12] }), new ImageShape(2, 3, 14, 22)),
    ];

    private static NetworkCase Layer(string name, int channels, Func<NetworkValue, NetworkValue> build)
    {
        Network network = Build(name, channels, build);
        Size2d multiple = network.SizeMultiple;
        return new(name, network, new ImageShape(1, channels, 11 * multiple.Height, 17 * multiple.Width), new ImageShape(3, channels, 8 * multiple.Height, 13 * multiple.Width));
    }

    /// <summary>More than two summands, which only <see cref="NetworkBuilder.Append"/> makes.</summary>
    private static NetworkCase ThreeSummands()
    {
        var builder = new NetworkBuilder("sum of three, one of them a channel");
        NetworkValue image = builder.Input("image", 19);
        builder.Output("result", builder.Append(new AddLayer("sum", [image.Slice(2, 1).Name, image.Name, image.Name])));
        return new NetworkCase("sum of three, one of them a channel", builder.Build(), new ImageShape(2, 19, 7, 9));
    }

    private static TResult Both<TValue, TResult>(TValue value, Func<TValue, TResult> build) => build(value);

    /// <summary>One that sees gaps, one behind it, and one whose kernel falls into them.</summary>
    private static NetworkValue Partial(NetworkValue image, NetworkValue known)
    {
        (NetworkValue first, NetworkValue firstKnown) = image.PartialConv2d(18, 1, known);
        (NetworkValue second, NetworkValue secondKnown) = first.ReLU().PartialConv2d(20, 3, firstKnown, padding: 1);
        (NetworkValue third, NetworkValue thirdKnown) = second.PartialConv2d(5, 2, secondKnown, stride: 2, bias: false);
        return third * thirdKnown;
    }

    /// <summary>Two of them, so that what is known of the first is what the second is told.</summary>
    private static NetworkValue PartialWithSkip(NetworkValue image, NetworkValue known, NetworkValue skip, NetworkValue skipKnown)
    {
        (NetworkValue first, NetworkValue firstKnown) = image.PartialConv2d(18, 1, known, skip: (skip, skipKnown));
        return first.LeakyReLU(0.2f).PartialConv2d(5, 3, firstKnown, padding: 1, skip: (image, known)).Features;
    }

    private static Network Build(string name, int channels, Func<NetworkValue, NetworkValue> build)
    {
        var builder = new NetworkBuilder(name);
        builder.Output("result", build(builder.Input("image", channels)));
        return builder.Build();
    }
}
