namespace ImageRestoration.TorchSharp;

/// <summary>Half a cosine down to the minimum, once or several times (Loshchilov and Hutter 2017, arXiv:1608.03983, equation 5).</summary>
public sealed record CosineSchedule : LearningRateSchedule
{
    /// <summary>Number of times that the learning rate returns to its start.</summary>
    /// <value>0 or more; default 0: one cosine over the whole run.</value>
    public int Restarts { get; init; }

    /// <summary>Length of each cosine as a multiple of the one before.</summary>
    /// <value>At least 1; default 1: all of one length.</value>
    public double PeriodFactor { get; init; } = 1;

    internal override double FactorAt(long step, long steps, IReadOnlyList<ValidationScore> validations)
    {
        // Position in the run, counted in lengths of the first cosine.
        double lengths = 0, length = 1;
        for (int i = 0; i <= Restarts; i++, length *= PeriodFactor)
        {
            lengths += length;
        }

        double position = Math.Min(1.0, (double)step / steps) * lengths;
        length = 1;
        for (int i = 0; i < Restarts && position >= length; i++, length *= PeriodFactor)
        {
            position -= length;
        }

        return 0.5 * (1 + Math.Cos(Math.PI * Math.Min(1.0, position / length)));
    }

    private protected override void Describe(SettingList settings)
    {
        settings.Add(nameof(Restarts), Restarts);
        settings.Add(nameof(PeriodFactor), PeriodFactor);
    }

    internal override IEnumerable<string> Errors()
    {
        if (Restarts < 0)
        {
            yield return Invariant($"Schedule.Restarts is {Restarts} and must not be negative.");
        }

        if (!(PeriodFactor >= 1 && double.IsFinite(PeriodFactor)))
        {
            yield return Invariant($"Schedule.PeriodFactor is {PeriodFactor} and must be at least 1.");
        }
    }
}
