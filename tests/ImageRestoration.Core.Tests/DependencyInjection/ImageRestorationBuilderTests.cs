using ImageRestoration.DependencyInjection;
using ImageRestoration.Imaging;
using ImageRestoration.Latents;
using ImageRestoration.Networks;
using ImageRestoration.Networks.Architectures;
using ImageRestoration.Numerics;
using ImageRestoration.Restoration;
using ImageRestoration.Tests.Restoration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace ImageRestoration.Tests.DependencyInjection;

public sealed class ImageRestorationBuilderTests
{
    [Fact]
    public async Task AddRestorer_AskedForByName_IsMadeOnceAndDisposedByTheContainer()
    {
        int made = 0;
        var restorer = new RecordingRestorer(1);
        var services = new ServiceCollection();
        services.AddImageRestoration().AddRestorer("mine", _ =>
        {
            made++;
            return restorer;
        });
        await using (ServiceProvider provider = services.BuildServiceProvider())
        {
            Assert.Equal(0, made);
            Assert.Same(restorer, provider.GetRequiredKeyedService<IRestorer>("mine"));
            Assert.Same(restorer, provider.GetRequiredService<RestorerCatalog>().Get("mine"));
            Assert.Equal((1, 0), (made, restorer.Disposals));
        }

        Assert.Equal(1, restorer.Disposals);
    }

    [Fact]
    public void AddRestorer_Decorators_AreAroundItAndKnowItsName()
    {
        var logger = new RecordingLogger();
        var services = new ServiceCollection();
        services.AddSingleton<ILoggerFactory>(logger);
        services.AddImageRestoration().AddRestorer("mine", _ => new RecordingRestorer(1)).UseTelemetry().UseLogging();
        using ServiceProvider provider = services.BuildServiceProvider();

        Assert.IsType<TelemetryRestorer>(provider.GetRequiredKeyedService<IRestorer>("mine"));
        Assert.Equal("Restorer 'mine' runs recorder (Other) on Test, cpu.", Assert.Single(logger.Entries).Message);
    }

    [Fact]
    public void AddRestorer_NameTakenOrEmpty_IsRefused()
    {
        var services = new ServiceCollection();
        services.AddImageRestoration().AddRestorer("mine", _ => new RecordingRestorer(1));

        Assert.Contains("'mine' already", Assert.Throws<ArgumentException>(() => services.AddImageRestoration().AddRestorer("mine", _ => new RecordingRestorer(1))).Message, StringComparison.Ordinal);
        Assert.Throws<ArgumentException>(() => services.AddImageRestoration().AddRestorer("", _ => new RecordingRestorer(1)));
        services.AddImageRestoration().AddRestorer("Mine", _ => new RecordingRestorer(1));
    }

