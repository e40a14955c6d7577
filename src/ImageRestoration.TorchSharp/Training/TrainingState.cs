using System.Globalization;
using ImageRestoration.IO;
using ImageRestoration.Networks;

namespace ImageRestoration.TorchSharp;

/// <summary>
/// Everything that training changes: the model's state, that of a network that learns beside it, the step, the scores so far and the losses
/// of late. A checkpoint holds exactly this, so that a resumed run repeats an uninterrupted one bit by bit.
/// </summary>
internal sealed class TrainingState(NetworkState model, NetworkState? critic, long lossWindow, LossScaler? scaler) : IDisposable
{
    private const string FormatKey = "format";
    private const string FormatValue = "image-restoration-checkpoint-2";

    // Without all settings: its weights can be read, but nothing says whether it belongs to a run.
    private const string FirstFormatValue = "image-restoration-checkpoint-1";
    private const string StepKey = "step";
    private const string SettingPrefix = "setting/";
    private const string ValidationsKey = "validations";
    private const string RecentLossesKey = "recent-losses";
    private const string LossScaleKey = "loss-scale";
    private const string CriticPrefix = "critic/";

    /// <summary>
    /// Several times what model files may hold: a checkpoint has averages and moments beside the weights, and a second network perhaps.
    /// What is within these limits can be written and read back; more is refused before a run begins.
    /// </summary>
    internal static ModelLimits Limits { get; } = new()
    {
        MaximumFileSize = 1L << 38,
        MaximumHeaderSize = 1 << 28,
        MaximumTensorCount = 1 << 18,
    };

    /// <summary>The network that training returns.</summary>
    internal NetworkState Model => model;

    /// <summary>The network that learns beside it.</summary>
    internal NetworkState? Critic => critic;

    /// <summary>What scales the loss, where anything does.</summary>
    internal LossScaler? Scaler => scaler;

    /// <summary>Steps done.</summary>
    internal long Step { get; set; }

    /// <summary>Scores so far, in order: schedule and early stopping are functions of them.</summary>
    internal List<ValidationScore> Validations { get; } = [];

    /// <summary>Losses of late: convergence is a function of them.</summary>
    internal LossWindows RecentLosses { get; } = new(lossWindow);

    /// <summary>Refuses a run whose checkpoints could not be read back.</summary>
    internal void ThrowIfBeyondLimits()
    {
        var (tensors, values) = Model.Size;
        var (criticTensors, criticValues) = Critic?.Size ?? (0, 0);
        ThrowIfBeyondLimits(tensors + criticTensors, (values + criticValues) * sizeof(float));
    }

    internal static void ThrowIfBeyondLimits(long tensors, long bytes)
    {
        // The header has to fit into the file as well.
        long mostBytes = Limits.MaximumFileSize - Limits.MaximumHeaderSize;
        if (tensors > Limits.MaximumTensorCount || bytes > mostBytes)
        {
            throw TrainerErrors.CheckpointTooLarge(tensors, bytes, Limits.MaximumTensorCount, mostBytes);
        }
    }

    internal void Save(string path, IEnumerable<KeyValuePair<string, string>> settings)
    {
        ThrowIfBeyondLimits();
        var tensors = new Dictionary<string, WeightTensor>(StringComparer.Ordinal);
        Model.AddTo(tensors, string.Empty);
        Critic?.AddTo(tensors, CriticPrefix);
        var metadata = new Dictionary<string, string>(StringComparer.Ordinal)
        {
            [FormatKey] = FormatValue,
            [StepKey] = Step.ToString(CultureInfo.InvariantCulture),
            [ValidationsKey] = string.Join(
                ' ', Validations.Select(v => string.Create(CultureInfo.InvariantCulture, $"{v.Step}:{v.Psnr:R}"))),
            [RecentLossesKey] = RecentLosses.Save(),
        };
        foreach ((string name, string value) in settings)
        {
            metadata.Add(SettingPrefix + name, value);
        }

        if (Scaler is { } used)
        {
            metadata[LossScaleKey] = string.Create(CultureInfo.InvariantCulture, $"{used.Scale:R} {used.GoodSteps}");
        }

        AtomicFile.Write(path, stream => new SafeTensorsFile(tensors, metadata).Write(stream));
    }

