using ImageRestoration.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace ImageRestoration.OnnxRuntime;

/// <summary>
/// Settings of a registered restorer that runs on ONNX Runtime: the model (a .safetensors file, or an .onnx file that
/// <see cref="OnnxExporter"/> wrote), and what <see cref="OnnxOptions"/> has, in a form that configuration binds to.
/// </summary>
public sealed class OnnxRestorerOptions : ModelRestorerOptions
{
    private static readonly OnnxOptions _defaults = new();

    /// <inheritdoc cref="OnnxOptions.ExecutionProvider"/>
    public OnnxExecutionProvider ExecutionProvider { get; set; } = _defaults.ExecutionProvider;

    /// <inheritdoc cref="OnnxOptions.DeviceIndex"/>
    public int DeviceIndex { get; set; } = _defaults.DeviceIndex;

    /// <inheritdoc cref="OnnxOptions.Precision"/>
    public OnnxPrecision Precision { get; set; } = _defaults.Precision;

    /// <inheritdoc cref="OnnxOptions.DeviceMemoryLimit"/>
    public long? DeviceMemoryLimit { get; set; } = _defaults.DeviceMemoryLimit;

    /// <inheritdoc cref="OnnxOptions.MeasureAlgorithms"/>
    public bool MeasureAlgorithms { get; set; } = _defaults.MeasureAlgorithms;

    /// <inheritdoc cref="OnnxOptions.AllowTf32"/>
    public bool AllowTf32 { get; set; } = _defaults.AllowTf32;

    /// <inheritdoc cref="OnnxOptions.EngineCacheFolder"/>
    public string? EngineCacheFolder { get; set; } = _defaults.EngineCacheFolder;

    /// <inheritdoc cref="OnnxOptions.FallBackToCpu"/>
    public bool FallBackToCpu { get; set; } = _defaults.FallBackToCpu;

    /// <inheritdoc cref="OnnxOptions.IntraOpThreads"/>
    public int? IntraOpThreads { get; set; } = _defaults.IntraOpThreads;

    /// <inheritdoc cref="OnnxOptions.AllowSpinning"/>
    public bool AllowSpinning { get; set; } = _defaults.AllowSpinning;

    /// <inheritdoc cref="OnnxOptions.UseMemoryArena"/>
    public bool UseMemoryArena { get; set; } = _defaults.UseMemoryArena;

    /// <summary>
    /// Whether <see cref="ModelRestorerOptions.ModelPath"/> names an .onnx file, written by <see cref="OnnxExporter"/>, rather than a
    /// .safetensors file.
    /// </summary>
    internal bool IsOnnxFile => string.Equals(Path.GetExtension(ModelPath), ".onnx", StringComparison.OrdinalIgnoreCase);

    internal OnnxOptions ToOnnxOptions(ILoggerFactory? loggers = null) => new()
    {
        ExecutionProvider = ExecutionProvider,
        DeviceIndex = DeviceIndex,
        Precision = Precision,
        DeviceMemoryLimit = DeviceMemoryLimit,
        MeasureAlgorithms = MeasureAlgorithms,
        AllowTf32 = AllowTf32,
        EngineCacheFolder = EngineCacheFolder,
        FallBackToCpu = FallBackToCpu,
        LoggerFactory = loggers,
        IntraOpThreads = IntraOpThreads,
        AllowSpinning = AllowSpinning,
        UseMemoryArena = UseMemoryArena,
    };

    /// <inheritdoc/>
    protected override IEnumerable<string> FindErrors() => ToOnnxOptions().FindErrors();
}
