using ImageRestoration.Networks;
using ImageRestoration.Numerics;
using ImageRestoration.Tests.Conformance;
using ImageRestoration.TorchSharp;
using TorchSharp;
using static TorchSharp.torch;

namespace ImageRestoration.Tests.TorchSharp;

/// <summary>
/// Each layer alone, at the sizes of a real network's middle, on values that a convolution in bfloat16 left: output and gradients against
/// float32 on the same values. bfloat16 keeps 8 significant bits, so one rounding changes a value by at most 2⁻⁸ of itself, and many
/// values by 0.4 × 2⁻⁸ in the 2-norm. An output takes at most three roundings (weight, intermediate, result), a gradient some more (that of
/// the output, and of the values it is multiplied with): within 2⁻⁸ and 2⁻⁷.
/// </summary>
public sealed class LayerPrecisionTests
{
    // Seen with libtorch 2.10, in units of 2⁻⁸: outputs up to 0.63 (depthwise and transposed convolutions alike).
    private const double OutputTolerance = 1.0 / 256;

    // Seen in the same units: 1.20 for what is divided by, up to 0.78 for everything else, 0.75 for transposed convolutions by phases.
    private const double GradientTolerance = 1.0 / 128;
    private const int Batch = 2;
    private const int Channels = 64;
    private const int Size = 48;

    private static IReadOnlyList<NetworkCase> Layers { get; } =
    [
        Layer("conv 3×3", x => x.Conv2d(64, 3, padding: 1)),
        Layer("conv 1×1", x => x.Conv2d(256, 1)),
        Layer("conv down", x => x.Conv2d(128, 2, stride: 2)),
        Layer("conv depthwise", x => x.Conv2d(64, 3, padding: 1, groups: 64)),
        Layer("conv dilated", x => x.Conv2d(64, 3, padding: 4, dilation: 4, bias: false)),
        Layer("conv to picture", x => x.Conv2d(3, 3, padding: 1)),
        Layer("deconv 2, stride 2", x => x.ConvTranspose2d(32, 2, stride: 2)),
        Layer("deconv 3, stride 2", x => x.ConvTranspose2d(64, 3, stride: 2, padding: 1, outputPadding: 1)),
        Layer("deconv 4, stride 2", x => x.ConvTranspose2d(32, 4, stride: 2, padding: 1, bias: false)),
        Layer("linear", x => x.Linear(128)),
        Layer("relu", x => x.ReLU()),
        Layer("leaky relu", x => x.LeakyReLU(0.2f)),
        Layer("gelu", x => x.GELU()),
        Layer("silu", x => x.SiLU()),
        Layer("sigmoid", x => x.Sigmoid()),
        Layer("tanh", x => x.Tanh()),
        Layer("softplus", x => x.Softplus()),
        Layer("prelu", x => x.PReLU(Channels)),
        Layer("max pool", x => x.MaxPool2d(2)),
        Layer("max pool, overlapping", x => x.MaxPool2d(3, stride: 2, padding: 1)),
        Layer("average pool", x => x.AvgPool2d(2)),
        Layer("global average pool", x => x.GlobalAvgPool()),
        Layer("upsample nearest", x => x.Upsample(2)),
        Layer("upsample bilinear", x => x.Upsample(2, ImageRestoration.Networks.UpsampleMode.Bilinear)),
        Layer("pixel shuffle", x => x.PixelShuffle(2)),
        Layer("pixel unshuffle", x => x.PixelUnshuffle(2)),
        Layer("batch norm", x => x.BatchNorm2d()),
        Layer("layer norm", x => x.LayerNorm2d()),
        Layer("group norm", x => x.GroupNorm(8)),
        Layer("scale and bias", x => x.Scale2d(bias: true)),
        Layer("affine", x => x.Affine(-0.7f, 1)),
        Layer("zero pad", x => x.Pad(2)),
        Layer("reflection pad", x => x.Pad(3, PaddingMode.Reflect)),
        Layer("replication pad", x => x.Pad(1, PaddingMode.Replicate)),
        Layer("slice", x => x.Slice(16, 32)),
        Layer("add", (x, y) => x + y),
        Layer("mul", (x, y) => x * y),
        Layer("div", (x, y) => x.Divide(y, eps: 8)),
        Layer("concat", (x, y) => x.Concat([y])),
    ];

