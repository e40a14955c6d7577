namespace ImageRestoration.Classical.Inpainting;

/// <summary>Options of <see cref="TextureSynthesisRestorer"/>.</summary>
/// <remarks>
/// Immutable. <see cref="TextureSynthesisRestorer"/> checks the options once, when it is created, and reports all errors together.
/// </remarks>
public sealed record TextureSynthesisOptions
{
    /// <summary>Rows and columns of a patch that is matched, in pixels.</summary>
    /// <value>Odd, 3 to 31; default 7.</value>
    public int PatchSize { get; init; } = 7;

    /// <summary>
    /// How strong fine detail is to be in missing parts, as a share of what it is around them; coarser detail has a smaller share. More
    /// looks sharper and lies farther from the truth by squared error.
    /// </summary>
    /// <value>0 (the structure alone) to 2; default 0.9.</value>
    public float Sharpness { get; init; } = 0.9f;

    /// <summary>
    /// Seed of the random search. Equal seeds give equal results, whatever the number of threads; machines with vectors of other lengths
    /// round differently.
    /// </summary>
    /// <value>Any number; default 0.</value>
    public long Seed { get; init; }

    /// <summary>Most threads that copy texture at once. The restorer that makes the structure has its own setting.</summary>
    /// <value>1 to 1024; default <see langword="null"/>: as many as there are processors.</value>
    public int? Threads { get; init; }

    /// <summary>Throws one exception that lists everything wrong with the options.</summary>
    internal void Validate(string parameterName)
    {
        List<string> errors = [];
        if (PatchSize is < 3 or > 31 || PatchSize % 2 == 0)
        {
            errors.Add(Invariant($"{nameof(PatchSize)} is {PatchSize}; it must be odd and from 3 to 31."));
        }

        if (Sharpness is not (>= 0 and <= 2))
        {
            errors.Add(Invariant($"{nameof(Sharpness)} is {Sharpness}; it must be from 0 to 2."));
        }

        if (Threads is < 1 or > 1024)
        {
            errors.Add(Invariant($"{nameof(Threads)} is {Threads}; it must be 1 to 1024, or null for one thread a processor."));
        }

        if (errors.Count > 0)
        {
            throw new ArgumentException($"The options of texture synthesis are wrong: {string.Join(" ", errors)}", parameterName);
        }
    }
}
