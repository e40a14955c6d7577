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
        Layer("input used twice and given back", 3, x => x.Conv2d(3, 3, padding: 1) + x),
    ];

    public static IReadOnlyList<NetworkCase> Architectures { get; } =
    [
        new("unet of three levels", UNet.Create(new UNetOptions { Channels = [8, 12, 16] }), new ImageShape(1, 3, 20, 28), new ImageShape(3, 3, 12, 36)),
        new("unet grey, two blocks", UNet.Create(new UNetOptions { ImageChannels = 1, Channels = [6, 10], BlocksPerLevel = 2 }), new ImageShape(2, 1, 18, 10)),
        new("unet as shipped", UNet.Create(), new ImageShape(1, 3, 40, 24)),
        new("dncnn", DnCnn.Create(depth: 6, channels: 12), new ImageShape(1, 3, 17, 23), new ImageShape(2, 3, 9, 31)),
        new("unet encoder", UNet.CreateEncoder(new UNetOptions { Channels = [8, 12] }), new ImageShape(2, 3, 14, 22)),
    ];

    private static NetworkCase Layer(string name, int channels, Func<NetworkValue, NetworkValue> build)
    {
        Network network = Build(name, channels, build);
        Size2d multiple = network.SizeMultiple;
        return new(name, network, new ImageShape(1, channels, 11 * multiple.Height, 17 * multiple.Width), new ImageShape(3, channels, 8 * multiple.Height, 13 * multiple.Width));
    }

    private static Network Build(string name, int channels, Func<NetworkValue, NetworkValue> build)
    {
        var builder = new NetworkBuilder(name);
        builder.Output("result", build(builder.Input("image", channels)));
        return builder.Build();
    }
}
