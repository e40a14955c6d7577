using ImageRestoration.Restoration;
using Microsoft.Extensions.Logging;

namespace ImageRestoration.OnnxRuntime.Tests.Sessions;

/// <summary>Providers where they cannot be used; <see cref="CudaTests"/> has those where they can.</summary>
public sealed class OnnxProviderTests
{
    [Fact]
    public void Check_Processor_Works()
    {
        Assert.True(OnnxProviderCheck.TryRun(new OnnxOptions(), out string? problem));
        Assert.Null(problem);
    }

    [SkippableTheory]
    [InlineData(OnnxExecutionProvider.Cuda)]
    [InlineData(OnnxExecutionProvider.TensorRt)]
    public void Create_ProviderThatCannotBeUsed_SaysWhatIsMissing(OnnxExecutionProvider provider)
    {
        var options = new OnnxOptions { ExecutionProvider = provider };
        Skip.If(OnnxProviderCheck.TryRun(options, out string? problem), $"{provider} works here.");

        var exception = Assert.Throws<BackendUnavailableException>(() => new OnnxRestorer(TestData.UNetModel(), options));

        Assert.Equal(problem, exception.Message);
        Assert.Contains(provider.ToString(), exception.Message, StringComparison.Ordinal);
        Assert.Contains("Microsoft.ML.OnnxRuntime.Gpu", exception.Message, StringComparison.Ordinal);
        Assert.Contains(nameof(OnnxOptions.FallBackToCpu), exception.Message, StringComparison.Ordinal);
        Assert.NotNull(exception.InnerException);
    }

    [SkippableTheory]
    [InlineData(OnnxExecutionProvider.Cuda)]
    [InlineData(OnnxExecutionProvider.TensorRt)]
    public async Task Create_FallBackToCpu_RunsThereAndLogsWhy(OnnxExecutionProvider provider)
    {
        using var log = new Warner();
        var options = new OnnxOptions { ExecutionProvider = provider, FallBackToCpu = true, LoggerFactory = log };
        Skip.If(OnnxProviderCheck.TryRun(options, out string? problem), $"{provider} works here.");

        using var restorer = new OnnxRestorer(TestData.UNetModel(), options);
        using var encoder = new OnnxEncoder(TestData.UNetModel(), options);

        Assert.Equal(("cpu", "cpu"), (restorer.Info.Device, encoder.Info.Device));
        using var image = TestData.Picture(new Imaging.ImageShape(1, 3, 8, 8));
        using var plain = new OnnxRestorer(TestData.UNetModel());
        using RestorationResult expected = await plain.RestoreAsync(new RestorationRequest(image)), actual = await restorer.RestoreAsync(new RestorationRequest(image));
        Assert.Equal(expected.Image.Span.ToArray(), actual.Image.Span.ToArray());
        Assert.Equal(2, log.Warnings.Count);
        Assert.All(log.Warnings, warning => Assert.Contains(problem, warning, StringComparison.Ordinal));
    }

    [Fact]
    public void Options_Invalid_AreReportedTogether()
    {
        var options = new OnnxOptions { DeviceIndex = -1, DeviceMemoryLimit = 0, EngineCacheFolder = " ", Precision = (OnnxPrecision)7, ExecutionProvider = (OnnxExecutionProvider)9 };

        var exception = Assert.Throws<ArgumentException>(() => OnnxProviderCheck.TryRun(options, out _));

        Assert.All(["DeviceIndex", "DeviceMemoryLimit", "EngineCacheFolder", "Precision", "ExecutionProvider"], name => Assert.Contains(name, exception.Message, StringComparison.Ordinal));
    }

    [Fact]
    public void Settings_OfProviders_FollowTheOptions()
    {
        var options = new OnnxOptions { DeviceIndex = 1, Precision = OnnxPrecision.Float16, DeviceMemoryLimit = 1L << 33, AllowTf32 = true, MeasureAlgorithms = false, EngineCacheFolder = "engines" };

        Dictionary<string, string> cuda = ProviderSettings.OfCuda(options), tensorRt = ProviderSettings.OfTensorRt(options);

        Assert.Equal(("1", "8589934592", "1", "HEURISTIC", "1"), (cuda["device_id"], cuda["gpu_mem_limit"], cuda["use_tf32"], cuda["cudnn_conv_algo_search"], cuda["prefer_nhwc"]));
        Assert.Equal(("1", "1", "1", "engines", "8589934592"), (tensorRt["device_id"], tensorRt["trt_fp16_enable"], tensorRt["trt_engine_cache_enable"], tensorRt["trt_engine_cache_path"], tensorRt["trt_max_workspace_size"]));
        Assert.DoesNotContain("gpu_mem_limit", ProviderSettings.OfCuda(new OnnxOptions()).Keys);
        Assert.DoesNotContain("trt_engine_cache_path", ProviderSettings.OfTensorRt(new OnnxOptions()).Keys);
    }

    private sealed class Warner : ILoggerFactory, ILogger
    {
        internal List<string> Warnings { get; } = [];

        public ILogger CreateLogger(string categoryName) => this;

        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull
            => null;

        public bool IsEnabled(LogLevel logLevel) => true;

        public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
        {
            Assert.Equal(LogLevel.Warning, logLevel);
            Warnings.Add(formatter(state, exception));
        }

        public void AddProvider(ILoggerProvider provider) => throw new NotSupportedException();

        public void Dispose()
        {
        }
    }
}
