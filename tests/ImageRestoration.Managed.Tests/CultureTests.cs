using ImageRestoration.Networks;
using ImageRestoration.Tests.Conformance;

namespace ImageRestoration.Managed.Tests;

/// <summary>Numbers in messages are written the same way in every culture.</summary>
public sealed class CultureTests
{
    [Fact]
    public void Constructor_WrongOptionsInEveryCulture_SayTheSame()
    {
        Network network = TestNetworks.Build(3, x => x.Conv2d(3, 1));
        Cultures.AssertSameMessage<ArgumentException>(
            () => new ManagedEncoder(network, TestNetworks.Weights(network), new ManagedOptions { Threads = -2, CachedPlans = -3 }),
            "Threads is -2 and must be 1 to 1024, or null for one thread a core. CachedPlans is -3 and");
    }
}
