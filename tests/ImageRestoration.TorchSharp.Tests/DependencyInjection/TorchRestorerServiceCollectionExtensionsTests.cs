using ImageRestoration.Networks;
using ImageRestoration.Networks.Architectures;
using ImageRestoration.Numerics;
using ImageRestoration.Restoration;
using ImageRestoration.TorchSharp;
using Microsoft.Extensions.DependencyInjection;

namespace ImageRestoration.Tests.TorchSharp;

public sealed class TorchRestorerServiceCollectionExtensionsTests
{
    [Fact]
    public void AddTorchRestorer_ResolvedByName_LoadsOnce()
    {
        int loads = 0;
        var services = new ServiceCollection();
        services.AddTorchRestorer("denoise", _ =>
        {
            loads++;
            return Create();
        });
        using ServiceProvider provider = services.BuildServiceProvider();
        Assert.Equal(0, loads);
        Assert.Same(provider.GetRequiredKeyedService<IRestorer>("denoise"), provider.GetRequiredKeyedService<IRestorer>("denoise"));
        Assert.Equal(1, loads);
    }

    [Fact]
    public void AddTorchRestorer_InvalidOptions_ThrowsAtOnceWithAllErrors()
    {
        var error = Assert.Throws<ArgumentException>(() => new ServiceCollection().AddTorchRestorer("denoise", _ => Create(), new TorchOptions { Threads = 0, Device = " " }));
        Assert.Contains("Threads", error.Message, StringComparison.Ordinal);
        Assert.Contains("Device", error.Message, StringComparison.Ordinal);
    }

    private static Model Create()
    {
        Network network = DnCnn.Create(depth: 2, channels: 2);
        return new Model(network, NetworkWeights.Initialize(network, new SeededRandom(1)), new ModelInfo { Name = "tiny", Task = RestorationTask.Denoise });
    }
}
