namespace ImageRestoration.TorchSharp;

/// <summary>Says when a run ends: pure functions of what a checkpoint holds, so that a resumed run ends at the same step.</summary>
internal static class StopRules
{
    internal static TrainingStopReason? Find(TrainerOptions options, TrainingState state)
    {
        if (state.Step >= options.Steps)
        {
            return TrainingStopReason.LastStep;
        }

        if (options.ConvergenceTolerance is { } tolerance && state.RecentLosses.HasConverged(tolerance))
        {
            return TrainingStopReason.Converged;
        }

        return options.EarlyStoppingPatience is { } patience && HasNoBetterScore(state.Validations, patience)
            ? TrainingStopReason.NoBetterScore
            : null;
    }

    /// <summary>Steps that are as many epochs: every picture is drawn once in each, and a last step that is not full counts.</summary>
    internal static long StepsOf(double epochs, int pictures, int patchesPerStep)
        => Math.Max(1, (long)Math.Ceiling(epochs * pictures / patchesPerStep));

    private static bool HasNoBetterScore(List<ValidationScore> validations, int patience)
    {
        if (validations.Count <= patience)
        {
            return false;
        }

        double best = validations.Max(v => v.Psnr);
        return validations.FindIndex(v => v.Psnr == best) < validations.Count - patience;
    }
}
