namespace ImageRestoration.TorchSharp;

/// <summary>The learning rate stays as it is.</summary>
public sealed record ConstantSchedule : LearningRateSchedule
{
    internal override double FactorAt(long step, long steps, IReadOnlyList<ValidationScore> validations) => 1;

    private protected override void Describe(SettingList settings)
    {
        // Nothing can be set.
    }
}
