using System.Numerics.Tensors;
using ImageRestoration.Imaging;
using ImageRestoration.Networks;
using ImageRestoration.Numerics;

namespace ImageRestoration.Managed.Tests;

public static class TestNetworks
{
    internal const double Tolerance = 1e-4;

    public static TheoryData<string> VectorKinds { get; } = [.. Enum.GetNames<VectorKind>()];

    internal static NetworkWeights Weights(Network network, ulong seed = 7) => NetworkWeights.Initialize(network, new SeededRandom(seed));

    internal static Network Build(int channels, Func<NetworkValue, NetworkValue> build)
    {
        var builder = new NetworkBuilder("test");
        builder.Output("result", build(builder.Input("image", channels)));
        return builder.Build();
    }

    internal static ManagedNetwork Create(Network network, NetworkWeights weights, int threads = 2, VectorKind? kind = null, int plans = 8, bool winograd = true)
        => new(network, weights, ManagedOptions.Validated(new ManagedOptions { Threads = threads, CachedPlans = plans, AllowWinograd = winograd }), kind: kind);

    /// <summary>Runs a network of one input and returns its first output.</summary>
    internal static ImageTensor Run(Network network, NetworkWeights weights, ImageTensor image, int threads = 2, VectorKind? kind = null, bool winograd = true)
    {
        using ManagedNetwork runner = Create(network, weights, threads, kind, winograd: winograd);
        return runner.Run([image], CancellationToken.None)[0];
    }

    internal static void AssertEqual(ImageTensor expected, ImageTensor actual, string what, double tolerance = Tolerance)
    {
        Assert.Equal(expected.Shape, actual.Shape);
        float range = TensorPrimitives.Max<float>(expected.Span) - TensorPrimitives.Min<float>(expected.Span);
        Assert.False(float.IsNaN(range), $"{what}: the expected values have NaN.");
        var difference = new float[expected.Span.Length];
        TensorPrimitives.Subtract(expected.Span, actual.Span, difference);
        float largest = Math.Abs(TensorPrimitives.MaxMagnitude<float>(difference));

        // Where all values are equal there is no range; the values' own size takes its place.
        double allowed = tolerance * (range > 0 ? range : Math.Abs(expected.Span[0]));
        Assert.True(largest <= allowed, $"{what}: largest difference {largest}, range {range}; allowed {allowed:e1}.");
    }
}
