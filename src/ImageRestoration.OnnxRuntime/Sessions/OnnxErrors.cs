using Microsoft.ML.OnnxRuntime;

namespace ImageRestoration.OnnxRuntime;

/// <summary>Turns errors of ONNX Runtime and of loading it into this library's, with what to do about them.</summary>
internal static class OnnxErrors
{
    /// <summary>What errors of loading a provider and of its device have in their messages.</summary>
    private static readonly string[] DeviceWords = ["CUDA", "cuDNN", "cuBLAS", "TensorRT", "execution provider", "providers_shared"];

    /// <summary>As its allocators, the CUDA libraries and C++ say that there is no memory left.</summary>
    private static readonly string[] MemoryWords = [
        "Failed to allocate memory", "out of memory", "ALLOC_FAILED", "bad_alloc", "bad allocation"];

    /// <summary>Whether an error says that the native library is missing, damaged, of another version or of another platform.</summary>
    internal static bool IsUnavailable(Exception exception)
        => exception is TypeInitializationException or DllNotFoundException or EntryPointNotFoundException or BadImageFormatException;

    internal static BackendUnavailableException Unavailable(Exception exception)
    {
        Exception cause = exception;
        while (cause is TypeInitializationException { InnerException: { } inner })
        {
            cause = inner;
        }

        return new BackendUnavailableException(
            $"ONNX Runtime's native library (onnxruntime) cannot be loaded: {cause.Message} "
            + "The application must reference a package that has it for this platform: "
            + "Microsoft.ML.OnnxRuntime.Gpu (Windows and Linux, x64) "
            + "or Microsoft.ML.OnnxRuntime (CPU only, all platforms), of the same version as Microsoft.ML.OnnxRuntime.Managed.",
            exception);
    }

    /// <summary>Whether an error comes of the device or of what it needs, not of the network.</summary>
    internal static bool IsOfDevice(OnnxRuntimeException exception, OnnxOptions options)
        => options.ExecutionProvider != OnnxExecutionProvider.Cpu
            && DeviceWords.Any(word => exception.Message.Contains(word, StringComparison.OrdinalIgnoreCase));

    internal static BackendUnavailableException Unavailable(OnnxOptions options, OnnxRuntimeException exception)
        => new(
            $"ONNX Runtime cannot compute with {options.ExecutionProvider} on {options.Device}: {exception.Message} "
            + "The application must reference Microsoft.ML.OnnxRuntime.Gpu, and the machine needs a driver "
            + "and the libraries of the CUDA version that it was built for, with cuDNN"
            + (options.ExecutionProvider == OnnxExecutionProvider.TensorRt ? " and TensorRT" : string.Empty)
            + ", where the system looks for libraries; the message names the first that is missing. "
            + $"Or compute with {nameof(OnnxExecutionProvider)}.{nameof(OnnxExecutionProvider.Cpu)}, "
            + $"or set {nameof(OnnxOptions)}.{nameof(OnnxOptions.FallBackToCpu)}.",
            exception);

    internal static ImageRestorationException Failed(string name, OnnxRuntimeException exception)
        => MemoryWords.Any(word => exception.Message.Contains(word, StringComparison.OrdinalIgnoreCase))
            ? new DeviceMemoryException(
                $"There is not enough memory to run '{name}': {exception.Message} Restore in tiles, or in smaller ones (TiledRestorer, "
                    + "UseTiling), smaller batches, or on another device.",
                exception)
            : new BackendException(
                $"ONNX Runtime failed while running '{name}': {exception.Message} Check that the picture fits the network.", exception);

    internal static ModelFormatException Unreadable(string path, OnnxRuntimeException exception)
        => new(
            $"ONNX Runtime cannot load '{path}': {exception.Message} The file is damaged, is no ONNX model or needs a newer ONNX Runtime. "
                + "Copy or export it again.",
            exception);

    internal static BackendException Refused(string name, OnnxRuntimeException exception)
        => new(
            $"ONNX Runtime refuses network '{name}', which this library exported: {exception.Message} This is a defect of the export: "
                + "report it with the network.",
            exception);
}
