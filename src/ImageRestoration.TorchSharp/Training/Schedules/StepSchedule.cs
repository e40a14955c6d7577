namespace ImageRestoration.TorchSharp;

/// <summary>The learning rate is multiplied by a factor each time a number of steps has passed.</summary>
public sealed record StepSchedule : LearningRateSchedule
{
    /// <summary>Steps between changes.</summary>
    /// <value>At least 1; default 10,000.</value>
    public long StepSize { get; init; } = 10_000;

    /// <summary>Factor of each change.</summary>
    /// <value>Above 0, at most 1; default 0.5.</value>
    public double Gamma { get; init; } = 0.5;

    internal override double FactorAt(long step, long steps, IReadOnlyList<ValidationScore> validations)
        => Math.Pow(Gamma, step / StepSize);

    private protected override void Describe(SettingList settings)
    {
        settings.Add(nameof(StepSize), StepSize);
        settings.Add(nameof(Gamma), Gamma);
    }

    internal override IEnumerable<string> Errors()
    {
        if (StepSize < 1)
        {
            yield return Invariant($"Schedule.StepSize is {StepSize} and must be at least 1.");
        }

        if (Gamma is not (> 0 and <= 1))
        {
            yield return Invariant($"Schedule.Gamma is {Gamma} and must be above 0 and at most 1.");
        }
    }
}
