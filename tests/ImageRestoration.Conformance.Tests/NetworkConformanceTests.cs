using System.Numerics.Tensors;
using ImageRestoration.Imaging;
using ImageRestoration.Latents;
using ImageRestoration.Networks;
using ImageRestoration.Networks.Architectures;
using ImageRestoration.Numerics;

namespace ImageRestoration.Tests.Conformance;

/// <summary>Same weights, same input: every backend differs from the float64 reference by at most 1e-4 of the output's range.</summary>
public sealed class NetworkConformanceTests
{
    private const double Tolerance = 1e-4;

    public static TheoryData<string, string> AllCases()
    {
        var data = new TheoryData<string, string>();
        foreach (ConformanceBackend backend in ConformanceBackend.All)
        {
            foreach (NetworkCase networkCase in NetworkCases.Layers.Concat(NetworkCases.Architectures))
            {
                data.Add(backend.Name, networkCase.Name);
            }
        }

        return data;
    }

    public static TheoryData<string> AllBackends() => [.. ConformanceBackend.All.Select(b => b.Name)];

    public static TheoryData<string, string> AllPairs()
    {
        var data = new TheoryData<string, string>();
        foreach (ConformanceBackend encoder in ConformanceBackend.All)
        {
            foreach (ConformanceBackend decoder in ConformanceBackend.All)
            {
                data.Add(encoder.Name, decoder.Name);
            }
        }

        return data;
    }

    [Theory]
    [MemberData(nameof(AllCases))]
    public async Task Encode_AnyNetwork_EqualsReference(string backendName, string caseName)
    {
        ConformanceBackend backend = ConformanceBackend.All.Single(b => b.Name == backendName);
        NetworkCase networkCase = NetworkCases.Layers.Concat(NetworkCases.Architectures).Single(c => c.Name == caseName);
        NetworkWeights weights = networkCase.Weights();
        using IEncoder encoder = backend.CreateEncoder(networkCase.Network, weights);
        foreach (ImageShape shape in networkCase.Inputs)
        {
            using ImageTensor input = NetworkCase.RandomInput(shape, seed: 11);
            using Latent actual = await encoder.EncodeAsync(input, networkCase.MaskFor(shape));
            IReadOnlyDictionary<string, ImageTensor> expected = ReferenceEvaluator.Run(networkCase.Network, weights, networkCase.InputsFor(input));
            Assert.Equal(expected.Keys.Order(), actual.Names.Order());
            foreach ((string name, ImageTensor tensor) in expected)
            {
                using ImageTensor host = actual.CopyToHost(name);
                AssertEqual(tensor, host, $"{backend} on {caseName}, {shape}, output '{name}'");
                tensor.Dispose();
            }
        }
    }

    [Theory]
    [MemberData(nameof(AllPairs))]
    public async Task EncodeThenDecode_AcrossBackends_EqualsReference(string encoderName, string decoderName)
    {
        var options = new UNetOptions { Channels = [8, 12, 16] };
        Network encoderNetwork = UNet.CreateEncoder(options), decoderNetwork = UNet.CreateDecoder(options);
        Network whole = Network.Compose("whole", encoderNetwork, decoderNetwork);
        NetworkWeights weights = NetworkWeights.Initialize(whole, new SeededRandom(3));
        using IEncoder encoder = ConformanceBackend.All.Single(b => b.Name == encoderName).CreateEncoder(encoderNetwork, weights.Select("encoder."));
        using IDecoder decoder = ConformanceBackend.All.Single(b => b.Name == decoderName).CreateDecoder(decoderNetwork, weights.Select("decoder."));
        using ImageTensor input = NetworkCase.RandomInput(new ImageShape(2, 3, 12, 20), seed: 5);
        using ImageTensor expected = ReferenceEvaluator.Run(whole, weights, input);

        using Latent latent = await encoder.EncodeAsync(input);
        using ImageTensor actual = await decoder.DecodeAsync(latent);

        AssertEqual(expected, actual, $"{encoderName} → {decoderName}");
    }

    [Fact]
    public void Cases_OfAllLayerKindsOfTheLibrary_Exist() => Assert.Empty(LayerKinds.MissingFrom(NetworkCases.Layers));

    [Fact]
    public void Cases_OfAllArchitecturesOfTheLibrary_Exist()
    {
        IEnumerable<string> architectures = typeof(UNet).Assembly.GetTypes()
            .Where(t => t.Namespace == typeof(UNet).Namespace && t is { IsAbstract: true, IsSealed: true, IsPublic: true })
            .Select(t => t.Name.ToLowerInvariant());
        Assert.All(architectures, name => Assert.Contains(NetworkCases.Architectures, c => c.Name.StartsWith(name, StringComparison.Ordinal)));
    }

    [Fact]
    public void Backends_WithAnEncoder_AreAllListed()
    {
        // Every project below src that has an encoder is a backend; its assembly lies beside this one.
        IEnumerable<string> backends = Directory.EnumerateFiles(AppContext.BaseDirectory, "ImageRestoration.*.dll")
            .Where(file => !file.EndsWith(".Tests.dll", StringComparison.Ordinal))
            .Select(System.Reflection.Assembly.LoadFrom)
            .Where(assembly => assembly.GetExportedTypes().Any(t => t is { IsClass: true, IsAbstract: false } && t.IsAssignableTo(typeof(IEncoder))))
            .Select(assembly => assembly.GetName().Name!);
        Assert.Equal(ConformanceBackend.All.Select(b => "ImageRestoration." + b.Name).Order(), backends.Order());
    }

    [Theory]
    [MemberData(nameof(AllBackends))]
    public void CreateEncoder_LayerOfTheUsersOwn_RefusesAndNamesIt(string backendName)
    {
        var builder = new NetworkBuilder("custom");
        builder.Output("result", builder.Append(new CubeLayer("cube", builder.Input("image", 3).Name)));
        Network network = builder.Build();
        var error = Assert.Throws<UnsupportedLayerException>(() => ConformanceBackend.All.Single(b => b.Name == backendName).CreateEncoder(network, new NetworkWeights([])));
        Assert.Equal(("cube", "Cube"), (error.LayerName, error.LayerKind));
        Assert.Contains("Replace the layer", error.Message, StringComparison.Ordinal);
    }

    private static void AssertEqual(ImageTensor expected, ImageTensor actual, string what)
    {
        Assert.Equal(expected.Shape, actual.Shape);
        float range = TensorPrimitives.Max<float>(expected.Span) - TensorPrimitives.Min<float>(expected.Span);
        var difference = new float[expected.Span.Length];
        TensorPrimitives.Subtract(expected.Span, actual.Span, difference);
        float largest = Math.Abs(TensorPrimitives.MaxMagnitude<float>(difference));
        Assert.True(largest <= Tolerance * range, $"{what}: largest difference {largest} is {largest / range:e1} of the range {range}; allowed {Tolerance:e1}.");
    }

    private sealed record CubeLayer(string Name, string Input) : Layer(Name, [Input])
    {
        public override string Kind => "Cube";

        public override int InferChannels(System.Collections.Immutable.ImmutableArray<int> inputChannels) => inputChannels[0];

        internal override void WriteSettings(System.Text.Json.Utf8JsonWriter writer)
        {
            // There are none.
        }
    }
}
