using ImageRestoration.Imaging;
using ImageRestoration.Networks;

namespace ImageRestoration.Tests.Networks;

/// <summary>Holds the reference evaluator against values that PyTorch computed in float64; reference_values.py prints them.</summary>
public sealed class TorchDigestTests
{
    private static readonly ImageShape Picture = new(2, 6, 7, 9);

    public static TheoryData<string, string, double, double, double> Digests => new()
    {
        { "conv", "2×4×5×3", -0.8662109375, -0.3486328125, -120.9775390625 },
        { "deconv", "2×4×14×26", -1.25390625, -0.1806640625, -2274.4345703125 },
        { "max", "2×6×4×4", 0.53125, 1.34375, 939.5 },
        { "avg", "2×6×4×4", -0.171875, 0.0078125, -0.1119791666666658 },
        { "nearest", "2×6×21×27", -1.5625, 0.28125, -218.53125 },
        { "bilinear2", "2×6×14×18", -1.5625, 0.28125, -9.728515625 },
        { "bilinear3", "2×6×21×27", -1.5625, 0.28125, -149.14930555555384 },
        { "shuffle", "2×2×6×10", -1.5625, 0.1875, 9.0 },
        { "unshuffle", "2×18×2×3", -1.5625, 0.84375, 6.09375 },
        { "relu", "2×6×7×9", 0.0, 1.125, 4764.25 },
        { "leaky", "2×6×7×9", -1.5625, 1.125, 3570.09375 },
        { "gelu", "2×6×7×9", -1.2826645995334118e-09, 0.97841866822109, 4644.528599652962 },
        { "silu", "2×6×7×9", -0.012042091645796723, 0.8492793602260819, 4377.2048264241275 },
        { "sigmoid", "2×6×7×9", 0.0019267346633274757, 0.7549149868676283, 1510.8106953611648 },
        { "tanh", "2×6×7×9", -0.9999925467214317, 0.809301070201781, -2.7979546073748036 },
        { "softplus", "2×6×7×9", 0.001928593204219381, 1.4061501362483146, 5158.614039572427 },
        { "prelu", "2×6×7×9", 6.4453125, 1.125, 5570.9140625 },
        { "batchnorm", "2×6×7×9", -0.5885205257278424, -1.2986752801504253, -1617.7122506208264 },
        { "layernorm", "2×6×7×9", 0.4783412847547131, -1.6938941898364754, -342.2268166688017 },
        { "groupnorm", "2×6×7×9", 0.7181059934401266, -0.8941198874304844, -468.2787688812673 },
        { "globalpool", "2×6×1×1", 0.013392857142857142, 0.007936507936507936, -0.052579365079365115 },
        { "linear", "2×4×7×9", 0.177734375, -0.3095703125, -380.9853515625 },
        { "zeropad", "2×6×12×13", 0.0, 0.0, 42.21875 },
        { "reflect", "2×6×12×13", -1.25, 0.75, 13.375 },
        { "replicate", "2×6×12×13", -1.5625, 0.28125, -38.28125 },
        { "narrow", "2×3×7×9", -1.0625, 0.03125, -3.5 },
        { "scale", "2×6×7×9", 0.580078125, -0.880859375, -469.65625 },
        { "attention", "2×6×7×9", -1.1045021236878876, 0.17057924369601998, -117.88785891969766 },
    };

    [Theory]
    [MemberData(nameof(Digests))]
    public void Evaluate_Layer_EqualsPyTorch(string name, string shape, double first, double last, double weighted)
    {
        (ImageShape inputShape, float factor, Func<NetworkValue, NetworkValue> append) = Case(name);
        var builder = new NetworkBuilder(name);
        builder.Output("result", append(builder.Input("image", inputShape.Channels)));
        Network network = builder.Build();
        var weights = new NetworkWeights(network.Parameters.Select(p => KeyValuePair.Create(p.Name, new WeightTensor(p.Shape, Weights(p)))));
        var input = new ReferenceValue(inputShape);
        float[] ramp = Ramp((int)inputShape.ElementCount, 37, 101);
        for (int i = 0; i < ramp.Length; i++)
        {
            input.Values[i] = factor * ramp[i];
        }

        ReferenceValue result = ReferenceEvaluator.Evaluate(network, weights, new Dictionary<string, ReferenceValue> { ["image"] = input }, CancellationToken.None)[network.Outputs[0].Value];

        Assert.Equal(shape, result.Shape.ToString());
        Assert.Equal(first, result.Values[0], 1e-14);
        Assert.Equal(last, result.Values[^1], 1e-14);
        double sum = 0;
        for (int i = 0; i < result.Values.Length; i++)
        {
            sum += result.Values[i] * (1 + (i % 7));
        }

        Assert.Equal(weighted, sum, 1e-10);
    }