    [Fact]
    public void Catalog_ListsNamesAndKnowsUnknownOnes()
    {
        var services = new ServiceCollection();
        services.AddImageRestoration().AddRestorer("b", _ => throw new InvalidOperationException("Nothing is to be made."));
        services.AddImageRestoration().AddRestorer("a", _ => new RecordingRestorer(1));
        using ServiceProvider provider = services.BuildServiceProvider();
        var catalog = provider.GetRequiredService<RestorerCatalog>();

        Assert.Equal<string>(["b", "a"], catalog.Names);
        Assert.Equal("Test", catalog.Get("a").Info.Backend);
        Assert.Contains("Registered: b, a.", Assert.Throws<KeyNotFoundException>(() => catalog.Get("A")).Message, StringComparison.Ordinal);
        using ServiceProvider none = new ServiceCollection().AddImageRestoration().Services.BuildServiceProvider();
        Assert.Contains("None is registered", Assert.Throws<KeyNotFoundException>(() => none.GetRequiredService<RestorerCatalog>().Get("a")).Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task WarmUpAsync_RunsEveryRestorerOnce()
    {
        RecordingRestorer[] restorers = [new(1), new(1, channels: 3, takesMask: true)];
        var services = new ServiceCollection();
        services.AddImageRestoration().AddRestorer("a", _ => restorers[0]);
        services.AddImageRestoration().AddRestorer("b", _ => restorers[1]);
        await using ServiceProvider provider = services.BuildServiceProvider();

        await provider.GetRequiredService<RestorerCatalog>().WarmUpAsync(32);

        Assert.All(restorers, restorer => Assert.Equal((1, 32, 32), (restorer.Runs, restorer.GivenShape.Height, restorer.GivenShape.Width)));
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => provider.GetRequiredService<RestorerCatalog>().WarmUpAsync(cancellationToken: new CancellationToken(canceled: true)));
    }

    [Fact]
    public void AddRestorer_WrongOptions_AreReportedTogetherAtStartAndWhenAskedFor()
    {
        var services = new ServiceCollection();
        services.AddImageRestoration().AddRestorer<FakeOptions>("bad", o => o.Strength = -1, (_, _, _) => throw new InvalidOperationException("Nothing is to be made."));
        services.AddImageRestoration().AddRestorer<FakeOptions>("both", o => (o.ModelPath, o.Model) = (" ", _ => TinyModel()), (_, _, _) => new RecordingRestorer(1));
        services.AddImageRestoration().AddRestorer<FakeOptions>("good", o => o.ModelPath = "/there/is/none.safetensors", (_, _, load) => Fake(load));
        using ServiceProvider provider = services.BuildServiceProvider();

        string[] atStart = [.. Assert.Throws<AggregateException>(() => provider.GetRequiredService<IStartupValidator>().Validate()).InnerExceptions.SelectMany(e => ((OptionsValidationException)e).Failures)];
        Assert.Equal(4, atStart.Length);
        Assert.Contains("Restorer 'bad': ModelPath, Model and Pretrained are all missing; give one of them.", atStart);
        Assert.Contains("Restorer 'bad': Strength is -1 and must be at least 0.", atStart);
        Assert.Contains("Restorer 'both': ModelPath (' '), Model and Pretrained: more than one is given; keep one.", atStart);
        Assert.Contains("Restorer 'both': ModelPath is empty; give the path of a model file.", atStart);

        string asked = Assert.Throws<OptionsValidationException>(() => provider.GetRequiredKeyedService<IRestorer>("bad")).Message;
        Assert.Contains("all missing", asked, StringComparison.Ordinal);
        Assert.Contains("Strength is -1", asked, StringComparison.Ordinal);
        Assert.ThrowsAny<IOException>(() => provider.GetRequiredKeyedService<IRestorer>("good"));
    }

    [Fact]
    public void LoadModel_TakesTheFileOrTheFunction()
    {
        string path = Path.Combine(Path.GetTempPath(), $"{Guid.NewGuid()}.safetensors");
        using ServiceProvider services = new ServiceCollection().AddSingleton(TinyModel()).BuildServiceProvider();
        try
        {
            TinyModel().Save(path);

            Assert.Equal("tiny", new FakeOptions { ModelPath = path }.LoadModel(services).Info.Name);
            Assert.Same(services.GetRequiredService<Model>(), new FakeOptions { Model = s => s.GetRequiredService<Model>() }.LoadModel(services));
            Assert.Throws<InvalidOperationException>(() => new FakeOptions { Model = _ => null! }.LoadModel(services));
        }
        finally
        {
            File.Delete(path);
        }
    }

    [Fact]
    public async Task AddAutoencoderRestorer_FittingPair_Restores()
    {
        var services = new ServiceCollection();
        services.AddImageRestoration().AddAutoencoderRestorer("pair", RestorationTask.Compress, _ => new MeanEncoder(), _ => new MeanDecoder());
        await using ServiceProvider provider = services.BuildServiceProvider();
        IRestorer restorer = provider.GetRequiredKeyedService<IRestorer>("pair");
        using ImageTensor image = Tests.Networks.RandomNetworks.Picture(ImageShape.Single(1, 5, 7), seed: 1);

        using RestorationResult result = await restorer.RestoreAsync(new RestorationRequest(image));

        Assert.Equal(("pair", RestorationTask.Compress), (restorer.Info.Name, restorer.Info.Task));
        Assert.All(image.Span.ToArray().Zip(result.Image.Span.ToArray()), pair => Assert.Equal(pair.First, pair.Second, 1e-6f));
    }

    [Fact]
    public void AddAutoencoderRestorer_LatentsThatDiffer_AreRefusedWhenJoinedAndBothDisposed()
    {
        var encoder = new MeanEncoder { Spec = new([MeanDecoder.Spec.Tensors[0]]) };
        var decoder = new MeanDecoder();
        var services = new ServiceCollection();
        services.AddImageRestoration().AddAutoencoderRestorer("pair", RestorationTask.Compress, _ => encoder, _ => decoder);
        var second = new MeanEncoder();
        services.AddImageRestoration().AddAutoencoderRestorer("none", RestorationTask.Compress, _ => second, _ => throw new BackendException("broken"));
        using ServiceProvider provider = services.BuildServiceProvider();

        Assert.Contains("'detail: 1 channels at 1/1'", Assert.Throws<TensorShapeException>(() => provider.GetRequiredKeyedService<IRestorer>("pair")).Message, StringComparison.Ordinal);
        Assert.Equal((true, true), (encoder.IsDisposed, decoder.IsDisposed));
        Assert.Throws<BackendException>(() => provider.GetRequiredKeyedService<IRestorer>("none"));
        Assert.True(second.IsDisposed);
    }

    private static RecordingRestorer Fake(Func<Model> load)
    {
        _ = load();
        return new RecordingRestorer(1);
    }

    private static Model TinyModel()
    {
        Network network = DnCnn.Create(depth: 2, channels: 2);
        return new Model(network, NetworkWeights.Initialize(network, new SeededRandom(1)), new ModelInfo { Name = "tiny", Task = RestorationTask.Denoise });
    }

    private sealed class FakeOptions : ModelRestorerOptions
    {
        public int Strength { get; set; }

        protected override IEnumerable<string> FindErrors()
        {
            if (Strength < 0)
            {
                yield return $"Strength is {Strength} and must be at least 0.";
            }
        }
    }
}
