using ImageRestoration.Imaging;
using ImageRestoration.Networks;
using ImageRestoration.Numerics;

namespace ImageRestoration.Tests.Conformance;

/// <summary>A network to compare on all backends, with the input shapes to try.</summary>
public sealed record NetworkCase(string Name, Network Network, params ImageShape[] Inputs)
{
    public NetworkWeights Weights() => NetworkWeights.Initialize(Network, new SeededRandom(7));

    /// <summary>Values around [−1, 1.5], so that both sides of every activation are seen.</summary>
    public static ImageTensor RandomInput(ImageShape shape, ulong seed)
    {
        ImageTensor tensor = ImageTensor.CreateUninitialized(shape);
        var random = new SeededRandom(seed);
        foreach (ref float value in tensor.Span)
        {
            value = (2.5f * random.NextSingle()) - 1f;
        }

        return tensor;
    }

    public override string ToString() => Name;
}
