namespace ImageRestoration.TorchSharp;

/// <summary>Settings of restorers, encoders and decoders that run on libtorch.</summary>
public sealed record TorchOptions
{
    /// <summary>Where networks run: <c>cpu</c>, <c>cuda</c> or <c>cuda:N</c>.</summary>
    /// <value>Default <c>cpu</c>.</value>
    public string Device { get; init; } = "cpu";

    /// <summary>Number type of convolutions.</summary>
    /// <value>Default <see cref="ComputePrecision.Float32"/>.</value>
    public ComputePrecision Precision { get; init; } = ComputePrecision.Float32;

    /// <summary>
    /// Threads that libtorch uses within an operation of this network, on whichever thread it runs; as many as libtorch uses by then where
    /// <see langword="null"/>. The last number that is set is also that of threads which use libtorch for the first time.
    /// </summary>
    /// <value>Default <see langword="null"/>.</value>
    public int? Threads { get; init; }

    internal List<string> FindErrors()
    {
        var errors = new List<string>();
        if (string.IsNullOrWhiteSpace(Device))
        {
            errors.Add("Device is empty and must be 'cpu', 'cuda' or 'cuda:N'.");
        }

        if (!Enum.IsDefined(Precision))
        {
            errors.Add($"Precision is {Precision}, which is no {nameof(ComputePrecision)}.");
        }

        if (Threads is < 1)
        {
            errors.Add(Invariant($"Threads is {Threads} and must be at least 1 or null."));
        }

        return errors;
    }

    internal void ThrowIfInvalid(string parameterName)
    {
        List<string> errors = FindErrors();
        if (errors.Count > 0)
        {
            throw new ArgumentException($"{nameof(TorchOptions)}: {string.Join(' ', errors)}", parameterName);
        }
    }
}
