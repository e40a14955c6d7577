namespace ImageRestoration.TorchSharp;

/// <summary>What a few real steps say of a training run on this machine.</summary>
/// <param name="PatchesPerSecond">Patches per second, over the patch sizes of the run.</param>
/// <param name="TimePerEpoch">Time for as many patches as there are pictures.</param>
/// <param name="Duration">Time of the whole run, without validations and checkpoints.</param>
/// <param name="DataWaitShare">Share of the time spent waiting for data, in [0, 1].</param>
/// <param name="PeakMemoryBytes">Most memory that the process has held so far: libraries, pictures that were read and the steps.</param>
public sealed record TrainingMeasurement(
    double PatchesPerSecond, TimeSpan TimePerEpoch, TimeSpan Duration, double DataWaitShare, long PeakMemoryBytes);
