using ImageRestoration.Networks;

namespace ImageRestoration.TorchSharp;

/// <summary>The file that training writes to continue from (<see cref="TrainerOptions.CheckpointPath"/>).</summary>
public static class TrainingCheckpoint
{
    /// <summary>Reads the weights of a run that is not finished: to try them, or to start another run from them.</summary>
    /// <param name="path">The checkpoint.</param>
    /// <returns>
    /// The averaged weights where the run keeps averages (<see cref="TrainerOptions.EmaDecay"/>), otherwise the weights themselves.
    /// </returns>
    /// <exception cref="ModelFormatException">The file is no checkpoint, or damaged.</exception>
    /// <exception cref="IOException">The file cannot be read.</exception>
    public static NetworkWeights ReadWeights(string path)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        return NetworkState.ReadWeights(TrainingState.Read(path).File.Tensors);
    }
}
