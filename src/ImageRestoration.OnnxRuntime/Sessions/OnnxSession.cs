using Microsoft.ML.OnnxRuntime;

namespace ImageRestoration.OnnxRuntime;

/// <summary>One session of ONNX Runtime: runs from any thread, several at a time, and closes when it is disposed and the last run has ended.</summary>
internal sealed class OnnxSession : IDisposable
{
    private readonly InferenceSession _session;
    private int _users = 1;
    private int _disposed;

    private OnnxSession(InferenceSession session, string name)
    {
        _session = session;
        Name = name;
        Metadata = session.ModelMetadata.CustomMetadataMap;
    }

    /// <summary>Name for messages.</summary>
    internal string Name { get; }

    internal IReadOnlyDictionary<string, string> Metadata { get; }

    internal IReadOnlyDictionary<string, NodeMetadata> Inputs => _session.InputMetadata;

    internal IReadOnlyDictionary<string, NodeMetadata> Outputs => _session.OutputMetadata;

    internal IReadOnlyList<string> InputNames => _session.InputNames;

    internal IReadOnlyList<string> OutputNames => _session.OutputNames;

    internal static OnnxSession FromMemory(byte[] onnx, string name, OnnxOptions options)
    {
        try
        {
            using SessionOptions settings = CreateOptions(options);
            return new OnnxSession(new InferenceSession(onnx, settings), name);
        }
        catch (OnnxRuntimeException e)
        {
            throw OnnxErrors.Refused(name, e);
        }
        catch (Exception e) when (OnnxErrors.IsUnavailable(e))
        {
            throw OnnxErrors.Unavailable(e);
        }
    }

    internal static OnnxSession FromFile(string path, OnnxOptions options)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        if (!File.Exists(path))
        {
            throw new FileNotFoundException($"There is no file '{path}'. Give the path of an .onnx file.", path);
        }

        try
        {
            using SessionOptions settings = CreateOptions(options);
            return new OnnxSession(new InferenceSession(path, settings), Path.GetFileName(path));
        }
        catch (OnnxRuntimeException e)
        {
            throw OnnxErrors.Unreadable(path, e);
        }
        catch (Exception e) when (OnnxErrors.IsUnavailable(e))
        {
            throw OnnxErrors.Unavailable(e);
        }
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
    internal IDisposableReadOnlyCollection<OrtValue> Run(string[] inputNames, OrtValue[] inputs, string[] outputNames, CancellationToken cancellationToken)
        => Run(
            (Session: _session, inputNames, inputs, outputNames),
            static (s, options) => s.Session.Run(options, s.inputNames, s.inputs, s.outputNames),
            cancellationToken)!;

    public void Dispose()
    {
        if (Interlocked.Exchange(ref _disposed, 1) == 0)
        {
            Leave();
        }
    }

    private static SessionOptions CreateOptions(OnnxOptions options)
    {
        var settings = new SessionOptions();
        try
        {
            settings.GraphOptimizationLevel = GraphOptimizationLevel.ORT_ENABLE_ALL;
            settings.ExecutionMode = ExecutionMode.ORT_SEQUENTIAL;
            settings.EnableCpuMemArena = options.UseMemoryArena;
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
        Enter();
        try
        {
            cancellationToken.ThrowIfCancellationRequested();
            using var options = new RunOptions { LogSeverityLevel = OrtLoggingLevel.ORT_LOGGING_LEVEL_FATAL };

            // Disposed before the options: waits for a cancellation that is being signalled.
            using CancellationTokenRegistration registration = cancellationToken.UnsafeRegister(static o => ((RunOptions)o!).Terminate = true, options);
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
            Leave();
        }
    }

    private void Enter()
    {
        // A count that has reached 0 never rises again: the session is closed once, after its last user.
        int users;
        do
        {
            users = Volatile.Read(ref _users);
            ObjectDisposedException.ThrowIf(users == 0 || Volatile.Read(ref _disposed) != 0, this);
        }
        while (Interlocked.CompareExchange(ref _users, users + 1, users) != users);
    }

    private void Leave()
    {
        if (Interlocked.Decrement(ref _users) == 0)
        {
            _session.Dispose();
        }
    }
}
