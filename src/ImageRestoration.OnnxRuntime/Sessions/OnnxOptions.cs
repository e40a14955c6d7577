namespace ImageRestoration.OnnxRuntime;

/// <summary>Settings of a session of ONNX Runtime.</summary>
public sealed record OnnxOptions
{
    /// <summary>What to compute with.</summary>
    /// <value>Default <see cref="OnnxExecutionProvider.Cpu"/>.</value>
    public OnnxExecutionProvider ExecutionProvider { get; init; } = OnnxExecutionProvider.Cpu;

    /// <summary>Threads that share the work of one operator; they belong to the session.</summary>
    /// <value>Default <see langword="null"/>: ONNX Runtime takes one for each physical core. Otherwise 1 to 1024.</value>
    public int? IntraOpThreads { get; init; }

    /// <summary>Whether idle threads wait actively for work: a little faster, but cores are busy between operators and for a while after each call.</summary>
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
        _ => throw new InvalidOperationException($"{ExecutionProvider} has no device name."),
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

        if (IntraOpThreads is < 1 or > 1024)
        {
            errors.Add($"IntraOpThreads is {IntraOpThreads} and must be 1 to 1024, or null for one thread a core.");
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
