using ImageRestoration.Networks;
using ImageRestoration.Numerics;
using ImageRestoration.TorchSharp;
using TorchSharp;
using static TorchSharp.torch;

namespace ImageRestoration.Tests.TorchSharp;

public sealed class PerceptualLossTests
{
    /// <summary>Two outputs of two channels each, without weights, so that float64 stays float64.</summary>
    internal static PerceptualLoss CreateLoss()
    {
        var builder = new NetworkBuilder("features");
        NetworkValue fine = builder.Input("image", 2).Sigmoid();
        builder.Output("fine", fine);
        builder.Output("coarse", fine.AvgPool2d(2));
        return new PerceptualLoss(builder.Build(), new NetworkWeights([])) { OutputWeights = [0.5, 2], Mean = [0.4, 0.5], StandardDeviation = [0.25, 0.5] };
    }

    [Fact]
    public void Compute_TwoOutputs_IsTheWeightedSumOfMeanDifferences()
    {
        using DisposeScope scope = NewDisposeScope();
        using PerceptualLoss loss = CreateLoss();
        Tensor prediction = TorchTensors.ToTorch([0.9f, 0.9f, 0.9f, 0.9f, 0.5f, 0.5f, 0.5f, 0.5f], [1, 2, 2, 2], CPU);
        Tensor target = TorchTensors.ToTorch([0.4f, 0.4f, 0.4f, 0.4f, 0.5f, 0.5f, 0.5f, 0.5f], [1, 2, 2, 2], CPU);

        // The first channel is 2 or 0 for the network, the second always 0: half of the values differ, in both outputs.
        double difference = ((1 / (1 + Math.Exp(-2))) - 0.5) / 2;
        Assert.Equal((0.5 + 2) * difference, loss.Compute(new LossInput(prediction, target)).item<float>(), 1e-6);
    }

    [Fact]
    public void Compute_NetworkWithWeights_TeachesThePredictionAlone()
    {
        using DisposeScope scope = NewDisposeScope();
        var builder = new NetworkBuilder("features");
        builder.Output("features", builder.Input("image", 3).Conv2d(4, 3, padding: 1).ReLU());
        Network network = builder.Build();
        using var loss = new PerceptualLoss(network, NetworkWeights.Initialize(network, new SeededRandom(1)));
        Tensor prediction = zeros([1, 3, 8, 8]).requires_grad_();
        Tensor value = loss.Compute(new LossInput(prediction, ones([1, 3, 8, 8])));
        value.backward();
        Assert.True(value.item<float>() > 0);
        Assert.True(prediction.grad!.abs().sum().item<float>() > 0);
    }

    [Fact]
    public void Properties_ThatDoNotFitTheNetwork_SayWhatIsWanted()
    {
        var builder = new NetworkBuilder("features");
        builder.Output("features", builder.Input("image", 3).ReLU());
        Network network = builder.Build();
        var none = new NetworkWeights([]);
        Assert.Contains("3 channel(s)", Assert.Throws<ArgumentException>(() => new PerceptualLoss(network, none) { Mean = [0.5] }).Message, StringComparison.Ordinal);
        Assert.Contains("1 output(s)", Assert.Throws<ArgumentException>(() => new PerceptualLoss(network, none) { OutputWeights = [1, 2] }).Message, StringComparison.Ordinal);
        Assert.Throws<ArgumentOutOfRangeException>(() => new PerceptualLoss(network, none) { StandardDeviation = [1, 0, 1] });
    }
}
