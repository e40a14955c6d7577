namespace ImageRestoration.TorchSharp;

/// <summary>What can go wrong with a run and its checkpoints, and what to do about it.</summary>
internal static class TrainerErrors
{
    internal static TrainingException CheckpointOfOtherSettings(string path, IEnumerable<(string Name, string? Saved, string? Present)> differences)
    {
        string list = string.Join("; ", differences.Select(d => $"{d.Name}: {Value(d.Saved)} in the checkpoint, {Value(d.Present)} in this run"));
        return new TrainingException($"Checkpoint '{path}' belongs to a run with other settings. {list}. "
            + "To go on with that run, give this one the checkpoint's values; to train with these, start a new run, from the checkpoint's weights "
            + $"if you like ({nameof(TrainingCheckpoint)}.{nameof(TrainingCheckpoint.ReadWeights)}).");

        static string Value(string? value) => value is null ? "not there" : $"'{value}'";
    }

    internal static TrainingException CheckpointWithoutSettings(string path)
        => new($"Checkpoint '{path}' was written by an earlier version, which did not note all settings of its run, such as the degradation: "
            + "whether it belongs to this run cannot be told. Finish that run with the version that began it, or start a new one from the checkpoint's weights "
            + $"({nameof(TrainingCheckpoint)}.{nameof(TrainingCheckpoint.ReadWeights)}).");
}
