using System.Globalization;
using ImageRestoration.IO;
using ImageRestoration.Networks;
using TorchSharp;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace ImageRestoration.TorchSharp;

/// <summary>
/// Everything that training changes: master weights, their moving average and the optimiser's moments, all float32, and the step.
/// A checkpoint holds exactly this, so that a resumed run repeats an uninterrupted one bit by bit.
/// </summary>
internal sealed class TrainingState : IDisposable
{
    private const string FormatKey = "format";
    private const string FormatValue = "image-restoration-checkpoint-1";
    private const string StepKey = "step";
    private const string FingerprintKey = "fingerprint";
    private const string ValidationsKey = "validations";

    private readonly Device _device;
    private readonly OptimizerOptions _optimizer;
    private readonly List<(string Name, Parameter Parameter, Tensor[] Moments)> _parameters = [];
    private readonly Dictionary<string, Tensor> _averages = new(StringComparer.Ordinal);

    internal TrainingState(Network network, NetworkWeights weights, Device device, OptimizerOptions optimizer)
    {
        weights.ThrowIfNotFor(network);
        _device = device;
        _optimizer = optimizer;
        foreach (ParameterSpec spec in network.Parameters)
        {
            using DisposeScope scope = NewDisposeScope();
            Tensor values = Upload(weights[spec.Name]);
            var parameter = new Parameter(values.clone(), requires_grad: spec.Learned);
            parameter.DetachFromDisposeScope();
            _parameters.Add((spec.Name, parameter, spec.Learned ? [.. optimizer.StateNames.Select(_ => zeros_like(values).DetachFromDisposeScope())] : []));
            _averages.Add(spec.Name, values.clone().DetachFromDisposeScope());
        }
    }

    /// <summary>Steps done.</summary>
    internal long Step { get; set; }

    /// <summary>What the optimiser changes: not the statistics that normalisation gathers on the way.</summary>
    internal IReadOnlyList<Parameter> Learned => [.. _parameters.Select(p => p.Parameter).Where(p => p.requires_grad)];

    /// <summary>Scores so far, in order: schedule and early stopping are functions of them.</summary>
    internal List<ValidationScore> Validations { get; } = [];

    internal Dictionary<string, Tensor> ParametersByName() => _parameters.ToDictionary(p => p.Name, Tensor (p) => p.Parameter, StringComparer.Ordinal);

    internal Dictionary<string, Tensor> AveragesByName() => new(_averages, StringComparer.Ordinal);

    /// <summary>Forgets the gradients.</summary>
    internal void ClearGradients()
    {
        foreach ((_, Parameter parameter, _) in _parameters)
        {
            parameter.grad = null;
        }
    }

    /// <summary>One step of the optimiser along the gradients; parameters that the loss did not reach, and statistics, stay as they are.</summary>
    internal void Update(double learningRate)
    {
        using IDisposable noGrad = no_grad();
        Step++;
        foreach ((_, Parameter parameter, Tensor[] moments) in _parameters)
        {
            using DisposeScope scope = NewDisposeScope();
            if (parameter.grad is { } gradient)
            {
                _optimizer.Update(parameter, gradient, moments, Step, learningRate);
            }
        }
    }

    /// <summary>Moves the averages towards the weights. Early steps use a smaller decay, so that the random start is soon forgotten.</summary>
    internal void UpdateAverages(double decay)
    {
        using IDisposable noGrad = no_grad();
        using DisposeScope scope = NewDisposeScope();
        double effective = Math.Min(decay, (1.0 + Step) / (10.0 + Step));
        foreach ((string name, Parameter parameter, _) in _parameters)
        {
            if (parameter.requires_grad)
            {
                _averages[name].mul_(effective).add_(parameter, alpha: 1.0 - effective);
            }
            else
            {
                // Statistics are averages already.
                _averages[name].copy_(parameter);
            }
        }
    }

    internal NetworkWeights ReadAverages() => new(_averages.Select(a => KeyValuePair.Create(a.Key, Download(a.Value))));

