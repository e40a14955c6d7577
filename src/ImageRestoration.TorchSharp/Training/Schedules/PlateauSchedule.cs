namespace ImageRestoration.TorchSharp;

/// <summary>
/// The learning rate falls when the validation score has not risen for a number of validations. Needs
/// <see cref="TrainerOptions.Validation"/>.
/// </summary>
public sealed record PlateauSchedule : LearningRateSchedule
{
    /// <summary>Validations without a new best score before the learning rate falls.</summary>
    /// <value>At least 1; default 3.</value>
    public int Patience { get; init; } = 3;

    /// <summary>Factor of each fall.</summary>
    /// <value>Above 0, below 1; default 0.5.</value>
    public double Factor { get; init; } = 0.5;

    /// <summary>Rise in dB that counts as a new best score.</summary>
    /// <value>0 or more; default 0.01.</value>
    public double MinimumRise { get; init; } = 0.01;

    internal override double FactorAt(long step, long steps, IReadOnlyList<ValidationScore> validations)
    {
        double factor = 1, best = double.NegativeInfinity;
        int waited = 0;
        foreach (ValidationScore validation in validations)
        {
            if (validation.Psnr > best + MinimumRise)
            {
                best = validation.Psnr;
                waited = 0;
            }
            else if (++waited == Patience)
            {
                factor *= Factor;
                waited = 0;
            }
        }

        return factor;
    }

    private protected override void Describe(SettingList settings)
    {
        settings.Add(nameof(Patience), Patience);
        settings.Add(nameof(Factor), Factor);
        settings.Add(nameof(MinimumRise), MinimumRise);
    }

    internal override IEnumerable<string> Errors()
    {
        if (Patience < 1)
        {
            yield return Invariant($"Schedule.Patience is {Patience} and must be at least 1.");
        }

        if (Factor is not (> 0 and < 1))
        {
            yield return Invariant($"Schedule.Factor is {Factor} and must be above 0 and below 1.");
        }

        if (!(MinimumRise >= 0))
        {
            yield return Invariant($"Schedule.MinimumRise is {MinimumRise} and must not be negative.");
        }
    }
}
