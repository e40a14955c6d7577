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

namespace ImageRestoration.OnnxRuntime.Tests;

public sealed class OnnxRestorerBuilderExtensionsTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("restorers").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public async Task AddOnnxRestorer_BoundFromAppSettings_LoadsWhenAskedForAndRestoresInTiles()
    {
        string path = Path.Combine(_folder, "model.safetensors");
        ServiceCollection services = Services($$"""
            { "Restorers": { "denoise": { "ModelPath": "{{path.Replace('\\', '/')}}", "IntraOpThreads": 1, "ExecutionProvider": "Cpu", "UseMemoryArena": false } } }
            """);
        services.AddImageRestoration().AddOnnxRestorer("denoise").UseTiling(new TilingOptions { TileSize = 48 });
        IRestorer restorer;
        using ImageTensor image = TestData.Picture(ImageShape.Single(3, 40, 90));
        await using (ServiceProvider provider = services.BuildServiceProvider())
        {
            provider.GetRequiredService<IStartupValidator>().Validate();
            Assert.ThrowsAny<IOException>(() => provider.GetRequiredKeyedService<IRestorer>("denoise"));
            Model().Save(path);
            restorer = provider.GetRequiredService<RestorerCatalog>().Get("denoise");
            Assert.IsType<TiledRestorer>(restorer);
            Assert.Equal(("OnnxRuntime", "cpu"), (restorer.Info.Backend, restorer.Info.Device));
            OnnxRestorerOptions options = provider.GetRequiredService<IOptionsMonitor<OnnxRestorerOptions>>().Get("denoise");
            Assert.Equal((OnnxExecutionProvider.Cpu, 1, false, false), (options.ExecutionProvider, options.IntraOpThreads, options.AllowSpinning, options.UseMemoryArena));
            using IRestorer whole = new OnnxRestorer(Model());
            using RestorationResult expected = await whole.RestoreAsync(new RestorationRequest(image)), tiled = await restorer.RestoreAsync(new RestorationRequest(image));
            Assert.All(expected.Image.Span.ToArray().Zip(tiled.Image.Span.ToArray()), pair => Assert.Equal(pair.First, pair.Second, 1e-5f));
        }

        await Assert.ThrowsAsync<ObjectDisposedException>(() => restorer.RestoreAsync(new RestorationRequest(image)));
    }

    [Fact]
    public void AddOnnxRestorer_WrongSettings_AreReportedTogetherAtStart()
    {
        ServiceCollection services = Services("""
            { "Restorers": { "denoise": { "IntraOpThreads": -1, "ExecutionProvider": 77 } } }
            """);
        services.AddImageRestoration().AddOnnxRestorer("denoise");
        using ServiceProvider provider = services.BuildServiceProvider();

        var error = Assert.Throws<OptionsValidationException>(() => provider.GetRequiredService<IStartupValidator>().Validate());

        Assert.Equal(3, error.Failures.Count());
        Assert.All(["ModelPath, Model and Pretrained are all missing", "IntraOpThreads is -1", "ExecutionProvider is 77"], text => Assert.Contains("Restorer 'denoise': " + text, error.Message, StringComparison.Ordinal));
    }

    [Fact]
    public void AddOnnxRestorer_OnnxFile_IsLoadedAsSuch()
    {
        string path = Path.Combine(_folder, "model.ONNX");
        OnnxExporter.Export(Model(), path);
        var services = new ServiceCollection();
        services.AddImageRestoration().AddOnnxRestorer("file", o => o.ModelPath = path);
        services.AddImageRestoration().AddOnnxRestorer("missing", o => o.ModelPath = Path.Combine(_folder, "none.onnx"));
        using ServiceProvider provider = services.BuildServiceProvider();

        Assert.Equal(Model().Info.Name, provider.GetRequiredKeyedService<IRestorer>("file").Info.Name);
        Assert.ThrowsAny<IOException>(() => provider.GetRequiredKeyedService<IRestorer>("missing"));
    }

    [Fact]
    public void Options_MirrorThoseOfTheBackend() => OptionsMirror.AssertComplete((OnnxRestorerOptions registered) => registered.ToOnnxOptions());

    private ServiceCollection Services(string settings)
    {
        string path = Path.Combine(_folder, "appsettings.json");
        File.WriteAllText(path, settings);
        IConfiguration configuration = new ConfigurationBuilder().AddJsonFile(path).Build();
        var services = new ServiceCollection();
        services.Configure<OnnxRestorerOptions>("denoise", configuration.GetSection("Restorers:denoise"));
        return services;
    }

    private static Model Model() => TestData.ModelOf(DnCnn.Create(depth: 3, channels: 4, imageChannels: 3));
}
