using ImageRestoration.TorchSharp;

namespace TrainAutoencoder;

/// <summary>Tells several of each step, in order.</summary>
internal sealed class ProgressGroup(params IProgress<TrainingProgress>[] members) : IProgress<TrainingProgress>
{
    public void Report(TrainingProgress value)
    {
        foreach (IProgress<TrainingProgress> member in members)
        {
            member.Report(value);
        }
    }
}