    private static (ImageShape Input, float Factor, Func<NetworkValue, NetworkValue> Append) Case(string name) => name switch
    {
        "conv" => (Picture, 1, x => x.Conv2d(4, new Size2d(3, 2), new Size2d(2, 3), new Size2d(2, 1), new Size2d(1, 2), groups: 2)),
        "deconv" => (Picture, 1, x => x.ConvTranspose2d(4, new Size2d(3, 4), new Size2d(2, 3), new Size2d(1, 2), new Size2d(1, 2))),
        "max" => (Picture, 1, x => x.MaxPool2d(new Size2d(3, 4), new Size2d(2, 3), new Size2d(1, 2))),
        "avg" => (Picture, 1, x => x.AvgPool2d(new Size2d(3, 4), new Size2d(2, 3), new Size2d(1, 2))),
        "nearest" => (Picture, 1, x => x.Upsample(3)),
        "bilinear2" => (Picture, 1, x => x.Upsample(2, UpsampleMode.Bilinear)),
        "bilinear3" => (Picture, 1, x => x.Upsample(3, UpsampleMode.Bilinear)),
        "shuffle" => (new ImageShape(2, 8, 3, 5), 1, x => x.PixelShuffle(2)),
        "unshuffle" => (new ImageShape(2, 2, 6, 9), 1, x => x.PixelUnshuffle(3)),
        "relu" => (Picture, 4, x => x.ReLU()),
        "leaky" => (Picture, 4, x => x.LeakyReLU(0.25f)),
        "gelu" => (Picture, 4, x => x.GELU()),
        "silu" => (Picture, 4, x => x.SiLU()),
        "sigmoid" => (Picture, 4, x => x.Sigmoid()),
        "tanh" => (Picture, 4, x => x.Tanh()),
        "softplus" => (Picture, 4, x => x.Softplus()),
        "prelu" => (Picture, 4, x => x.PReLU(6)),
        "batchnorm" => (Picture, 1, x => x.BatchNorm2d()),
        "layernorm" => (Picture, 1, x => x.LayerNorm2d()),
        "groupnorm" => (Picture, 1, x => x.GroupNorm(3)),
        "globalpool" => (Picture, 1, x => x.GlobalAvgPool()),
        "linear" => (Picture, 1, x => x.Linear(4)),
        "zeropad" => (Picture, 1, x => x.Pad(new Sides2d(0, 5, 3, 1))),
        "reflect" => (Picture, 1, x => x.Pad(new Sides2d(0, 5, 3, 1), PaddingMode.Reflect)),
        "replicate" => (Picture, 1, x => x.Pad(new Sides2d(0, 5, 3, 1), PaddingMode.Replicate)),
        "narrow" => (Picture, 1, x => x.Slice(2, 3)),
        "scale" => (Picture, 1, x => x.Scale2d(bias: true)),
        "attention" => (Picture, 1, x => (x * x.GlobalAvgPool().Sigmoid()).Divide(x.Slice(1, 1).Sigmoid(), eps: 0.5f)),
        _ => throw new ArgumentOutOfRangeException(nameof(name), name, "No such case."),
    };

    /// <summary>Variances must be positive.</summary>
    private static float[] Weights(ParameterSpec parameter)
    {
        float[] ramp = Ramp((int)parameter.ElementCount, 29, 67);
        return parameter.Name.EndsWith("running_var", StringComparison.Ordinal) ? [.. ramp.Select(v => Math.Abs(v) + 0.5f)] : ramp;
    }

    private static float[] Ramp(int count, int factor, int period)
        => [.. Enumerable.Range(0, count).Select(i => ((i * factor % period) - (period / 2)) / 32f)];
}
