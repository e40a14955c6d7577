namespace ImageRestoration.TorchSharp;

/// <summary>
/// Course of the learning rate after the warm-up, as a factor of <see cref="TrainerOptions.LearningRate"/>. A pure function of the step and
/// of the validations so far, so that a resumed run takes the same course. Immutable.
/// </summary>
public abstract record LearningRateSchedule : IDescribed
{
    private protected LearningRateSchedule()
    {
    }

    /// <summary>Name and settings in one line, the same in every culture.</summary>
    public sealed override string ToString() => SettingList.Line(this);

    void IDescribed.Describe(SettingList settings) => Describe(settings);

    /// <summary>Adds every setting.</summary>
    private protected abstract void Describe(SettingList settings);

    /// <summary>The factor at a step.</summary>
    /// <param name="step">Steps since the warm-up, from 0.</param>
    /// <param name="steps">Steps of the whole run after the warm-up, at least 1.</param>
    /// <param name="validations">Scores of the validations so far, in order.</param>
    /// <returns>The factor, at least 0.</returns>
    internal abstract double FactorAt(long step, long steps, IReadOnlyList<ValidationScore> validations);

    internal virtual IEnumerable<string> Errors() => [];

    /// <summary>Learning rate of a step, warm-up included.</summary>
    internal static double At(long step, TrainerOptions options, IReadOnlyList<ValidationScore> validations)
    {
        if (step < options.WarmupSteps)
        {
            return options.LearningRate * (step + 1) / options.WarmupSteps;
        }

        double factor = options.Schedule.FactorAt(
            step - options.WarmupSteps, Math.Max(1, options.Steps - options.WarmupSteps), validations);
        return options.MinimumLearningRate + ((options.LearningRate - options.MinimumLearningRate) * factor);
    }
}
