using ImageRestoration.TorchSharp;
using TorchSharp;
using static TorchSharp.torch;
using F = TorchSharp.torch.nn.functional;

namespace ImageRestoration.Tests.TorchSharp;

/// <summary>Channels of zeros change neither results nor gradients. float64, which oneDNN does not compute, is right on every processor.</summary>
public sealed class ChannelPaddingTests
{
    [Theory]
    [InlineData(3, 32, 1, 1, 1)]
    [InlineData(32, 3, 1, 1, 1)]
    [InlineData(26, 49, 1, 2, 1)]
    [InlineData(48, 80, 1, 2, 1)]
    [InlineData(17, 16, 1, 1, 2)]
    [InlineData(32, 64, 1, 2, 1)]
    [InlineData(6, 9, 3, 1, 1)]
    [InlineData(24, 24, 24, 1, 1)]
    public void Conv2d_AnyChannels_EqualsFloat64(int inputs, int outputs, int groups, int stride, int dilation)
    {
        using DisposeScope scope = NewDisposeScope();
        random.manual_seed(1);
        Tensor image = randn(2, inputs, 14, 11, dtype: ScalarType.Float64), weight = randn(outputs, inputs / groups, 3, 3, dtype: ScalarType.Float64);
        Tensor bias = randn(outputs, dtype: ScalarType.Float64);

        Tensor[] expected = Run(ScalarType.Float64, F.conv2d), actual = Run(ScalarType.Float32, ChannelPadding.Conv2d);
        for (int i = 0; i < expected.Length; i++)
        {
            double error = (expected[i] - actual[i].to(ScalarType.Float64)).norm().item<double>() / expected[i].norm().item<double>();
            Assert.True(error < 1e-5, $"relative error {error} in {new[] { "result", "gradient of image", "of weight", "of bias" }[i]}.");
        }

        Tensor[] Run(ScalarType type, Func<Tensor, Tensor, Tensor?, long[], long[], long[], long, Tensor> convolve)
        {
            Tensor x = Leaf(image), w = Leaf(weight), b = Leaf(bias);
            Tensor y = convolve(x, w, b, [stride, stride], [1, 1], [dilation, dilation], groups);
            y.square().mean().backward();
            return [y.detach(), x.grad!, w.grad!, b.grad!];

            Tensor Leaf(Tensor value) => value.to(type).detach().requires_grad_(true);
        }
    }
}
