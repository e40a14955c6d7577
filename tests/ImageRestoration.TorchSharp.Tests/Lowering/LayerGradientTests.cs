using ImageRestoration.Imaging;
using ImageRestoration.Networks;
using ImageRestoration.Numerics;
using ImageRestoration.Tests.Conformance;
using ImageRestoration.TorchSharp;
using TorchSharp;
using static TorchSharp.torch;

namespace ImageRestoration.Tests.TorchSharp;

/// <summary>
/// The gradients of every lowered layer, for its input and each of its parameters, against central differences in float64, along random
/// directions: one wrong entry of a gradient changes its product with a direction of independent normal values.
/// </summary>
public sealed class LayerGradientTests
{
    // Small, so that hardly any of the thousands of values crosses a ReLU's kink between the ends of a difference.
    private const double StepSize = 1e-7;

    // Of the gradient's norm. Roundings of the two values, divided by the step size, stay below 1e-6 of it.
    private const double Tolerance = 1e-5;

    // Of the output's norm: a gradient below it counts as zero, such as that of a bias before a normalisation that takes it away again.
    private const double SmallestNorm = 1e-2;

    /// <summary>All layers as they restore, and those with batch normalisation also as they train.</summary>
    public static TheoryData<string, bool> AllCases()
    {
        var data = new TheoryData<string, bool>();
        foreach (NetworkCase networkCase in NetworkCases.Layers)
        {
            data.Add(networkCase.Name, false);
            if (networkCase.Network.Layers.Any(l => l is BatchNorm2dLayer))
            {
                data.Add(networkCase.Name, true);
            }
        }

        return data;
    }

    [Fact]
    public void AllCases_OfLayerKinds_AreListed() => Assert.Empty(LayerKinds.MissingFrom(NetworkCases.Layers));

    [Theory]
    [MemberData(nameof(AllCases))]
    public void Backward_Float64_EqualsDifferences(string name, bool training)
    {
        using DisposeScope scope = NewDisposeScope();
        NetworkCase networkCase = NetworkCases.Layers.Single(c => c.Name == name);
        using ImageTensor picture = NetworkCase.RandomInput(networkCase.Inputs[^1], seed: 3);
        NetworkWeights weights = networkCase.Weights();
        var leaves = networkCase.Network.Parameters.ToDictionary(
            p => p.Name,
            p => TorchTensors.ToTorch(weights[p.Name].Values.Span, [.. p.Shape.Select(e => (long)e)], CPU).to(ScalarType.Float64).requires_grad_(p.Learned),
            StringComparer.Ordinal);
        leaves.Add("image", TorchTensors.ToTorch(picture, CPU).to(ScalarType.Float64).requires_grad_());
        var random = new SeededRandom(4);
        Tensor? coefficients = null;
        double outputNorm = 0;
        Value(leaves).backward();

        foreach ((string leaf, Tensor point) in leaves.Where(l => l.Value.requires_grad))
        {
            Tensor direction = Normal(point.shape, random);
            Assert.True(point.grad is not null, $"{name}: {leaf} has no gradient.");
            double actual = (point.grad! * direction).sum().item<double>(), norm = point.grad!.norm().item<double>();
            double expected = (ValueAt(leaf, direction, StepSize) - ValueAt(leaf, direction, -StepSize)) / (2 * StepSize);
            Assert.True(Math.Abs(expected - actual) <= Tolerance * Math.Max(norm, SmallestNorm * outputNorm), $"{name}, {leaf}: gradient {actual}, difference {expected} along a direction, gradient's norm {norm}, allowed {Tolerance} of it.");
        }

        double ValueAt(string leaf, Tensor direction, double distance)
        {
            using IDisposable noGrad = no_grad();
            using DisposeScope inner = NewDisposeScope();
            return Value(new(leaves) { [leaf] = leaves[leaf] + (direction * distance) }).item<double>();
        }

        // A sum with random factors: no entry of the output goes unseen.
        Tensor Value(Dictionary<string, Tensor> at)
        {
            using var network = new TorchNetwork(networkCase.Network, at, CPU, ComputePrecision.Float32);
            Tensor output = network.Forward(training, at["image"])[0];
            Assert.Equal(ScalarType.Float64, output.dtype);
            if (coefficients is null)
            {
                coefficients = Normal(output.shape, random);
                outputNorm = output.detach().norm().item<double>();
            }

            return (output * coefficients).sum();
        }
    }

    private static Tensor Normal(long[] shape, SeededRandom random)
    {
        var values = new float[shape.Aggregate(1L, (a, b) => a * b)];
        random.NextGaussian(values);
        return TorchTensors.ToTorch(values, shape, CPU).to(ScalarType.Float64);
    }
}
