namespace ImageRestoration.Managed;

/// <summary>Settings of restorers, encoders and decoders that run in C# alone.</summary>
public sealed record ManagedOptions
{
    /// <summary>
    /// Threads that share the work of one call, the calling one included. Results are the same, bit by bit, for any number.
    /// </summary>
    /// <value>Default <see langword="null"/>: one for each core. Otherwise 1 to 1024.</value>
    public int? Threads { get; init; }

    /// <summary>
    /// Input sizes whose plans are kept; the plan used longest ago goes first. A plan is small: buffers are shared by all sizes.
    /// </summary>
    /// <value>Default 8. 1 to 1024.</value>
    public int CachedPlans { get; init; } = 8;

    /// <summary>
    /// Whether 3×3 convolutions of 16 channels or more are computed by Winograd's algorithm, with a quarter of the multiplications.
    /// Results differ by rounding, a few millionths of their range, and a NaN or infinity in a picture reaches up to five pixels
    /// instead of one in each such layer.
    /// </summary>
    /// <value>Default <see langword="true"/>.</value>
    public bool AllowWinograd { get; init; } = true;

    internal int EffectiveThreads => Threads ?? Environment.ProcessorCount;

    internal static ManagedOptions Validated(ManagedOptions? options)
    {
        options ??= new ManagedOptions();
        options.ThrowIfInvalid(nameof(options));
        return options;
    }

    internal List<string> FindErrors()
    {
        var errors = new List<string>();
        if (Threads is < 1 or > 1024)
        {
            errors.Add(Invariant($"Threads is {Threads} and must be 1 to 1024, or null for one thread a core."));
        }

        if (CachedPlans is < 1 or > 1024)
        {
            errors.Add(Invariant($"CachedPlans is {CachedPlans} and must be 1 to 1024."));
        }

        return errors;
    }

    private void ThrowIfInvalid(string parameterName)
    {
        List<string> errors = FindErrors();
        if (errors.Count > 0)
        {
            throw new ArgumentException($"{nameof(ManagedOptions)}: {string.Join(' ', errors)}", parameterName);
        }
    }
}
