namespace ImageRestoration.TorchSharp;

/// <summary>Linear warm-up, then half a cosine down to the minimum (Loshchilov and Hutter 2017, arXiv:1608.03983, equation 5 without restarts).</summary>
internal static class LearningRateSchedule
{
    internal static double At(long step, TrainerOptions options)
    {
        if (step < options.WarmupSteps)
        {
            return options.LearningRate * (step + 1) / options.WarmupSteps;
        }

        long span = Math.Max(1, options.Steps - options.WarmupSteps);
        double progress = Math.Min(1.0, (double)(step - options.WarmupSteps) / span);
        return options.MinimumLearningRate + (0.5 * (options.LearningRate - options.MinimumLearningRate) * (1 + Math.Cos(Math.PI * progress)));
    }
}
