namespace ImageRestoration.TorchSharp;

/// <summary>The network makes the degraded picture into the clean one: <see cref="TrainerOptions.Loss"/> of the two.</summary>
public sealed class RestorationObjective : TrainingObjective
{
    /// <inheritdoc/>
    public override string Description => "restoration";

    internal override double AddGradients(TrainingStep step)
        => step.Backward(step.Loss.Compute(step.LossOf(step.Restore(step.Input))));
}