    internal void Save(string path, string fingerprint)
    {
        var tensors = new Dictionary<string, WeightTensor>(StringComparer.Ordinal);
        foreach ((string name, Parameter parameter, Tensor[] moments) in _parameters)
        {
            tensors.Add("weight/" + name, Download(parameter));
            tensors.Add("average/" + name, Download(_averages[name]));
            foreach ((string moment, Tensor tensor) in _optimizer.StateNames.Zip(moments))
            {
                tensors.Add($"{moment}/{name}", Download(tensor));
            }
        }

        var metadata = new Dictionary<string, string>(StringComparer.Ordinal)
        {
            [FormatKey] = FormatValue,
            [StepKey] = Step.ToString(CultureInfo.InvariantCulture),
            [FingerprintKey] = fingerprint,
            [ValidationsKey] = string.Join(' ', Validations.Select(v => string.Create(CultureInfo.InvariantCulture, $"{v.Step}:{v.Psnr:R}"))),
        };
        AtomicFile.Write(path, stream => new SafeTensorsFile(tensors, metadata).Write(stream));
    }

    internal void Load(string path, string fingerprint)
    {
        SafeTensorsFile file;
        using (FileStream stream = File.OpenRead(path))
        {
            file = SafeTensorsFile.Read(stream);
        }

        if (!file.Metadata.TryGetValue(FormatKey, out string? format) || format != FormatValue
            || !long.TryParse(file.Metadata.GetValueOrDefault(StepKey), NumberStyles.None, CultureInfo.InvariantCulture, out long step))
        {
            throw new ModelFormatException($"'{path}' is no training checkpoint. Name the file that training wrote as its checkpoint.");
        }

        string saved = file.Metadata.GetValueOrDefault(FingerprintKey, string.Empty);
        if (saved != fingerprint)
        {
            IEnumerable<string> differences = saved.Split('\n').Except(fingerprint.Split('\n'), StringComparer.Ordinal);
            throw new TrainingException($"Checkpoint '{path}' belongs to a run with other settings (its own: {string.Join("; ", differences)}). Resume with the same settings, or start a new run.");
        }

        List<ValidationScore> validations = ReadValidations(path, file.Metadata.GetValueOrDefault(ValidationsKey, string.Empty));
        using IDisposable noGrad = no_grad();
        foreach ((string name, Parameter parameter, Tensor[] moments) in _parameters)
        {
            using DisposeScope scope = NewDisposeScope();
            parameter.copy_(Upload(Find(file, path, "weight/" + name, parameter)));
            _averages[name].copy_(Upload(Find(file, path, "average/" + name, _averages[name])));
            foreach ((string moment, Tensor tensor) in _optimizer.StateNames.Zip(moments))
            {
                tensor.copy_(Upload(Find(file, path, $"{moment}/{name}", tensor)));
            }
        }

        Validations.Clear();
        Validations.AddRange(validations);
        Step = step;
    }

    public void Dispose()
    {
        foreach ((_, Parameter parameter, Tensor[] moments) in _parameters)
        {
            parameter.Dispose();
            foreach (Tensor moment in moments)
            {
                moment.Dispose();
            }
        }

        foreach (Tensor average in _averages.Values)
        {
            average.Dispose();
        }
    }

    private static WeightTensor Find(SafeTensorsFile file, string path, string name, Tensor like)
    {
        if (!file.Tensors.TryGetValue(name, out WeightTensor? tensor) || !tensor.Shape.Select(e => (long)e).SequenceEqual(like.shape))
        {
            throw new ModelFormatException($"Checkpoint '{path}' has no tensor '{name}' of shape [{string.Join(", ", like.shape)}]. It belongs to another network or is damaged.");
        }

        return tensor;
    }

    private static WeightTensor Download(Tensor tensor)
    {
        using DisposeScope scope = NewDisposeScope();
        return new WeightTensor([.. tensor.shape.Select(e => checked((int)e))], TorchTensors.ToArray(tensor));
    }

    private Tensor Upload(WeightTensor tensor) => TorchTensors.ToTorch(tensor.Values.Span, [.. tensor.Shape.Select(e => (long)e)], _device);

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
