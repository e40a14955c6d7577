using System.Globalization;
using Microsoft.Extensions.Logging;

namespace ImageRestoration.OnnxRuntime;

/// <summary>Settings of a session of ONNX Runtime.</summary>
public sealed record OnnxOptions
{
    /// <summary>What to compute with.</summary>
    /// <value>Default <see cref="OnnxExecutionProvider.Cpu"/>.</value>
    public OnnxExecutionProvider ExecutionProvider { get; init; } = OnnxExecutionProvider.Cpu;

    /// <summary>Which of several devices with CUDA.</summary>
    /// <value>Default 0, the first.</value>
    public int DeviceIndex { get; init; }

    /// <summary>
    /// What networks of models compute with. A file computes with what it was exported for (<see cref="OnnxExportOptions.Precision"/>). A
    /// network of 16 bits is compared with the reference when it is loaded, on random inputs: one whose values leave the range of 16 bits
    /// is refused.
    /// </summary>
    /// <value>Default <see cref="OnnxPrecision.Float32"/>.</value>
    public OnnxPrecision Precision { get; init; } = OnnxPrecision.Float32;

    /// <summary>
    /// Bytes that a session takes of a device's memory for results and for engines of TensorRT, at most; the work space of cuDNN comes on
    /// top.
    /// </summary>
    /// <value>Default <see langword="null"/>: all that the device has. Otherwise at least 1.</value>
    public long? DeviceMemoryLimit { get; init; }

    /// <summary>
    /// Whether the algorithm of a convolution on a device is chosen by measuring all that there are, when a shape of picture is first seen.
    /// That takes a moment then, and later runs are the fastest; otherwise a rule of thumb chooses.
    /// </summary>
    /// <value>Default <see langword="true"/>.</value>
    public bool MeasureAlgorithms { get; init; } = true;

    /// <summary>
    /// Whether 32-bit convolutions on a device may round their factors to the 10 bits of TF32: several times faster, and no longer the same
    /// as on the processor.
    /// </summary>
    /// <value>Default <see langword="false"/>.</value>
    public bool AllowTf32 { get; init; }

    /// <summary>
    /// Folder in which TensorRT keeps built engines, so that later sessions with the same network, device and shapes need not build them
    /// again; it is created.
    /// </summary>
    /// <value>Default <see langword="null"/>: none is kept.</value>
    public string? EngineCacheFolder { get; init; }

    /// <summary>Whether the processor computes where <see cref="ExecutionProvider"/> cannot be used; a warning is logged then.</summary>
    /// <value>Default <see langword="false"/>: a <see cref="BackendUnavailableException"/> names what is missing.</value>
    public bool FallBackToCpu { get; init; }

    /// <summary>Takes the warning of <see cref="FallBackToCpu"/>.</summary>
    /// <value>Default <see langword="null"/>: nobody.</value>
    public ILoggerFactory? LoggerFactory { get; init; }

    /// <summary>Threads that share the work of one operator; they belong to the session.</summary>
    /// <value>Default <see langword="null"/>: ONNX Runtime takes one for each physical core. Otherwise 1 to 1024.</value>
    public int? IntraOpThreads { get; init; }

    /// <summary>
    /// Whether idle threads wait actively for work: a little faster, but cores are busy between operators and for a while after each call.
    /// </summary>
    /// <value>Default <see langword="false"/>.</value>
    public bool AllowSpinning { get; init; }

    /// <summary>
    /// Whether the session keeps the memory of intermediate results for its next call. Faster; the session then holds as much memory as
    /// its largest call needed until it is disposed.
    /// </summary>
    /// <value>Default <see langword="true"/>.</value>
    public bool UseMemoryArena { get; init; } = true;

    /// <summary>Where the results are, in the words of <c>RestorerInfo.Device</c>.</summary>
    internal string Device => ExecutionProvider switch
    {
        OnnxExecutionProvider.Cpu => "cpu",
        _ => string.Create(CultureInfo.InvariantCulture, $"cuda:{DeviceIndex}"),
    };

    internal static OnnxOptions Validated(OnnxOptions? options)
    {
        options ??= new OnnxOptions();
        options.ThrowIfInvalid(nameof(options));
        return options;
    }

    internal List<string> FindErrors()
    {
        var errors = new List<string>();
        if (!Enum.IsDefined(ExecutionProvider))
        {
            errors.Add($"ExecutionProvider is {ExecutionProvider}, which is no {nameof(OnnxExecutionProvider)}.");
        }

        if (!Enum.IsDefined(Precision))
        {
            errors.Add($"Precision is {Precision}, which is no {nameof(OnnxPrecision)}.");
        }

        if (DeviceIndex < 0)
        {
            errors.Add(Invariant($"DeviceIndex is {DeviceIndex} and must be at least 0."));
        }

        if (DeviceMemoryLimit < 1)
        {
            errors.Add(Invariant($"DeviceMemoryLimit is {DeviceMemoryLimit} and must be at least 1, or null for no limit."));
        }

        if (EngineCacheFolder is { } folder && string.IsNullOrWhiteSpace(folder))
        {
            errors.Add("EngineCacheFolder is empty; name a folder, or null to keep no engines.");
        }

        if (IntraOpThreads is < 1 or > 1024)
        {
            errors.Add(Invariant($"IntraOpThreads is {IntraOpThreads} and must be 1 to 1024, or null for one thread a core."));
        }

        return errors;
    }

    private void ThrowIfInvalid(string parameterName)
    {
        List<string> errors = FindErrors();
        if (errors.Count > 0)
        {
            throw new ArgumentException($"{nameof(OnnxOptions)}: {string.Join(' ', errors)}", parameterName);
        }
    }
}
