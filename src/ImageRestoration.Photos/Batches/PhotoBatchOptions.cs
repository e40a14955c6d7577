using ImageRestoration.Restoration;

namespace ImageRestoration.Photos;

/// <summary>Settings of restoring many photographs.</summary>
public sealed record PhotoBatchOptions
{
    /// <summary>The settings used where none are given.</summary>
    public static PhotoBatchOptions Default { get; } = new();

    /// <summary>Whether folders within folders are searched; the output has the same folders.</summary>
    /// <value>Default <see langword="true"/>.</value>
    public bool Recursive { get; init; } = true;

    /// <summary>
    /// Photographs that are worked on at once. While one is computed, another is read or written; each takes memory of its own.
    /// </summary>
    /// <value>1 to 1024; default 2.</value>
    public int MaximumParallelism { get; init; } = 2;

    /// <summary>What happens where there is a file already.</summary>
    /// <value>Default <see cref="ExistingOutput.Refuse"/>.</value>
    public ExistingOutput Existing { get; init; }

    /// <summary>
    /// Whether the first photograph that fails ends the work with its error. Otherwise failures are listed and the work goes on.
    /// </summary>
    /// <value>Default <see langword="false"/>.</value>
    public bool StopOnFailure { get; init; }

    /// <summary>
    /// Extension that says the format of all results, such as <c>.png</c>, or <see langword="null"/> for each photograph's own.
    /// </summary>
    /// <value>One of <see cref="PhotoFiles.WriteExtensions"/>, or <see langword="null"/>; default <see langword="null"/>.</value>
    public string? Extension { get; init; }

    /// <summary>
    /// Gives the mask of a photograph from its full path, or <see langword="null"/> where there are no masks. May be called from several
    /// threads.
    /// </summary>
    /// <value>Default <see langword="null"/>.</value>
    public Func<string, PhotoMask>? Mask { get; init; }

    /// <summary>Settings of the restorer; <see cref="RestorationOptions.Default"/> where <see langword="null"/>.</summary>
    /// <value>Default <see langword="null"/>.</value>
    public RestorationOptions? Restoration { get; init; }

    /// <summary>Throws one exception that lists everything wrong with the options.</summary>
    internal void Validate(IReadOnlyList<string> extensions, string parameterName)
    {
        List<string> errors = [];
        if (MaximumParallelism is < 1 or > 1024)
        {
            errors.Add(Invariant($"{nameof(MaximumParallelism)} is {MaximumParallelism}; it must be from 1 to 1024."));
        }

        if (!Enum.IsDefined(Existing))
        {
            errors.Add($"{nameof(Existing)} is {Existing}; it must be one of {string.Join(", ", Enum.GetNames<ExistingOutput>())}.");
        }

        if (Extension is not null && !extensions.Contains(Extension, StringComparer.OrdinalIgnoreCase))
        {
            errors.Add($"{nameof(Extension)} is '{Extension}'; it must be one of {string.Join(", ", extensions)}.");
        }

        if (errors.Count > 0)
        {
            throw new ArgumentException($"The options of the batch are wrong: {string.Join(" ", errors)}", parameterName);
        }
    }
}
