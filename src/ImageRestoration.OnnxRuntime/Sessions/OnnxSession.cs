using Microsoft.Extensions.Logging;
using Microsoft.ML.OnnxRuntime;

namespace ImageRestoration.OnnxRuntime;

/// <summary>
/// One session of ONNX Runtime: runs from any thread, several at a time, and closes when it is disposed and the last run has ended.
/// </summary>
internal sealed partial class OnnxSession : IDisposable
{
    private readonly InferenceSession _session;
    private readonly OrtMemoryInfo? _deviceMemory;
    private readonly UseCount _uses;

    private OnnxSession(InferenceSession session, string name, OnnxOptions options)
    {
        _session = session;
        _uses = new UseCount(Close);
        Name = name;
        Device = options.Device;
        _deviceMemory = options.ExecutionProvider == OnnxExecutionProvider.Cpu
            ? null
            : new OrtMemoryInfo(OrtMemoryInfo.allocatorCUDA, OrtAllocatorType.DeviceAllocator, options.DeviceIndex, OrtMemType.Default);
        Metadata = session.ModelMetadata.CustomMetadataMap;
    }

    /// <summary>Name for messages.</summary>
    internal string Name { get; }

    /// <summary>Where it computes, in the words of <c>RestorerInfo.Device</c>.</summary>
    internal string Device { get; }

    internal IReadOnlyDictionary<string, string> Metadata { get; }

    internal IReadOnlyDictionary<string, NodeMetadata> Inputs => _session.InputMetadata;

    internal IReadOnlyDictionary<string, NodeMetadata> Outputs => _session.OutputMetadata;

    internal IReadOnlyList<string> InputNames => _session.InputNames;

    internal IReadOnlyList<string> OutputNames => _session.OutputNames;

    internal static OnnxSession FromMemory(byte[] onnx, string name, OnnxOptions options)
        => Open(name, options, settings => new InferenceSession(onnx, settings), e => OnnxErrors.Refused(name, e));

