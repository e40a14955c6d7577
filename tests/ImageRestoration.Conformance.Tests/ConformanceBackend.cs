using ImageRestoration.Latents;
using ImageRestoration.Managed;
using ImageRestoration.Networks;
using ImageRestoration.OnnxRuntime;
using ImageRestoration.Restoration;
using ImageRestoration.TorchSharp;

namespace ImageRestoration.Tests.Conformance;

/// <summary>How a backend is asked to run any network of one picture: as an encoder, whose latent has the network's outputs.</summary>
public sealed record ConformanceBackend(
    string Name,
    Func<Network, NetworkWeights, IEncoder> CreateEncoder,
    Func<Network, NetworkWeights, IDecoder> CreateDecoder,
    Func<Model, IRestorer> CreateRestorer,
    Func<Model, IEncoder> CreateModelEncoder,
    Func<Model, IDecoder> CreateModelDecoder)
{
    public static IReadOnlyList<ConformanceBackend> All { get; } =
    [
        new("Managed", (n, w) => new ManagedEncoder(n, w), (n, w) => new ManagedDecoder(n, w), m => new ManagedRestorer(m), m => new ManagedEncoder(m), m => new ManagedDecoder(m)),
        new("OnnxRuntime", (n, w) => new OnnxEncoder(n, w), (n, w) => new OnnxDecoder(n, w), m => new OnnxRestorer(m), m => new OnnxEncoder(m), m => new OnnxDecoder(m)),
        new("TorchSharp", (n, w) => new TorchEncoder(n, w), (n, w) => new TorchDecoder(n, w), m => new TorchRestorer(m), m => new TorchEncoder(m), m => new TorchDecoder(m)),
    ];

    /// <summary>Every backend for an encoder with every backend for a decoder, by name.</summary>
    public static TheoryData<string, string> Pairs
    {
        get
        {
            var pairs = new TheoryData<string, string>();
            foreach (ConformanceBackend encoder in All)
            {
                foreach (ConformanceBackend decoder in All)
                {
                    pairs.Add(encoder.Name, decoder.Name);
                }
            }

            return pairs;
        }
    }

    public override string ToString() => Name;
}
