namespace ImageRestoration.TorchSharp;

/// <summary>
/// From a fraction of the learning rate up to it and down to the minimum, both along half a cosine (Smith and Topin 2018,
/// arXiv:1708.07120). Use it without warm-up: it has its own.
/// </summary>
public sealed record OneCycleSchedule : LearningRateSchedule
{
    /// <summary>Share of the run in which the learning rate rises.</summary>
    /// <value>Above 0, below 1; default 0.3.</value>
    public double RisingShare { get; init; } = 0.3;

    /// <summary>The learning rate at the start is the largest divided by this.</summary>
    /// <value>Above 1; default 25.</value>
    public double StartDivisor { get; init; } = 25;

    internal override double FactorAt(long step, long steps, IReadOnlyList<ValidationScore> validations)
    {
        double progress = Math.Min(1.0, (double)step / steps);
        return progress < RisingShare
            ? Cosine(1 / StartDivisor, 1, progress / RisingShare)
            : Cosine(1, 0, (progress - RisingShare) / (1 - RisingShare));
    }

    private protected override void Describe(SettingList settings)
    {
        settings.Add(nameof(RisingShare), RisingShare);
        settings.Add(nameof(StartDivisor), StartDivisor);
    }

    internal override IEnumerable<string> Errors()
    {
        if (RisingShare is not (> 0 and < 1))
        {
            yield return Invariant($"Schedule.RisingShare is {RisingShare} and must be above 0 and below 1.");
        }

        if (!(StartDivisor > 1))
        {
            yield return Invariant($"Schedule.StartDivisor is {StartDivisor} and must be above 1.");
        }
    }

    private static double Cosine(double from, double to, double progress) => to + ((from - to) * 0.5 * (1 + Math.Cos(Math.PI * progress)));
}