    internal static OnnxSession FromFile(string path, OnnxOptions options)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        return File.Exists(path)
            ? Open(Path.GetFileName(path), options, settings => new InferenceSession(path, settings), e => OnnxErrors.Unreadable(path, e))
            : throw new FileNotFoundException($"There is no file '{path}'. Give the path of an .onnx file.", path);
    }

    /// <summary>Runs the network into memory that the caller made. Blocks until it has ended.</summary>
    internal void Run(string[] inputNames, OrtValue[] inputs, string[] outputNames, OrtValue[] outputs, CancellationToken cancellationToken)
        => Run(
            (Session: _session, inputNames, inputs, outputNames, outputs),
            static (s, options) =>
            {
                s.Session.Run(options, s.inputNames, s.inputs, s.outputNames, s.outputs);
                return (IDisposable?)null;
            },
            cancellationToken);

    /// <summary>Runs the network into memory that ONNX Runtime makes and the caller disposes. Blocks until it has ended.</summary>
    internal IDisposableReadOnlyCollection<OrtValue> Run(
        string[] inputNames, OrtValue[] inputs, string[] outputNames, CancellationToken cancellationToken)
        => Run(
            (Session: _session, inputNames, inputs, outputNames),
            static (s, options) => s.Session.Run(options, s.inputNames, s.inputs, s.outputNames),
            cancellationToken)!;

    /// <summary>Runs the network into memory of the device it runs on, which the caller disposes. Blocks until it has ended.</summary>
    internal IDisposableReadOnlyCollection<OrtValue> RunOnDevice(
        string[] inputNames, OrtValue[] inputs, string[] outputNames, CancellationToken cancellationToken)
        => _deviceMemory is null
            ? Run(inputNames, inputs, outputNames, cancellationToken)
            : Run(
                (Session: _session, Memory: _deviceMemory, inputNames, inputs, outputNames),
                static (s, options) =>
                {
                    using OrtIoBinding binding = s.Session.CreateIoBinding();
                    foreach ((string name, OrtValue value) in s.inputNames.Zip(s.inputs))
                    {
                        binding.BindInput(name, value);
                    }

                    foreach (string name in s.outputNames)
                    {
                        binding.BindOutputToDevice(name, s.Memory);
                    }

                    s.Session.RunWithBinding(options, binding);
                    binding.SynchronizeBoundOutputs();
                    return binding.GetOutputValues();
                },
                cancellationToken)!;

    public void Dispose() => _uses.Dispose();

    private static OnnxSession Open(
        string name, OnnxOptions options, Func<SessionOptions, InferenceSession> open, Func<OnnxRuntimeException, Exception> refused)
    {
        try
        {
            using SessionOptions settings = CreateOptions(options);
            return new OnnxSession(open(settings), name, options);
        }
        catch (OnnxRuntimeException e) when (OnnxErrors.IsOfDevice(e, options))
        {
            BackendUnavailableException unavailable = OnnxErrors.Unavailable(options, e);
            if (!options.FallBackToCpu)
            {
                throw unavailable;
            }

            if (options.LoggerFactory is { } loggers)
            {
                LogFallback(loggers.CreateLogger<OnnxSession>(), name, options.ExecutionProvider, unavailable.Message);
            }

            return Open(name, options with { ExecutionProvider = OnnxExecutionProvider.Cpu }, open, refused);
        }
        catch (OnnxRuntimeException e)
        {
            throw refused(e);
        }
        catch (Exception e) when (OnnxErrors.IsUnavailable(e))
        {
            throw OnnxErrors.Unavailable(e);
        }
    }

    [LoggerMessage(1, LogLevel.Warning, "'{Name}' runs on the processor, because {Provider} cannot be used: {Problem}")]
    private static partial void LogFallback(ILogger logger, string name, OnnxExecutionProvider provider, string problem);

    private static SessionOptions CreateOptions(OnnxOptions options)
    {
        var settings = new SessionOptions();
        try
        {
            ProviderSettings.Append(settings, options);
            settings.GraphOptimizationLevel = GraphOptimizationLevel.ORT_ENABLE_ALL;
            settings.ExecutionMode = ExecutionMode.ORT_SEQUENTIAL;
            settings.EnableCpuMemArena = options.UseMemoryArena;

            // A block for all results of a shape would stay in the arena beside those of the run that it was planned from: half as much
            // memory again, and no faster.
            settings.EnableMemoryPattern = false;
            settings.AddSessionConfigEntry("session.intra_op.allow_spinning", options.AllowSpinning ? "1" : "0");

            // Errors arrive as exceptions; a library has nothing to say on the console besides.
            settings.LogSeverityLevel = OrtLoggingLevel.ORT_LOGGING_LEVEL_FATAL;
            if (options.IntraOpThreads is { } threads)
            {
                settings.IntraOpNumThreads = threads;
            }

            return settings;
        }
        catch
        {
            settings.Dispose();
            throw;
        }
    }

    private TResult? Run<TState, TResult>(TState state, Func<TState, RunOptions, TResult?> run, CancellationToken cancellationToken)
        where TResult : class, IDisposable
    {
        _uses.Enter(this);
        try
        {
            cancellationToken.ThrowIfCancellationRequested();
            using var options = new RunOptions { LogSeverityLevel = OrtLoggingLevel.ORT_LOGGING_LEVEL_FATAL };

            // Disposed before the options: waits for a cancellation that is being signalled.
            using CancellationTokenRegistration registration = cancellationToken.UnsafeRegister(
                static o => ((RunOptions)o!).Terminate = true, options);
            TResult? result = run(state, options);
            if (cancellationToken.IsCancellationRequested)
            {
                result?.Dispose();
                throw new OperationCanceledException(cancellationToken);
            }

            return result;
        }
        catch (OnnxRuntimeException e) when (cancellationToken.IsCancellationRequested)
        {
            throw new OperationCanceledException($"Running '{Name}' was cancelled.", e, cancellationToken);
        }
        catch (OnnxRuntimeException e)
        {
            throw OnnxErrors.Failed(Name, e);
        }
        finally
        {
            _uses.Leave();
        }
    }

    private void Close()
    {
        _session.Dispose();
        _deviceMemory?.Dispose();
    }
}
