using System.Collections.Immutable;
using ImageRestoration.Imaging;
using ImageRestoration.Networks;
using ImageRestoration.Numerics;

namespace ImageRestoration.Tests.Networks;

public sealed class ReferenceEvaluatorTests
{
    [Fact]
    public void Run_Convolution_CorrelatesWithZeroPadding()
    {
        using ImageTensor image = Tensor(ImageShape.Single(1, 3, 3), 1, 2, 3, 4, 5, 6, 7, 8, 9);
        (Network network, NetworkWeights weights) = OneLayer(1, x => x.Conv2d(1, 2, padding: 1, name: "conv"), ("conv.weight", [1, 10, 100, 1000]), ("conv.bias", [0.5f]));

        using ImageTensor result = ReferenceEvaluator.Run(network, weights, image);

        Assert.Equal(ImageShape.Single(1, 4, 4), result.Shape);
        Assert.Equal([1000.5f, 2100.5f, 3200.5f, 300.5f, 4010.5f, 5421.5f, 6532.5f, 603.5f], result.Span[..8].ToArray());
    }

    [Fact]
    public void Run_TransposedConvolution_SpreadsTheKernel()
    {
        using ImageTensor image = Tensor(ImageShape.Single(1, 1, 2), 1, 2);
        (Network network, NetworkWeights weights) = OneLayer(1, x => x.ConvTranspose2d(1, new Size2d(1, 3), new Size2d(1, 2), bias: false, name: "up"), ("up.weight", [1, 10, 100]));

        using ImageTensor result = ReferenceEvaluator.Run(network, weights, image);

        Assert.Equal([1f, 10f, 102f, 20f, 200f], result.Span.ToArray());
    }

    [Theory]
    [InlineData(ActivationFunction.GELU, -4, -0.00012668496752679)]
    [InlineData(ActivationFunction.GELU, -1, -0.158655253931457)]
    [InlineData(ActivationFunction.GELU, 0, 0)]
    [InlineData(ActivationFunction.GELU, 2, 1.954499736103641583)]
    [InlineData(ActivationFunction.GELU, 40, 40)]
    [InlineData(ActivationFunction.GELU, -40, 0)]
    [InlineData(ActivationFunction.SiLU, -800, 0)]
    [InlineData(ActivationFunction.SiLU, 800, 800)]
    [InlineData(ActivationFunction.Sigmoid, -800, 0)]
    [InlineData(ActivationFunction.Sigmoid, 1, 0.731058578630004879)]
    [InlineData(ActivationFunction.Tanh, 1, 0.761594155955764888)]
    [InlineData(ActivationFunction.LeakyReLU, -2, -0.5)]
    [InlineData(ActivationFunction.ReLU, -2, 0)]
    public void Run_Activation_HasKnownValues(ActivationFunction function, float x, double expected)
    {
        using ImageTensor image = Tensor(ImageShape.Single(1, 1, 1), x);
        (Network network, NetworkWeights weights) = OneLayer(1, v => v.Activation(function, 0.25f));

        using ImageTensor result = ReferenceEvaluator.Run(network, weights, image);

        Assert.Equal((float)expected, result.Span[0], 1e-9f + (Math.Abs((float)expected) * 6e-8f));
    }

    [Fact]
    public void Run_SeveralOutputs_GivesAllByName()
    {
        var builder = new NetworkBuilder("two");
        NetworkValue image = builder.Input("image", 1), mask = builder.Input("mask", 1);
        NetworkValue sum = image + mask;
        builder.Output("sum", sum).Output("product", sum * mask).Output("input", image);
        Network network = builder.Build();
        using ImageTensor a = Tensor(ImageShape.Single(1, 1, 2), 1, 2);
        using ImageTensor b = Tensor(ImageShape.Single(1, 1, 2), 10, 20);

        IReadOnlyDictionary<string, ImageTensor> results = ReferenceEvaluator.Run(network, new NetworkWeights([]), Named(("mask", b), ("image", a)));

        Assert.Equal(["input", "product", "sum"], results.Keys.Order());
        Assert.Equal([11f, 22f], results["sum"].Span.ToArray());
        Assert.Equal([110f, 440f], results["product"].Span.ToArray());
        Assert.Equal([1f, 2f], results["input"].Span.ToArray());
        foreach (ImageTensor result in results.Values)
        {
            result.Dispose();
        }

        Assert.Equal([1f, 2f], a.Span.ToArray());
    }