    /// <summary>Reads a checkpoint of any network.</summary>
    internal static (SafeTensorsFile File, long Step) Read(string path)
    {
        using FileStream stream = File.OpenRead(path);
        var file = SafeTensorsFile.Read(stream, Limits);
        return file.Metadata.TryGetValue(FormatKey, out string? format) && format is FormatValue or FirstFormatValue
            && long.TryParse(file.Metadata.GetValueOrDefault(StepKey), NumberStyles.None, CultureInfo.InvariantCulture, out long step)
            ? (file, step)
            : throw new ModelFormatException($"'{path}' is no training checkpoint. Name the file that training wrote as its checkpoint.");
    }

    /// <summary>Takes over a checkpoint of this run. Nothing changes where anything in it is wrong.</summary>
    internal void Load(string path, IReadOnlyList<KeyValuePair<string, string>> settings)
    {
        (SafeTensorsFile file, long step) = Read(path);
        ThrowIfOtherSettings(path, file.Metadata, settings);
        List<ValidationScore> validations = ReadValidations(path, file.Metadata.GetValueOrDefault(ValidationsKey, string.Empty));
        var recentLosses = new LossWindows(lossWindow);
        recentLosses.Take(RecentLosses);
        if (file.Metadata.TryGetValue(RecentLossesKey, out string? losses) && !recentLosses.TryLoad(losses))
        {
            throw TrainerErrors.CheckpointDamaged(path, $"recent losses '{losses}' that are none");
        }

        double scale = 0;
        int goodSteps = 0;
        if (Scaler is not null)
        {
            string[] parts = file.Metadata.GetValueOrDefault(LossScaleKey, string.Empty).Split(' ');
            if (parts.Length != 2
                || !double.TryParse(parts[0], NumberStyles.Float, CultureInfo.InvariantCulture, out scale)
                || !int.TryParse(parts[1], NumberStyles.None, CultureInfo.InvariantCulture, out goodSteps))
            {
                throw TrainerErrors.CheckpointDamaged(path, "no loss scale");
            }
        }

        Model.ThrowIfNotIn(file.Tensors, string.Empty, path);
        Critic?.ThrowIfNotIn(file.Tensors, CriticPrefix, path);

        // All is read and checked: a refused checkpoint has changed nothing.
        Scaler?.Restore(scale, goodSteps);
        RecentLosses.Take(recentLosses);
        Model.Load(file.Tensors, string.Empty, step);
        Critic?.Load(file.Tensors, CriticPrefix, step);
        Validations.Clear();
        Validations.AddRange(validations);
        Step = step;
    }

    public void Dispose()
    {
        Model.Dispose();
        Critic?.Dispose();
    }

    private static void ThrowIfOtherSettings(
        string path, IReadOnlyDictionary<string, string> metadata, IReadOnlyList<KeyValuePair<string, string>> settings)
    {
        if (metadata[FormatKey] == FirstFormatValue)
        {
            throw TrainerErrors.CheckpointWithoutSettings(path);
        }

        var saved = metadata.Where(entry => entry.Key.StartsWith(SettingPrefix, StringComparison.Ordinal))
            .ToDictionary(entry => entry.Key[SettingPrefix.Length..], entry => entry.Value, StringComparer.Ordinal);
        var present = settings.ToDictionary(StringComparer.Ordinal);
        (string Name, string? Saved, string? Present)[] differences = [.. settings.Select(setting => setting.Key)
            .Concat(saved.Keys.Except(present.Keys, StringComparer.Ordinal).Order(StringComparer.Ordinal))
            .Select(name => (name, saved.GetValueOrDefault(name), present.GetValueOrDefault(name)))
            .Where(setting => setting.Item2 != setting.Item3)];
        if (differences.Length > 0)
        {
            throw TrainerErrors.CheckpointOfOtherSettings(path, differences);
        }
    }

    private static List<ValidationScore> ReadValidations(string path, string text)
    {
        var scores = new List<ValidationScore>();
        foreach (string entry in text.Split(' ', StringSplitOptions.RemoveEmptyEntries))
        {
            string[] parts = entry.Split(':');
            scores.Add(parts.Length == 2
                && long.TryParse(parts[0], NumberStyles.None, CultureInfo.InvariantCulture, out long step)
                && double.TryParse(parts[1], NumberStyles.Float, CultureInfo.InvariantCulture, out double psnr)
                ? new ValidationScore(step, psnr)
                : throw TrainerErrors.CheckpointDamaged(path, $"a validation '{entry}' that is no step with its score"));
        }

        return scores;
    }
}
