using ImageRestoration.Imaging;
using ImageRestoration.Restoration;
using ImageRestoration.Tests.Networks;
using ImageRestoration.Tiling;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace ImageRestoration.Tests.Restoration;

public sealed class RestorerBuilderTests
{
    private static readonly TilingOptions _tiles = new() { TileSize = 8, Overlap = 0 };

    [Fact]
    public void Build_SeveralAdded_FirstIsOutermost()
    {
        using IRestorer restorer = new RestorerBuilder(new RecordingRestorer(1))
            .Use(inner => new Wrapper("first", inner))
            .Use((inner, _) => new Wrapper("second", inner))
            .Build();

        Assert.Equal("first(second(recorder))", restorer.Info.Name);
    }

    [Fact]
    public void Build_NothingAdded_GivesTheInnerOne()
    {
        using var inner = new RecordingRestorer(1);

        Assert.Same(inner, new RestorerBuilder(inner).Build());
    }

    [Fact]
    public void Build_Services_ReachEveryPart()
    {
        using ServiceProvider services = new ServiceCollection().AddSingleton(new Uri("model://here")).BuildServiceProvider();
        var seen = new List<Uri>();
        using IRestorer restorer = new RestorerBuilder(provider =>
        {
            seen.Add(provider.GetRequiredService<Uri>());
            return new RecordingRestorer(1);
        }).Use((inner, provider) =>
        {
            seen.Add(provider.GetRequiredService<Uri>());
            return inner;
        }).Build(services);

        Assert.Equal(2, seen.Count);
    }

    [Fact]
    public void Build_APartThatFails_DisposesThoseInside()
    {
        var inner = new RecordingRestorer(1);
        Wrapper? wrapper = null;
        RestorerBuilder builder = new RestorerBuilder(inner)
            .Use(_ => throw new BackendException("broken"))
            .Use(restorer => wrapper = new Wrapper("inside", restorer));

        Assert.Throws<BackendException>(() => builder.Build());
        Assert.Equal(1, inner.Disposals);
        Assert.Throws<ObjectDisposedException>(() => wrapper!.Check());
    }

    [Fact]
    public void Build_APartThatIsNull_SaysWhich()
    {
        var inner = new RecordingRestorer(1);

        Assert.Contains("number 2 returned null", Assert.Throws<InvalidOperationException>(() => new RestorerBuilder(inner).Use(r => r).Use(_ => null!).Build()).Message, StringComparison.Ordinal);
        Assert.Equal(1, inner.Disposals);
        Assert.Contains("innermost restorer returned null", Assert.Throws<InvalidOperationException>(() => new RestorerBuilder(_ => null!).Build()).Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(true, 1)]
    [InlineData(false, 4)]
    public async Task UseLogging_OutsideOrInsideOfTiling_LogsPicturesOrTiles(bool outside, int logged)
    {
        var logger = new RecordingLogger();
        var builder = new RestorerBuilder(_ => new RecordingRestorer(1), "tiled");
        builder = outside ? builder.UseLogging(logger).UseTiling(_tiles) : builder.UseTiling(_tiles).UseLogging(logger);
        using IRestorer restorer = builder.Build();
        using ImageTensor image = RandomNetworks.Picture(ImageShape.Single(1, 16, 16), seed: 1);

        using RestorationResult result = await restorer.RestoreAsync(new RestorationRequest(image));

        Assert.Equal(image.Span.ToArray(), result.Image.Span.ToArray());
        Assert.Equal(logged, logger.Entries.Count(entry => entry.Message.StartsWith("'tiled' restored", StringComparison.Ordinal)));
        Assert.Single(logger.Entries, entry => entry.Level == LogLevel.Information);
    }

    [Fact]
    public void UseLogging_NoLoggerFactory_SaysWhatToDoAndDisposes()
    {
        var inner = new RecordingRestorer(1);

        string message = Assert.Throws<InvalidOperationException>(() => new RestorerBuilder(inner).UseLogging().Build()).Message;

        Assert.Contains("services.AddLogging()", message, StringComparison.Ordinal);
        Assert.Equal(1, inner.Disposals);
    }

    [Fact]
    public void UseLogging_FactoryAmongServices_IsTaken()
    {
        var logger = new RecordingLogger();
        using ServiceProvider services = new ServiceCollection().AddSingleton<ILoggerFactory>(logger).BuildServiceProvider();
        using IRestorer restorer = new RestorerBuilder(new RecordingRestorer(1)).UseLogging().Build(services);

        Assert.Equal(typeof(LoggingRestorer).FullName, Assert.Single(logger.Categories));
        Assert.Contains("'recorder'", Assert.Single(logger.Entries).Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task UseSelfEnsemble_RunsAsManyVariants()
    {
        var inner = new RecordingRestorer(1);
        using IRestorer restorer = new RestorerBuilder(inner).UseTelemetry().UseSelfEnsemble(4).Build();
        using ImageTensor image = RandomNetworks.Picture(ImageShape.Single(1, 5, 6), seed: 2);

        using RestorationResult result = await restorer.RestoreAsync(new RestorationRequest(image));

        Assert.IsType<TelemetryRestorer>(restorer);
        Assert.Equal(4, inner.Runs);
        Assert.All(image.Span.ToArray().Zip(result.Image.Span.ToArray()), pair => Assert.Equal(pair.First, pair.Second, 1e-6f));
    }

    [Fact]
    public void Use_WrongOptions_ThrowAtOnce()
    {
        var builder = new RestorerBuilder(_ => throw new InvalidOperationException("Nothing is to be made."));

        string message = Assert.Throws<ArgumentException>(() => builder.UseTiling(new TilingOptions { BatchSize = 0, Overlap = -1 })).Message;
        Assert.Contains("BatchSize is 0", message, StringComparison.Ordinal);
        Assert.Contains("Overlap is -1", message, StringComparison.Ordinal);
        Assert.Throws<ArgumentOutOfRangeException>(() => builder.UseSelfEnsemble(3));
    }

    private sealed class Wrapper(string name, IRestorer inner) : DelegatingRestorer(inner)
    {
        public override RestorerInfo Info => Inner.Info with { Name = $"{name}({Inner.Info.Name})" };

        internal void Check() => ThrowIfDisposed();
    }
}
