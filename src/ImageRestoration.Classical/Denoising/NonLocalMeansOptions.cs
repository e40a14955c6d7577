namespace ImageRestoration.Classical.Denoising;

/// <summary>Options of <see cref="NonLocalMeansRestorer"/>.</summary>
/// <remarks>
/// Immutable. <see cref="NonLocalMeansRestorer"/> checks the options once, when it is created, and reports all errors together.
/// </remarks>
public sealed record NonLocalMeansOptions
{
    /// <summary>
    /// Standard deviation of the noise on the scale [0, 255], or <see langword="null"/> to estimate it of each picture
    /// (<see cref="NoiseEstimate"/>).
    /// </summary>
    /// <value>Above 0, at most 255; default <see langword="null"/>.</value>
    public double? Sigma { get; init; }

    /// <summary>How much patches may differ beyond the noise, as a multiple of sigma (h/σ in the literature): more is smoother.</summary>
    /// <value>Above 0, at most 10; default 0.7.</value>
    public double Strength { get; init; } = 0.7;

    /// <summary>Side of the patches that are compared.</summary>
    /// <value>An odd number from 3 to 21; default 3, the best on noisy RGB photographs.</value>
    public int PatchSize { get; init; } = 3;

    /// <summary>How far similar patches are searched, in pixels to each side.</summary>
    /// <value>1 to 50; default 6, a window of 13×13.</value>
    public int SearchRadius { get; init; } = 6;

    /// <summary>Throws one exception that lists everything wrong with the options.</summary>
    internal void Validate(string parameterName)
    {
        List<string> errors = [];

        // Written so that NaN fails.
        if (Sigma is { } sigma && !(sigma > 0 && sigma <= 255))
        {
            errors.Add(Invariant($"{nameof(Sigma)} is {sigma}; it must be above 0 and at most 255, or null to be estimated."));
        }

        if (!(Strength > 0 && Strength <= 10))
        {
            errors.Add(Invariant($"{nameof(Strength)} is {Strength}; it must be above 0 and at most 10."));
        }

        if (PatchSize is < 3 or > 21 || PatchSize % 2 == 0)
        {
            errors.Add(Invariant($"{nameof(PatchSize)} is {PatchSize}; it must be odd and from 3 to 21."));
        }

        if (SearchRadius is < 1 or > 50)
        {
            errors.Add(Invariant($"{nameof(SearchRadius)} is {SearchRadius}; it must be from 1 to 50."));
        }

        if (errors.Count > 0)
        {
            throw new ArgumentException($"The options of non-local means are wrong: {string.Join(" ", errors)}", parameterName);
        }
    }
}
