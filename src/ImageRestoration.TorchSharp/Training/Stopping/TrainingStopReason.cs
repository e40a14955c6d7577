namespace ImageRestoration.TorchSharp;

/// <summary>Why a training run has ended.</summary>
public enum TrainingStopReason
{
    /// <summary>All steps of <see cref="TrainerOptions.Steps"/> or <see cref="TrainerOptions.Epochs"/> are done.</summary>
    LastStep,

    /// <summary>The training loss has stopped falling: <see cref="TrainerOptions.ConvergenceTolerance"/>.</summary>
    Converged,

    /// <summary>The validation score has stopped rising: <see cref="TrainerOptions.EarlyStoppingPatience"/>.</summary>
    NoBetterScore,
}
