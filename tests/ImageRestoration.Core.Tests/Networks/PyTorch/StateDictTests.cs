using ImageRestoration.Imaging;
using ImageRestoration.Networks;
using ImageRestoration.Numerics;

namespace ImageRestoration.Tests.Networks.PyTorch;

/// <summary>
/// Weights from PyTorch and back. The files beside this one are PyTorch's, of seeded random numbers, made by
/// <c>python3 benchmarks/pytorch_roundtrip.py --fixture tests/ImageRestoration.Core.Tests/Networks/PyTorch</c>.
/// </summary>
public sealed class StateDictTests
{
    private const double Tolerance = 1e-5;

    private static string Fixture(string name) => Path.Combine(AppContext.BaseDirectory, "Networks", "PyTorch", name);

    [Fact]
    public void LoadStateDict_OfPyTorch_ComputesWhatPyTorchComputes()
    {
        Network network = RoundTripNetwork.Create();
        NetworkWeights weights = NetworkWeights.LoadStateDict(Fixture("roundtrip.safetensors"), network);
        using FileStream file = File.OpenRead(Fixture("roundtrip_values.safetensors"));
        IReadOnlyDictionary<string, WeightTensor> values = SafeTensorsFile.Read(file).Tensors;
        using ImageTensor input = ToImage(values["input"]);

        using ImageTensor output = ReferenceEvaluator.Run(network, weights, input);

        Assert.Equal([output.Batch, output.Channels, output.Height, output.Width], values["output"].Shape.ToArray());
        Assert.All(values["output"].Values.ToArray().Zip(output.Span.ToArray()), pair => Assert.Equal(pair.First, pair.Second, Tolerance));
    }

    [Fact]
    public void SaveStateDict_OfLoadedWeights_WritesWhatPyTorchWrote()
    {
        using FileStream original = File.OpenRead(Fixture("roundtrip.safetensors"));
        SafeTensorsFile expected = SafeTensorsFile.Read(original);
        using var stream = new MemoryStream();

        NetworkWeights.LoadStateDict(Fixture("roundtrip.safetensors"), RoundTripNetwork.Create()).SaveStateDict(stream);

        SafeTensorsFile written = SafeTensorsFile.Read(new MemoryStream(stream.ToArray()));
        Assert.Equal("pt", written.Metadata["format"]);
        Assert.Equal(expected.Tensors.Keys.Order(), written.Tensors.Keys.Order());
        Assert.All(expected.Tensors, tensor =>
        {
            Assert.Equal(tensor.Value.Shape.ToArray(), written.Tensors[tensor.Key].Shape.ToArray());
            Assert.Equal(tensor.Value.Values.ToArray(), written.Tensors[tensor.Key].Values.ToArray());
        });
    }

    [Fact]
    public void SaveStateDict_WithOtherNames_LoadsBackByRenaming()
    {
        Network network = RoundTripNetwork.Create();
        NetworkWeights weights = NetworkWeights.Initialize(network, new SeededRandom(3));
        string path = Path.Combine(Path.GetTempPath(), Path.GetRandomFileName());
        try
        {
            weights.SaveStateDict(path, rename: name => "module." + name);
            NetworkWeights loaded = NetworkWeights.LoadStateDict(path, network, name => name.StartsWith("module.", StringComparison.Ordinal) ? name["module.".Length..] : null);

            Assert.All(network.Parameters, p => Assert.Equal(weights[p.Name].Values.ToArray(), loaded[p.Name].Values.ToArray()));
            string message = Assert.Throws<ModelFormatException>(() => NetworkWeights.LoadStateDict(path, network)).Message;
            Assert.Contains(path, message, StringComparison.Ordinal);
            Assert.Contains("Missing: block.grouped.weight, block.slopes.weight", message, StringComparison.Ordinal);
            Assert.Contains("Unexpected: module.block.grouped.weight", message, StringComparison.Ordinal);
        }
        finally
        {
            File.Delete(path);
        }
    }

    [Fact]
    public void LoadStateDict_EveryFault_IsNamed()
    {
        Network network = TwoLayers();
        using MemoryStream file = Write(
            ("conv.weight", [1, 2, 1, 2], 4),
            ("net.linear.weight", [3, 1], 3),
            ("linear.weight", [3, 1], 3),
            ("extra", [1], 1));

        string message = Assert.Throws<ModelFormatException>(() => NetworkWeights.LoadStateDict(file, network, name => name.Replace("net.", string.Empty, StringComparison.Ordinal))).Message;

        Assert.Contains("network 'two'", message, StringComparison.Ordinal);
        Assert.Contains("Missing: scale.weight.", message, StringComparison.Ordinal);
        Assert.Contains("Unexpected: extra.", message, StringComparison.Ordinal);
        Assert.Contains("Of another shape: conv.weight [1, 2, 1, 2] instead of [1, 2, 1, 1].", message, StringComparison.Ordinal);
        Assert.Contains("Given twice: linear.weight", message, StringComparison.Ordinal);
    }

    /// <summary>Scales of 1×C×1×1, a linear layer kept as a convolution, and a tensor that is left out.</summary>
    [Fact]
    public void LoadStateDict_ExtentsOfOne_AreTakenOff()
    {
        Network network = TwoLayers();
        using MemoryStream file = Write(("conv.weight", [1, 2], 2), ("linear.weight", [3, 1, 1, 1], 3), ("scale.weight", [1, 3, 1, 1], 3), ("classifier", [7], 7));

        NetworkWeights weights = NetworkWeights.LoadStateDict(file, network, name => name == "classifier" ? null : name);

        Assert.All(network.Parameters, p => Assert.Equal(p.Shape.ToArray(), weights[p.Name].Shape.ToArray()));
        Assert.Equal([0, 1, 2], weights["scale.weight"].Values.ToArray());
    }

    [Fact]
    public void SaveStateDict_TwoOfOneName_IsRefused()
    {
        NetworkWeights weights = NetworkWeights.Initialize(TwoLayers(), new SeededRandom(1));
        Assert.Contains("Two parameters would be called 'x'", Assert.Throws<ArgumentException>(() => weights.SaveStateDict(new MemoryStream(), rename: _ => "x")).Message, StringComparison.Ordinal);
    }

    private static Network TwoLayers()
    {
        var builder = new NetworkBuilder("two");
        return builder.Output("x", builder.Input("image", 2).Conv2d(1, 1, bias: false, name: "conv").Linear(3, bias: false, name: "linear").Scale2d(name: "scale")).Build();
    }

    private static MemoryStream Write(params (string Name, int[] Shape, int Count)[] tensors)
    {
        var stream = new MemoryStream();
        new SafeTensorsFile(tensors.ToDictionary(t => t.Name, t => new WeightTensor([.. t.Shape], [.. Enumerable.Range(0, t.Count).Select(i => (float)i)]))).Write(stream);
        stream.Position = 0;
        return stream;
    }

    private static ImageTensor ToImage(WeightTensor tensor)
    {
        ImageTensor image = ImageTensor.Create(new ImageShape(tensor.Shape[0], tensor.Shape[1], tensor.Shape[2], tensor.Shape[3]));
        tensor.Values.Span.CopyTo(image.Span);
        return image;
    }
}
