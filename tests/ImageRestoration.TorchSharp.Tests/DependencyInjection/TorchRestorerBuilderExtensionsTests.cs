using ImageRestoration.DependencyInjection;
using ImageRestoration.Networks;
using ImageRestoration.Networks.Architectures;
using ImageRestoration.Numerics;
using ImageRestoration.Restoration;
using ImageRestoration.Tests.Conformance;
using ImageRestoration.TorchSharp;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace ImageRestoration.Tests.TorchSharp;

public sealed class TorchRestorerBuilderExtensionsTests
{
    [Fact]
    public async Task AddTorchRestorer_AskedForByName_LoadsThenAndOnce()
    {
        int loads = 0;
        var services = new ServiceCollection();
        services.AddImageRestoration().AddTorchRestorer("denoise", o => o.Model = _ =>
        {
            loads++;
            return Create();
        });
        using ServiceProvider provider = services.BuildServiceProvider();
        provider.GetRequiredService<IStartupValidator>().Validate();
        Assert.Equal(0, loads);

        await provider.GetRequiredService<RestorerCatalog>().WarmUpAsync();

        IRestorer restorer = provider.GetRequiredKeyedService<IRestorer>("denoise");
        Assert.Equal(("TorchSharp", "cpu"), (restorer.Info.Backend, restorer.Info.Device));
        Assert.Equal(1, loads);
    }

    [Fact]
    public void AddTorchRestorer_WrongSettings_AreReportedTogether()
    {
        var services = new ServiceCollection();
        services.AddImageRestoration().AddTorchRestorer("denoise", o => (o.Threads, o.Device) = (0, " "));
        using ServiceProvider provider = services.BuildServiceProvider();

        var error = Assert.Throws<OptionsValidationException>(() => provider.GetRequiredKeyedService<IRestorer>("denoise"));

        Assert.All(["ModelPath, Model and Pretrained are all missing", "Threads is 0", "Device is empty"], text => Assert.Contains("Restorer 'denoise': " + text, error.Message, StringComparison.Ordinal));
    }

    [Fact]
    public void Options_MirrorThoseOfTheBackend() => OptionsMirror.AssertComplete((TorchRestorerOptions registered) => registered.ToTorchOptions());

    private static Model Create()
    {
        Network network = DnCnn.Create(depth: 2, channels: 2);
        return new Model(network, NetworkWeights.Initialize(network, new SeededRandom(1)), new ModelInfo { Name = "tiny", Task = RestorationTask.Denoise });
    }
}
