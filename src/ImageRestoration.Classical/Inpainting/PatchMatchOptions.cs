namespace ImageRestoration.Classical.Inpainting;

/// <summary>Options of <see cref="PatchMatchRestorer"/>.</summary>
/// <remarks>
/// Immutable. <see cref="PatchMatchRestorer"/> checks the options once, when it is created, and reports all errors together.
/// </remarks>
public sealed record PatchMatchOptions
{
    /// <summary>Rows and columns of a patch, in pixels. In pictures that are smaller, the largest odd number that fits.</summary>
    /// <value>Odd, 3 to 31; default 7.</value>
    public int PatchSize { get; init; } = 7;

    /// <summary>
    /// How often, on each scale, patches are matched and pixels voted on; on the finest scale half as often. Scales that have settled end
    /// earlier.
    /// </summary>
    /// <value>1 to 100; default 10.</value>
    public int Iterations { get; init; } = 10;

    /// <summary>
    /// Seed of the random search. Equal seeds give equal results, whatever the number of threads; machines with vectors of other lengths
    /// round differently.
    /// </summary>
    /// <value>Any number; default 0.</value>
    public long Seed { get; init; }

    /// <summary>Throws one exception that lists everything wrong with the options.</summary>
    internal void Validate(string parameterName)
    {
        List<string> errors = [];
        if (PatchSize is < 3 or > 31 || PatchSize % 2 == 0)
        {
            errors.Add(Invariant($"{nameof(PatchSize)} is {PatchSize}; it must be odd and from 3 to 31."));
        }

        if (Iterations is < 1 or > 100)
        {
            errors.Add(Invariant($"{nameof(Iterations)} is {Iterations}; it must be from 1 to 100."));
        }

        if (errors.Count > 0)
        {
            throw new ArgumentException($"The options of PatchMatch inpainting are wrong: {string.Join(" ", errors)}", parameterName);
        }
    }
}
