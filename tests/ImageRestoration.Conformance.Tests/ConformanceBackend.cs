using ImageRestoration.Latents;
using ImageRestoration.Managed;
using ImageRestoration.Networks;
using ImageRestoration.OnnxRuntime;
using ImageRestoration.TorchSharp;

namespace ImageRestoration.Tests.Conformance;

/// <summary>How a backend is asked to run any network of one picture: as an encoder, whose latent has the network's outputs.</summary>
public sealed record ConformanceBackend(string Name, Func<Network, NetworkWeights, IEncoder> CreateEncoder, Func<Network, NetworkWeights, IDecoder> CreateDecoder)
{
    public static IReadOnlyList<ConformanceBackend> All { get; } =
    [
        new("Managed", (n, w) => new ManagedEncoder(n, w), (n, w) => new ManagedDecoder(n, w)),
        new("OnnxRuntime", (n, w) => new OnnxEncoder(n, w), (n, w) => new OnnxDecoder(n, w)),
        new("TorchSharp", (n, w) => new TorchEncoder(n, w), (n, w) => new TorchDecoder(n, w)),
    ];

    public override string ToString() => Name;
}
