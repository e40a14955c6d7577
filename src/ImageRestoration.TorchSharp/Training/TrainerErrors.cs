using ImageRestoration.Data;
using ImageRestoration.Networks;

namespace ImageRestoration.TorchSharp;

/// <summary>What can go wrong with a run, its checkpoints and its log, and what to do about it.</summary>
internal static class TrainerErrors
{
    internal static TrainingException CheckpointOfOtherSettings(
        string path, IEnumerable<(string Name, string? Saved, string? Present)> differences)
    {
        string list = string.Join(
            "; ", differences.Select(d => $"{d.Name}: {Value(d.Saved)} in the checkpoint, {Value(d.Present)} in this run"));
        return new TrainingException($"Checkpoint '{path}' belongs to a run with other settings. {list}. "
            + "To go on with that run, give this one the checkpoint's values; to train with these, start a new run, "
            + $"from the checkpoint's weights if you like ({nameof(TrainingCheckpoint)}.{nameof(TrainingCheckpoint.ReadWeights)}).");

        static string Value(string? value) => value is null ? "not there" : $"'{value}'";
    }

    internal static TrainingException CheckpointWithoutSettings(string path)
        => new($"Checkpoint '{path}' was written by an earlier version, which did not note all settings of its run, "
            + "such as the degradation: whether it belongs to this run cannot be told. Finish that run with the version that began it, "
            + $"or start a new one from the checkpoint's weights ({nameof(TrainingCheckpoint)}.{nameof(TrainingCheckpoint.ReadWeights)}).");

    internal static ModelFormatException CheckpointOfOtherShapes(string path, string name, IEnumerable<long> shape)
        => new(
            $"Checkpoint '{path}' has no tensor '{name}' of shape [{string.Join(", ", shape)}]. "
                + "It belongs to another network or is damaged.");

    internal static ModelFormatException CheckpointDamaged(string path, string what)
        => new($"Checkpoint '{path}' has {what}. It is damaged; resume from another.");

    internal static TrainingException CheckpointTooLarge(long tensors, long bytes, long mostTensors, long mostBytes)
        => new(Invariant($"A checkpoint of this run would hold {tensors} tensors of {bytes} bytes in all; ")
            + Invariant($"{mostTensors} tensors and {mostBytes} bytes can be read back. ")
            + "Train a smaller network, or one of fewer layers.");

    internal static TrainingException OtherFill(PatchSamplerOptions data, ModelInfo model)
        => new($"The sampler fills missing pixels with {data.Fill} and model '{model.Name}' says {model.Fill}, which restorers will do. "
            + $"Set {nameof(PatchSamplerOptions)}.{nameof(PatchSamplerOptions.Fill)} "
            + $"and {nameof(ModelInfo)}.{nameof(ModelInfo.Fill)} to the same.");

    internal static TrainingException OtherExposure(PatchSamplerOptions data, ModelInfo model)
        => new($"The sampler {(data.NormalizesExposure ? "normalises" : "leaves")} the exposure and model '{model.Name}' says "
            + $"that restorers are to {(model.NormalizesExposure ? "normalise" : "leave")} it. "
            + $"Set {nameof(PatchSamplerOptions)}.{nameof(PatchSamplerOptions.NormalizesExposure)} "
            + $"and {nameof(ModelInfo)}.{nameof(ModelInfo.NormalizesExposure)} to the same.");

    /// <param name="what">Loss or gradient.</param>
    /// <param name="batch">The batch that made it.</param>
    /// <param name="checkpoint">A checkpoint that there is, or <see langword="null"/>.</param>
    internal static TrainingException NotFinite(string what, TrainingBatch batch, string? checkpoint)
    {
        string remedy = checkpoint is null ? "Train with a lower learning rate" : $"Resume from '{checkpoint}' with a lower learning rate";
        string pictures = string.Join(", ", batch.Sources.Distinct(StringComparer.Ordinal));
        return new TrainingException(
            Invariant($"The {what} of step {batch.Step} is not finite. {remedy}, or look at these pictures: {pictures}."));
    }

    /// <param name="what">Checkpoint or model.</param>
    /// <param name="step">Steps done.</param>
    /// <param name="path">Where it was to be written.</param>
    /// <param name="checkpoint">A checkpoint that there is, or <see langword="null"/>.</param>
    /// <param name="e">Why it cannot.</param>
    internal static TrainingException Unwritable(string what, long step, string path, string? checkpoint, Exception e)
    {
        string last = checkpoint is null
            ? "No checkpoint was written yet: start again"
            : $"The last checkpoint is untouched: resume from '{checkpoint}'";
        return new TrainingException(
            Invariant($"The {what} of step {step} cannot be written to '{path}': {e.Message} {last} ")
                + "after making room or naming a folder that can be written to.",
            e);
    }

    internal static TrainingException LogUnwritable(long step, string path, Exception e)
        => new(
            Invariant($"Step {step} cannot be written to the log '{path}': {e.Message} Make room and resume from the last checkpoint."), e);

    internal static TrainingException LogUnreadable(int line, string path, Exception e)
        => new(
            Invariant($"Line {line} of '{path}' is no entry of a training log: {e.Message} ")
                + "Name the file that training wrote as its log, or start a new one.",
            e);

    internal static OperationCanceledException Disposed()
        => new("The trainer was disposed while it trained. Resume from the checkpoint, if there is one.");

    internal static TensorShapeException UnlikePair(ValidationImage picture)
        => new(
            $"A degraded picture of {picture.Degraded.Shape} is paired with a clean one of {picture.Clean.Shape}. "
                + "Pair pictures of one shape.");
}