    public static TheoryData<string> AllLayers() => [.. Layers.Select(l => l.Name)];

    [Fact]
    public void AllLayers_OfTheLibrary_AreListed() => Assert.Empty(LayerKinds.MissingFrom(Layers));

    [Theory]
    [MemberData(nameof(AllLayers))]
    public void Apply_BFloat16_IsCloseToFloat32(string name)
    {
        using DisposeScope scope = NewDisposeScope();
        NetworkCase layer = Layers.Single(l => l.Name == name);
        Assert.Single(layer.Network.Layers);
        Dictionary<string, Tensor> exact = Run(layer, ComputePrecision.Float32), rounded = Run(layer, ComputePrecision.BFloat16);
        Assert.Equal(exact.Keys, rounded.Keys);
        foreach ((string what, Tensor expected) in exact)
        {
            Tensor actual = rounded[what];
            Assert.Equal(expected.shape, actual.shape);
            double tolerance = what == "output" ? OutputTolerance : GradientTolerance;
            double error = (expected - actual).norm().item<float>() / expected.norm().item<float>();
            Assert.True(error <= tolerance, $"{name}, {what}: relative error {error:0.00000} in the 2-norm, allowed {tolerance:0.00000}.");
        }
    }

    /// <summary>
    /// Output and all gradients, as float32, from inputs of the same bfloat16 values that lie channels-last as a convolution leaves them.
    /// </summary>
    private static Dictionary<string, Tensor> Run(NetworkCase layer, ComputePrecision precision)
    {
        NetworkWeights weights = layer.Weights();
        var random = new SeededRandom(5);
        var parameters = layer.Network.Parameters.ToDictionary(
            p => p.Name,
            p => TorchTensors.ToTorch(weights[p.Name].Values.Span, [.. p.Shape.Select(e => (long)e)], CPU).requires_grad_(p.Learned));
        Tensor[] inputs = [.. layer.Network.Inputs.Select(input =>
        {
            Tensor values = Normal([Batch, input.Channels, Size, Size], random).to(ScalarType.BFloat16);
            values = precision == ComputePrecision.BFloat16 ? values : values.to(ScalarType.Float32);
            return TorchTensors.ToChannelsLast(values).requires_grad_();
        })];
        using var network = new TorchNetwork(layer.Network, parameters, CPU, precision);
        Tensor output = network.Forward(training: true, inputs)[0];
        (output * Normal(output.shape, random)).sum().backward();
        var results = new Dictionary<string, Tensor> { ["output"] = output.detach() };
        IEnumerable<KeyValuePair<string, Tensor>> pictures = layer.Network.Inputs
            .Zip(inputs, (input, values) => KeyValuePair.Create(input.Name, values));
        foreach ((string name, Tensor leaf) in parameters.Where(p => p.Value.requires_grad).Concat(pictures))
        {
            results.Add($"gradient of {name}", leaf.grad!.to(ScalarType.Float32));
        }

        return results;
    }

    private static NetworkCase Layer(string name, Func<NetworkValue, NetworkValue> build)
    {
        var builder = new NetworkBuilder(name);
        return new NetworkCase(name, builder.Output("result", build(builder.Input("image", Channels))).Build());
    }

    private static NetworkCase Layer(string name, Func<NetworkValue, NetworkValue, NetworkValue> build)
    {
        var builder = new NetworkBuilder(name);
        NetworkValue result = build(builder.Input("image", Channels), builder.Input("other", Channels));
        return new NetworkCase(name, builder.Output("result", result).Build());
    }

    private static Tensor Normal(long[] shape, SeededRandom random)
    {
        var values = new float[shape.Aggregate(1L, (a, b) => a * b)];
        random.NextGaussian(values);
        return TorchTensors.ToTorch(values, shape, CPU);
    }
}
