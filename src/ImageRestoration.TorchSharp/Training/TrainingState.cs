using System.Globalization;
using ImageRestoration.IO;
using ImageRestoration.Networks;

namespace ImageRestoration.TorchSharp;

/// <summary>
/// Everything that training changes: the model's state, that of a network that learns beside it, the step, the scores so far and the losses of late.
/// A checkpoint holds exactly this, so that a resumed run repeats an uninterrupted one bit by bit.
/// </summary>
internal sealed class TrainingState(NetworkState model, NetworkState? critic, long lossWindow, LossScaler? scaler) : IDisposable
{
    private const string FormatKey = "format";
    private const string FormatValue = "image-restoration-checkpoint-1";
    private const string StepKey = "step";
    private const string FingerprintKey = "fingerprint";
    private const string ValidationsKey = "validations";
    private const string RecentLossesKey = "recent-losses";
    private const string LossScaleKey = "loss-scale";
    private const string CriticPrefix = "critic/";

    /// <summary>
    /// Several times what model files may hold: a checkpoint has averages and moments beside the weights, and a second network perhaps. What is
    /// within these limits can be written and read back; more is refused before a run begins.
    /// </summary>
    internal static ModelLimits Limits { get; } = new() { MaximumFileSize = 1L << 38, MaximumHeaderSize = 1 << 28, MaximumTensorCount = 1 << 18 };

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
            throw new TrainingException(string.Create(
                CultureInfo.InvariantCulture,
                $"A checkpoint of this run would hold {tensors} tensors of {bytes} bytes in all; {Limits.MaximumTensorCount} tensors and {mostBytes} bytes can be read back. "
                + $"Train a smaller network, or one of fewer layers."));
        }
    }

    internal void Save(string path, string fingerprint)
    {
        ThrowIfBeyondLimits();
        var tensors = new Dictionary<string, WeightTensor>(StringComparer.Ordinal);
        Model.AddTo(tensors, string.Empty);
        Critic?.AddTo(tensors, CriticPrefix);
        var metadata = new Dictionary<string, string>(StringComparer.Ordinal)
        {
            [FormatKey] = FormatValue,
            [StepKey] = Step.ToString(CultureInfo.InvariantCulture),
            [FingerprintKey] = fingerprint,
            [ValidationsKey] = string.Join(' ', Validations.Select(v => string.Create(CultureInfo.InvariantCulture, $"{v.Step}:{v.Psnr:R}"))),
            [RecentLossesKey] = RecentLosses.Save(),
        };
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
        return file.Metadata.TryGetValue(FormatKey, out string? format) && format == FormatValue
            && long.TryParse(file.Metadata.GetValueOrDefault(StepKey), NumberStyles.None, CultureInfo.InvariantCulture, out long step)
            ? (file, step)
            : throw new ModelFormatException($"'{path}' is no training checkpoint. Name the file that training wrote as its checkpoint.");
    }

    /// <summary>Takes over a checkpoint of this run. Nothing changes where anything in it is wrong.</summary>
    internal void Load(string path, string fingerprint)
    {
        (SafeTensorsFile file, long step) = Read(path);
        string saved = file.Metadata.GetValueOrDefault(FingerprintKey, string.Empty);
        if (saved != fingerprint)
        {
            IEnumerable<string> differences = saved.Split('\n').Except(fingerprint.Split('\n'), StringComparer.Ordinal);
            throw new TrainingException($"Checkpoint '{path}' belongs to a run with other settings (its own: {string.Join("; ", differences)}). Resume with the same settings, or start a new run.");
        }

        List<ValidationScore> validations = ReadValidations(path, file.Metadata.GetValueOrDefault(ValidationsKey, string.Empty));
        var recentLosses = new LossWindows(lossWindow);
        recentLosses.Take(RecentLosses);
        if (file.Metadata.TryGetValue(RecentLossesKey, out string? losses) && !recentLosses.TryLoad(losses))
        {
            throw new ModelFormatException($"Checkpoint '{path}' has recent losses '{losses}' that are none. It is damaged; resume from another.");
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
                throw new ModelFormatException($"Checkpoint '{path}' has no loss scale. It is damaged; resume from another.");
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
                : throw new ModelFormatException($"Checkpoint '{path}' has a validation '{entry}' that is no step with its score. It is damaged; resume from another."));
        }

        return scores;
    }
}
