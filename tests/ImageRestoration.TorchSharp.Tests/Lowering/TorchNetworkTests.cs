using ImageRestoration.Imaging;
using ImageRestoration.Networks;
using ImageRestoration.Networks.Architectures;
using ImageRestoration.Numerics;
using ImageRestoration.Tests.Conformance;
using ImageRestoration.TorchSharp;
using TorchSharp;
using static TorchSharp.torch;

namespace ImageRestoration.Tests.TorchSharp;

public sealed class TorchNetworkTests
{
    [Fact]
    public void Forward_WithinScope_LeavesNothingButOutputs()
    {
        Network network = UNet.Create(new UNetOptions { Channels = [4, 8] });
        using var torchNetwork = new TorchNetwork(network, NetworkWeights.Initialize(network, new SeededRandom(1)), CPU, ComputePrecision.BFloat16);
        using ImageTensor values = NetworkCase.RandomInput(new ImageShape(1, 3, 8, 8), seed: 1);
        using DisposeScope scope = NewDisposeScope();
        Tensor input = TorchTensors.ToTorch(values, CPU);
        int before = scope.DisposablesCount;

        Tensor[] outputs = torchNetwork.Forward(input);

        Assert.Single(outputs);
        Assert.Equal(before + 1, scope.DisposablesCount);
    }

    [Fact]
    public void Forward_OutputIsAlsoAnInput_CanBeDisposedAlone()
    {
        Network encoder = UNet.CreateEncoder(new UNetOptions { Channels = [4, 8] });
        using var torchNetwork = new TorchNetwork(encoder, NetworkWeights.Initialize(encoder, new SeededRandom(1)), CPU, ComputePrecision.Float32);
        using ImageTensor values = NetworkCase.RandomInput(new ImageShape(1, 3, 8, 8), seed: 1);
        using DisposeScope scope = NewDisposeScope();
        Tensor input = TorchTensors.ToTorch(values, CPU);

        Tensor image = torchNetwork.Forward(input)[0];
        image.Dispose();

        Assert.Equal(values.Span[0], input[0, 0, 0, 0].item<float>());
    }

    /// <summary>Ioffe and Szegedy 2015, algorithm 1; the running variance takes the unbiased form, as PyTorch's does.</summary>
    [Theory]
    [InlineData(ComputePrecision.Float32)]
    [InlineData(ComputePrecision.BFloat16)]
    public void Forward_BatchNormInTraining_UsesTheBatchAndMovesTheStatistics(ComputePrecision precision)
    {
        var builder = new NetworkBuilder("n");
        Network network = builder.Output("x", builder.Input("image", 2).BatchNorm2d(eps: 0.125f, momentum: 0.25f, name: "norm")).Build();
        using DisposeScope scope = NewDisposeScope();
        Dictionary<string, Tensor> weights = network.Parameters.ToDictionary(p => p.Name, p => full([2], p.Name.Contains("mean", StringComparison.Ordinal) ? 3f : 2f).requires_grad_(p.Learned));
        using var torchNetwork = new TorchNetwork(network, weights, CPU, precision);
        float[] values = [1, 2, 3, 6, -1, -1, -1, 5];
        Tensor input = TorchTensors.ToTorch(values, [1, 2, 2, 2], CPU);

        float[] output = TorchTensors.ToArray(torchNetwork.Forward(training: true, input)[0]);

        for (int c = 0; c < 2; c++)
        {
            float[] channel = values[(4 * c)..(4 * (c + 1))];
            double mean = channel.Average(), squares = channel.Sum(v => (v - mean) * (v - mean));
            for (int i = 0; i < 4; i++)
            {
                Assert.Equal(((channel[i] - mean) / Math.Sqrt((squares / 4) + 0.125) * 2) + 2, output[(4 * c) + i], 1e-5);
            }

            Assert.Equal((0.75 * 3) + (0.25 * mean), TorchTensors.ToArray(weights["norm.running_mean"])[c], 1e-5);
            Assert.Equal((0.75 * 2) + (0.25 * squares / 3), TorchTensors.ToArray(weights["norm.running_var"])[c], 1e-5);
        }

        // Inference uses what was gathered, and leaves it alone.
        float[] gathered = TorchTensors.ToArray(weights["norm.running_mean"]);
        float first = TorchTensors.ToArray(torchNetwork.Forward(input)[0])[0];
        Assert.Equal(((1 - gathered[0]) / Math.Sqrt(TorchTensors.ToArray(weights["norm.running_var"])[0] + 0.125) * 2) + 2, first, 1e-5);
        Assert.Equal(gathered, TorchTensors.ToArray(weights["norm.running_mean"]));
    }

    [Fact]
    public void ToChannelsLast_AnyTensor_KeepsValuesAndMovesChannelsInnermost()
    {
        using DisposeScope scope = NewDisposeScope();
        Tensor tensor = arange(2 * 3 * 4 * 5).reshape(2, 3, 4, 5).to(ScalarType.Float32);
        Tensor channelsLast = TorchTensors.ToChannelsLast(tensor);
        Assert.Equal(tensor.shape, channelsLast.shape);
        Assert.Equal(1, channelsLast.stride(1));
        Assert.Equal(0f, (tensor - channelsLast).abs().max().item<float>());
    }
}
