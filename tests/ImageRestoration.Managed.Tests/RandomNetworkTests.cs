using ImageRestoration.Imaging;
using ImageRestoration.Networks;
using ImageRestoration.Tests.Networks;

namespace ImageRestoration.Managed.Tests;

/// <summary>Networks drawn at random, with odd settings and branches, against the float64 reference.</summary>
public sealed class RandomNetworkTests
{
    private const int Networks = 120;

    [Theory]
    [MemberData(nameof(TestNetworks.VectorKinds), MemberType = typeof(TestNetworks))]
    public void Run_RandomNetworks_EqualReference(string kind)
    {
        for (ulong seed = 1; seed <= Networks; seed++)
        {
            Network network = RandomNetworks.Create(seed, steps: 6);
            NetworkWeights weights = TestNetworks.Weights(network, seed);
            using ManagedNetwork runner = TestNetworks.Create(network, weights, threads: 2, Enum.Parse<VectorKind>(kind));
            (int height, int width) = RandomNetworks.SmallestSize(network);
            foreach ((int batch, int factor) in new[] { (1, 3), (2, 1) })
            {
                Dictionary<string, ImageTensor> inputs = RandomNetworks.Inputs(network, batch, height * factor, width + ((factor - 1) * network.SizeMultiple.Width), seed);
                IReadOnlyDictionary<string, ImageTensor> expected = ReferenceEvaluator.Run(network, weights, inputs);
                ImageTensor[] ordered = [.. network.Inputs.Select(i => inputs[i.Name])];
                using ImageTensor actual = runner.Run(ordered, CancellationToken.None)[0];
                TestNetworks.AssertEqual(expected["result"], actual, $"{kind}, seed {seed}, {ordered[0].Shape}: {string.Join(", ", network.Layers.Select(l => l.Kind))}");
            }
        }
    }
}
