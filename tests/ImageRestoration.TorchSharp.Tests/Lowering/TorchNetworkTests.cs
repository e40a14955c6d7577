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
