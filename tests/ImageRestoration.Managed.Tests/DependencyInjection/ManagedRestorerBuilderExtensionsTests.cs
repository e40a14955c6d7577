using ImageRestoration.DependencyInjection;
using ImageRestoration.Imaging;
using ImageRestoration.Networks;
using ImageRestoration.Networks.Architectures;
using ImageRestoration.Restoration;
using ImageRestoration.Tests.Conformance;
using ImageRestoration.Tiling;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace ImageRestoration.Managed.Tests;

public sealed class ManagedRestorerBuilderExtensionsTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("restorers").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public async Task AddManagedRestorer_BoundFromAppSettings_LoadsWhenAskedForAndRestoresInTiles()
    {
        string path = Path.Combine(_folder, "model.safetensors");
        ServiceCollection services = Services($$"""
            { "Restorers": { "denoise": { "ModelPath": "{{path.Replace('\\', '/')}}", "Threads": 1, "AllowWinograd": false } } }
            """);
        services.AddImageRestoration().AddManagedRestorer("denoise").UseTiling(new TilingOptions { TileSize = 48 });
        IRestorer restorer;
        using ImageTensor image = NetworkCase.RandomInput(ImageShape.Single(3, 40, 90), seed: 9);
        await using (ServiceProvider provider = services.BuildServiceProvider())
        {
            provider.GetRequiredService<IStartupValidator>().Validate();
            Assert.ThrowsAny<IOException>(() => provider.GetRequiredKeyedService<IRestorer>("denoise"));
            Model().Save(path);
            restorer = provider.GetRequiredService<RestorerCatalog>().Get("denoise");
            Assert.IsType<TiledRestorer>(restorer);
            Assert.Equal(("Managed", "cpu"), (restorer.Info.Backend, restorer.Info.Device));
            ManagedRestorerOptions options = provider.GetRequiredService<IOptionsMonitor<ManagedRestorerOptions>>().Get("denoise");
            Assert.Equal((1, 8, false), (options.Threads, options.CachedPlans, options.AllowWinograd));
            using IRestorer whole = new ManagedRestorer(Model());
            using RestorationResult expected = await whole.RestoreAsync(new RestorationRequest(image)), tiled = await restorer.RestoreAsync(new RestorationRequest(image));
            Assert.All(expected.Image.Span.ToArray().Zip(tiled.Image.Span.ToArray()), pair => Assert.Equal(pair.First, pair.Second, 1e-5f));
        }

        await Assert.ThrowsAsync<ObjectDisposedException>(() => restorer.RestoreAsync(new RestorationRequest(image)));
    }

    [Fact]
    public void AddManagedRestorer_WrongSettings_AreReportedTogetherAtStart()
    {
        ServiceCollection services = Services("""
            { "Restorers": { "denoise": { "Threads": -1, "CachedPlans": 0 } } }
            """);
        services.AddImageRestoration().AddManagedRestorer("denoise");
        using ServiceProvider provider = services.BuildServiceProvider();

        var error = Assert.Throws<OptionsValidationException>(() => provider.GetRequiredService<IStartupValidator>().Validate());

        Assert.Equal(3, error.Failures.Count());
        Assert.All(["ModelPath, Model and Pretrained are all missing", "Threads is -1", "CachedPlans is 0"], text => Assert.Contains("Restorer 'denoise': " + text, error.Message, StringComparison.Ordinal));
    }

    [Fact]
    public void Options_MirrorThoseOfTheBackend() => OptionsMirror.AssertComplete((ManagedRestorerOptions registered) => registered.ToManagedOptions());

    private ServiceCollection Services(string settings)
    {
        string path = Path.Combine(_folder, "appsettings.json");
        File.WriteAllText(path, settings);
        IConfiguration configuration = new ConfigurationBuilder().AddJsonFile(path).Build();
        var services = new ServiceCollection();
        services.Configure<ManagedRestorerOptions>("denoise", configuration.GetSection("Restorers:denoise"));
        return services;
    }

    private static Model Model()
    {
        Network network = DnCnn.Create(depth: 3, channels: 4, imageChannels: 3);
        return new Model(network, TestNetworks.Weights(network), new ModelInfo { Name = "tiny", Task = RestorationTask.Denoise });
    }
}