    [Fact]
    public void Run_Batch_TreatsPicturesApart()
    {
        Network network = RandomNetworks.Create(seed: 3, steps: 4);
        Assert.Single(network.Inputs);
        NetworkWeights weights = NetworkWeights.Initialize(network, new SeededRandom(1));
        (int height, int width) = RandomNetworks.SmallestSize(network);
        using ImageTensor batch = RandomNetworks.Picture(new ImageShape(2, network.Inputs[0].Channels, height, width), seed: 4);
        using ImageTensor together = ReferenceEvaluator.Run(network, weights, batch);
        for (int n = 0; n < 2; n++)
        {
            int length = batch.Span.Length / 2;
            using ImageTensor single = ImageTensor.Wrap(batch.Memory.Slice(n * length, length), batch.Shape with { Batch = 1 });
            using ImageTensor alone = ReferenceEvaluator.Run(network, weights, single);
            int results = together.Span.Length / 2;
            Assert.Equal(alone.Span.ToArray(), together.Span.Slice(n * results, results).ToArray());
        }
    }

    [Fact]
    public void Run_UnknownLayer_IsRefusedByName()
    {
        (Network network, NetworkWeights weights) = OneLayer(1, x => x.ReLU(), last: new CustomLayer("odd", "relu1"));
        using ImageTensor image = ImageTensor.Create(ImageShape.Single(1, 2, 2));

        var error = Assert.Throws<UnsupportedLayerException>(() => ReferenceEvaluator.Run(network, weights, image));

        Assert.Equal(("Reference", "odd", "Custom"), (error.Backend, error.LayerName, error.LayerKind));
    }

    [Fact]
    public void Run_UnfitInputs_SaysWhatToGive()
    {
        var builder = new NetworkBuilder("two");
        builder.Output("sum", builder.Input("image", 1) + builder.Input("mask", 1));
        Network network = builder.Build();
        var weights = new NetworkWeights([]);
        using ImageTensor small = ImageTensor.Create(ImageShape.Single(1, 2, 2)), large = ImageTensor.Create(ImageShape.Single(1, 2, 3)), colour = ImageTensor.Create(ImageShape.Single(3, 2, 2));

        Assert.Contains("'mask' and none was given", Assert.Throws<TensorShapeException>(() => ReferenceEvaluator.Run(network, weights, small)).Message, StringComparison.Ordinal);
        Assert.Contains("1×1×2×2", Assert.Throws<TensorShapeException>(() => ReferenceEvaluator.Run(network, weights, Named(("image", small), ("mask", large)))).Message, StringComparison.Ordinal);
        Assert.Contains("no input 'other'", Assert.Throws<TensorShapeException>(() => ReferenceEvaluator.Run(network, weights, Named(("image", small), ("mask", small), ("other", small)))).Message, StringComparison.Ordinal);
        Assert.Contains("takes 1", Assert.Throws<TensorShapeException>(() => ReferenceEvaluator.Run(network, weights, Named(("image", colour), ("mask", small)))).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Run_WeightsOfAnotherNetwork_AreRefused()
    {
        (Network network, _) = OneLayer(1, x => x.Conv2d(1, 1));
        using ImageTensor image = ImageTensor.Create(ImageShape.Single(1, 2, 2));

        Assert.Throws<ModelFormatException>(() => ReferenceEvaluator.Run(network, new NetworkWeights([]), image));
    }

    [Fact]
    public void Run_Cancelled_Throws()
    {
        (Network network, NetworkWeights weights) = OneLayer(1, x => x.ReLU());
        using ImageTensor image = ImageTensor.Create(ImageShape.Single(1, 2, 2));

        Assert.ThrowsAny<OperationCanceledException>(() => ReferenceEvaluator.Run(network, weights, Named(("image", image)), new CancellationToken(canceled: true)));
    }

    private static Dictionary<string, ImageTensor> Named(params (string Name, ImageTensor Tensor)[] tensors) => tensors.ToDictionary(t => t.Name, t => t.Tensor, StringComparer.Ordinal);

    private static ImageTensor Tensor(ImageShape shape, params float[] values) => ImageTensor.Wrap(values, shape);

    private static (Network Network, NetworkWeights Weights) OneLayer(int channels, Func<NetworkValue, NetworkValue> append, params (string Name, float[] Values)[] weights)
        => OneLayer(channels, append, last: null, weights);

    private static (Network Network, NetworkWeights Weights) OneLayer(int channels, Func<NetworkValue, NetworkValue> append, Layer? last, params (string Name, float[] Values)[] weights)
    {
        var builder = new NetworkBuilder("one");
        NetworkValue value = append(builder.Input("image", channels));
        builder.Output("image", last is null ? value : builder.Append(last));
        Network network = builder.Build();
        var shapes = network.Parameters.ToDictionary(p => p.Name, p => p.Shape, StringComparer.Ordinal);
        return (network, new NetworkWeights(weights.Select(w => KeyValuePair.Create(w.Name, new WeightTensor(shapes[w.Name], w.Values)))));
    }
}
