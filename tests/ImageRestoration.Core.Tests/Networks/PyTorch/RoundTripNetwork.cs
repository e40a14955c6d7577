using ImageRestoration.Networks;

namespace ImageRestoration.Tests.Networks.PyTorch;

/// <summary>The PyTorch module of benchmarks/pytorch_roundtrip.py, declared here: scopes and layers bear the names of its modules.</summary>
internal static class RoundTripNetwork
{
    public static Network Create()
    {
        var builder = new NetworkBuilder("roundtrip");
        NetworkValue image = builder.Input("image", 3);
        NetworkValue value = image.Conv2d(4, 3, padding: 2, dilation: 2, name: "head.0").BatchNorm2d(name: "head.1").ReLU();
        using (builder.Scope("block"))
        {
            value = value.Conv2d(6, 3, stride: 2, padding: 1, groups: 2, bias: false, name: "grouped").PReLU(6, name: "slopes");
        }

        value = value.Linear(5, name: "mix").GroupNorm(1, name: "norm").ConvTranspose2d(3, 3, stride: 2, padding: 1, outputPadding: 1, name: "up").PReLU(name: "slope");
        return builder.Output("image", image + value).Build();
    }
}
