using ImageRestoration.Networks;
using ImageRestoration.TorchSharp;
using TorchSharp;
using static TorchSharp.torch;
using F = TorchSharp.torch.nn.functional;

namespace ImageRestoration.Tests.TorchSharp;

/// <summary>
/// Whatever precision and machine make of it, the convolution by phases is libtorch's transposed one. In float64, which rounds neither.
/// </summary>
public sealed class TransposedConvolutionTests
{
    private const double Tolerance = 1e-12;

    [Theory]
    [InlineData(2, 2, 0, 0, true)]
    [InlineData(3, 2, 1, 1, true)]
    [InlineData(4, 2, 1, 0, false)]
    [InlineData(5, 3, 2, 2, true)]
    [InlineData(1, 2, 0, 1, true)]
    [InlineData(3, 1, 1, 0, false)]
    [InlineData(7, 4, 5, 3, true)]
    public void ConvolvePhases_AnyKernelAndStride_IsLibtorchsTransposedConvolution(
        int kernel, int stride, int padding, int outputPadding, bool hasBias)
    {
        using DisposeScope scope = NewDisposeScope();
        random.manual_seed(1);
        var layer = new ConvTranspose2dLayer("up", "image", 5, 3, kernel, stride, padding, outputPadding, hasBias);
        Tensor[] leaves = [.. Leaves(layer).Select(t => t.requires_grad_())];
        Tensor[] others = [.. leaves.Select(t => t.detach().clone().requires_grad_())];

        Tensor actual = TorchLowering.ConvolvePhases(layer, leaves[0], leaves[1], leaves.ElementAtOrDefault(2), ComputePrecision.Float32);
        Tensor expected = F.conv_transpose2d(
            others[0], others[1], others.ElementAtOrDefault(2), [stride, stride], [padding, padding], [outputPadding, outputPadding]);
        Tensor weights = rand_like(expected);
        (actual * weights).sum().backward();
        (expected * weights).sum().backward();

        Assert.Equal(expected.shape, actual.shape);
        Assert.InRange((actual - expected).abs().max().item<double>(), 0, Tolerance);
        foreach ((Tensor ours, Tensor theirs) in leaves.Zip(others))
        {
            Assert.InRange((ours.grad! - theirs.grad!).abs().max().item<double>(), 0, Tolerance);
        }
    }

    private static IEnumerable<Tensor> Leaves(ConvTranspose2dLayer layer)
    {
        yield return randn([2, 5, 6, 7], ScalarType.Float64);
        yield return randn([5, 3, layer.KernelSize.Height, layer.KernelSize.Width], ScalarType.Float64);
        if (layer.Bias)
        {
            yield return randn([3], ScalarType.Float64);
        }
    }
}
