namespace ImageRestoration.Classical.Denoising;

/// <summary>Options of <see cref="TotalVariationRestorer"/>.</summary>
/// <remarks>
/// Immutable. <see cref="TotalVariationRestorer"/> checks the options once, when it is created, and reports all errors together.
/// </remarks>
public sealed record TotalVariationOptions
{
    /// <summary>
    /// Standard deviation of the noise on the scale [0, 255], or <see langword="null"/> to estimate it of each picture
    /// (<see cref="NoiseEstimate"/>).
    /// </summary>
    /// <value>Above 0, at most 255; default <see langword="null"/>. Give either this or <see cref="Weight"/>.</value>
    public double? Sigma { get; init; }

    /// <summary>
    /// Weight of the total variation against the squared distance from the picture (the paper's λ, scikit-image's <c>weight</c>), for
    /// pixels in [0, 1]: more is smoother. <see langword="null"/> derives it from the noise.
    /// </summary>
    /// <value>Above 0, at most 100; default <see langword="null"/>.</value>
    public double? Weight { get; init; }

    /// <summary>The iteration ends when a step changes the energy by less than this share of its first value.</summary>
    /// <value>0 to 1; default 2e-4. With 0, all <see cref="Iterations"/> are made.</value>
    public double Tolerance { get; init; } = 2e-4;

    /// <summary>Most iterations.</summary>
    /// <value>1 to 100,000; default 200.</value>
    public int Iterations { get; init; } = 200;

    /// <summary>Throws one exception that lists everything wrong with the options.</summary>
    internal void Validate(string parameterName)
    {
        List<string> errors = [];

        // Written so that NaN fails.
        if (Sigma is { } sigma && !(sigma > 0 && sigma <= 255))
        {
            errors.Add(Invariant($"{nameof(Sigma)} is {sigma}; it must be above 0 and at most 255, or null to be estimated."));
        }

        if (Weight is { } weight && !(weight > 0 && weight <= 100))
        {
            errors.Add(Invariant($"{nameof(Weight)} is {weight}; it must be above 0 and at most 100, or null to follow from the noise."));
        }

        if (Sigma is not null && Weight is not null)
        {
            errors.Add($"{nameof(Sigma)} and {nameof(Weight)} are both given, and the weight follows from sigma; give one of them.");
        }

        if (!(Tolerance >= 0 && Tolerance <= 1))
        {
            errors.Add(Invariant($"{nameof(Tolerance)} is {Tolerance}; it must be from 0 to 1."));
        }

        if (Iterations is < 1 or > 100_000)
        {
            errors.Add(Invariant($"{nameof(Iterations)} is {Iterations}; it must be from 1 to 100000."));
        }

        if (errors.Count > 0)
        {
            throw new ArgumentException($"The options of total-variation denoising are wrong: {string.Join(" ", errors)}", parameterName);
        }
    }
}
