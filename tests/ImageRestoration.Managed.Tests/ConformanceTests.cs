using ImageRestoration.Imaging;
using ImageRestoration.Latents;
using ImageRestoration.Networks;
using ImageRestoration.Networks.Architectures;
using ImageRestoration.Tests.Conformance;

namespace ImageRestoration.Managed.Tests;

/// <summary>Every case of the conformance suite, with every width of vectors.</summary>
public sealed class ConformanceTests
{
    public static TheoryData<string, string> AllCases()
    {
        var data = new TheoryData<string, string>();
        foreach (NetworkCase networkCase in NetworkCases.Layers.Concat(NetworkCases.Architectures))
        {
            foreach (string kind in Enum.GetNames<VectorKind>())
            {
                data.Add(networkCase.Name, kind);
            }
        }

        return data;
    }

    [Theory]
    [MemberData(nameof(AllCases))]
    public async Task Encode_AnyNetwork_EqualsReference(string caseName, string kind)
    {
        NetworkCase networkCase = NetworkCases.Layers.Concat(NetworkCases.Architectures).Single(c => c.Name == caseName);
        NetworkWeights weights = networkCase.Weights();
        using var encoder = new ManagedEncoder(networkCase.Network, weights, new ManagedOptions { Threads = 2 }, Enum.Parse<VectorKind>(kind));
        foreach (ImageShape shape in networkCase.Inputs)
        {
            using ImageTensor input = NetworkCase.RandomInput(shape, seed: 11);
            using Latent actual = await encoder.EncodeAsync(input, networkCase.MaskFor(shape));
            IReadOnlyDictionary<string, ImageTensor> expected = ReferenceEvaluator.Run(networkCase.Network, weights, networkCase.InputsFor(input));
            Assert.Equal(expected.Keys.Order(), actual.Names.Order());
            foreach ((string name, ImageTensor tensor) in expected)
            {
                using ImageTensor host = actual.CopyToHost(name);
                TestNetworks.AssertEqual(tensor, host, $"{kind} on {caseName}, {shape}, output '{name}'");
                tensor.Dispose();
            }
        }
    }

    [Fact]
    public async Task EncodeThenDecode_UNet_EqualsReference()
    {
        var options = new UNetOptions { Channels = [8, 12, 16] };
        Network encoderNetwork = UNet.CreateEncoder(options), decoderNetwork = UNet.CreateDecoder(options);
        Network whole = Network.Compose("whole", encoderNetwork, decoderNetwork);
        NetworkWeights weights = TestNetworks.Weights(whole);
        using var encoder = new ManagedEncoder(encoderNetwork, weights.Select("encoder."));
        using var decoder = new ManagedDecoder(decoderNetwork, weights.Select("decoder."));
        using ImageTensor input = NetworkCase.RandomInput(new ImageShape(2, 3, 12, 20), seed: 5);
        using ImageTensor expected = ReferenceEvaluator.Run(whole, weights, input);

        using Latent latent = await encoder.EncodeAsync(input);
        using ImageTensor actual = await decoder.DecodeAsync(latent);

        TestNetworks.AssertEqual(expected, actual, "encoder and decoder");
    }
}
