using ImageRestoration.Imaging;
using ImageRestoration.Networks;
using ImageRestoration.Tests.Conformance;
using ImageRestoration.TorchSharp;
using TorchSharp;
using static TorchSharp.torch;

namespace ImageRestoration.Tests.TorchSharp;

/// <summary>
/// What networks compute in bfloat16 stays close to float32: layers with unusual settings and whole architectures, from float32 values to
/// float32 values. <see cref="LayerPrecisionTests"/> looks at each layer alone.
/// </summary>
public sealed class PrecisionTests
{
    // Of outputs, and of all gradients together, which are what a step follows.
    private const double Tolerance = 0.02;

    // Of each gradient of the short networks around one kind of layer. In long ones some gradient is always next to nothing, and all rounding.
    private const double SingleGradientTolerance = 0.1;

    public static TheoryData<string> Cases() => [.. NetworkCases.Layers.Concat(NetworkCases.Architectures).Select(c => c.Name)];

    [Theory]
    [MemberData(nameof(Cases))]
    public void Forward_BFloat16_IsCloseToFloat32(string name)
    {
        (Tensor output, _) = Run(name, ComputePrecision.Float32);
        (Tensor rounded, _) = Run(name, ComputePrecision.BFloat16);
        Assert.Equal(ScalarType.Float32, rounded.dtype);
        AssertClose(output, rounded, Tolerance, $"output of {name}");
    }

    [Theory]
    [MemberData(nameof(Cases))]
    public void Backward_BFloat16_IsCloseToFloat32(string name)
    {
        (_, Dictionary<string, Tensor> exact) = Run(name, ComputePrecision.Float32);
        (_, Dictionary<string, Tensor> rounded) = Run(name, ComputePrecision.BFloat16);
        Assert.Equal(exact.Keys.Order(), rounded.Keys.Order());
        bool isShort = NetworkCases.Layers.Any(c => c.Name == name);
        double error = 0, norm = 0;
        foreach ((string parameter, Tensor gradient) in exact)
        {
            AssertClose(gradient, rounded[parameter], isShort ? SingleGradientTolerance : double.PositiveInfinity, $"gradient of {parameter} in {name}");
            error += (gradient - rounded[parameter]).square().sum().item<float>();
            norm += gradient.square().sum().item<float>();
        }

        Assert.True(error <= Tolerance * Tolerance * norm, $"all gradients of {name} together: relative error {Math.Sqrt(error / norm):0.0000} in the 2-norm, allowed {Tolerance}.");
    }

    private static (Tensor Output, Dictionary<string, Tensor> Gradients) Run(string name, ComputePrecision precision)
    {
        NetworkCase networkCase = NetworkCases.Layers.Concat(NetworkCases.Architectures).Single(c => c.Name == name);
        ImageShape shape = networkCase.Inputs[^1];
        using ImageTensor values = NetworkCase.RandomInput(shape, seed: 2);
        NetworkWeights weights = networkCase.Weights();
        var parameters = networkCase.Network.Parameters.ToDictionary(
            p => p.Name,
            p => TorchTensors.ToTorch(weights[p.Name].Values.Span, [.. p.Shape.Select(e => (long)e)], CPU).requires_grad_(p.Learned));
        Tensor input = TorchTensors.ToTorch(values, CPU).requires_grad_(true);
        using var network = new TorchNetwork(networkCase.Network, parameters, CPU, precision);
        Tensor[] inputs = [.. networkCase.InputsFor(values).Skip(1).Select(other => TorchTensors.ToTorch(other.Value, CPU))];
        Tensor[] outputs = network.Forward([input, .. inputs]);

        // A smooth loss of all outputs; max-pooling and ReLU may pick another input in bfloat16, which the tolerance on norms allows.
        Tensor loss = outputs.Select(o => o.square().mean()).Aggregate((a, b) => a + b);
        loss.backward();
        var gradients = parameters.Where(p => p.Value.requires_grad).ToDictionary(p => p.Key, p => p.Value.grad!);
        gradients.Add("input", input.grad!);
        return (outputs[^1].detach(), gradients);
    }

    private static void AssertClose(Tensor expected, Tensor actual, double tolerance, string what)
    {
        Assert.Equal(expected.shape, actual.shape);
        Assert.Equal(ScalarType.Float32, actual.dtype);
        double error = (expected - actual).norm().item<float>(), norm = expected.norm().item<float>();
        Assert.True(error <= tolerance * norm, $"{what}: relative error {error / norm:0.0000} in the 2-norm, allowed {tolerance}.");
    }
}
