using System.Collections.Immutable;
using System.Globalization;
using ImageRestoration.Data;
using ImageRestoration.Degradation;
using ImageRestoration.Networks;

namespace ImageRestoration.TorchSharp;

/// <summary>Training that starts from a model.</summary>
public static class ModelTrainingExtensions
{
    /// <summary>Goes on training a model, such as a pretrained one, on one's own pictures.</summary>
    /// <param name="model">Where training starts.</param>
    /// <param name="pictures">Clean pictures, or pairs, or noisy pictures for <see cref="Neighbor2NeighborObjective"/>.</param>
    /// <param name="degradation">
    /// What makes the network's input of a clean patch; <see langword="null"/> for pairs and for noisy pictures alone.
    /// </param>
    /// <param name="options">Settings; the defaults where <see langword="null"/>.</param>
    /// <param name="progress">Told after every step.</param>
    /// <param name="cancellationToken">Stops after the current step.</param>
    /// <returns>
    /// A model of the same network, name and task, whose provenance says that it was fine-tuned, without scores. The given model stays as
    /// it is.
    /// </returns>
    /// <exception cref="TrainingException">The pictures do not fit the network, or the loss is not a number any more.</exception>
    /// <exception cref="BackendUnavailableException">libtorch or the device is missing.</exception>
    /// <exception cref="OperationCanceledException">
    /// Training was cancelled. With a <see cref="TrainerOptions.CheckpointPath"/>, a <see cref="Trainer"/> can go on from there.
    /// </exception>
    public static async Task<Model> FineTuneAsync(
        this Model model,
        IPatchSource pictures,
        IDegradation? degradation,
        FineTuneOptions? options = null,
        IProgress<TrainingProgress>? progress = null,
        CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(model);
        ArgumentNullException.ThrowIfNull(pictures);
        options ??= new FineTuneOptions();
        using var trainer = new Trainer(model, new PatchSampler(pictures, degradation, options.Patches), options.Training);
        Model tuned = await trainer.TrainAsync(progress, cancellationToken).ConfigureAwait(false);
        string text = string.Create(
            CultureInfo.InvariantCulture,
            $"{trainer.Step} steps on {pictures.Count} pictures, learning rate {options.Training.LearningRate}, {options.Training.Loss}, "
                + $"{options.Training.Objective}");

        // Scores were those of the weights before.
        return tuned.WithInfo(
            tuned.Info with
            {
                Scores = ImmutableSortedDictionary<string, double>.Empty,
                Provenance = AddFineTuning(tuned.Info.Provenance, text),
            });
    }

    /// <summary>A model may be fine-tuned more than once; no entry replaces another.</summary>
    private static ImmutableSortedDictionary<string, string> AddFineTuning(
        ImmutableSortedDictionary<string, string> provenance, string text)
    {
        string key = "fine-tuning";
        for (int i = 2; provenance.ContainsKey(key); i++)
        {
            key = string.Create(CultureInfo.InvariantCulture, $"fine-tuning-{i}");
        }

        return provenance.Add(key, text);
    }
}
