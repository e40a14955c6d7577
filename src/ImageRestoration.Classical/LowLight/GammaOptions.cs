namespace ImageRestoration.Classical.LowLight;

/// <summary>Options of <see cref="GammaRestorer"/>.</summary>
/// <remarks>Immutable. <see cref="GammaRestorer"/> checks the options once, when it is created, and reports all errors together.</remarks>
public sealed record GammaOptions
{
    /// <summary>
    /// Exponent of every value: below 1 brightens, above 1 darkens. <see langword="null"/> chooses it for each picture by
    /// <see cref="TargetLuminance"/>.
    /// </summary>
    /// <value>0.01 to 100; default <see langword="null"/>.</value>
    public double? Gamma { get; init; }

    /// <summary>Mean luminance that the chosen exponent gives a picture. Pictures that are as bright already stay as they are.</summary>
    /// <value>Above 0, below 1; default 0.45.</value>
    public double TargetLuminance { get; init; } = 0.45;

    /// <summary>Smallest exponent that is chosen, so that a black picture's noise is not all that remains.</summary>
    /// <value>0.01 to 1; default 0.2.</value>
    public double MinimumGamma { get; init; } = 0.2;

    /// <summary>Throws one exception that lists everything wrong with the options.</summary>
    internal void Validate(string parameterName)
    {
        List<string> errors = [];

        // Written so that NaN fails.
        if (Gamma is { } gamma && !(gamma >= 0.01 && gamma <= 100))
        {
            errors.Add(Invariant($"{nameof(Gamma)} is {gamma}; it must be from 0.01 to 100, or null to be chosen."));
        }

        if (!(TargetLuminance > 0 && TargetLuminance < 1))
        {
            errors.Add(Invariant($"{nameof(TargetLuminance)} is {TargetLuminance}; it must be above 0 and below 1."));
        }

        if (!(MinimumGamma >= 0.01 && MinimumGamma <= 1))
        {
            errors.Add(Invariant($"{nameof(MinimumGamma)} is {MinimumGamma}; it must be from 0.01 to 1."));
        }

        if (errors.Count > 0)
        {
            throw new ArgumentException($"The options of gamma correction are wrong: {string.Join(" ", errors)}", parameterName);
        }
    }
}
