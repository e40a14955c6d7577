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

    private readonly Device _device;
    private readonly List<(string Name, Parameter Parameter)> _parameters = [];
    private readonly Dictionary<string, Tensor> _averages = new(StringComparer.Ordinal);
    private readonly AdamW _optimizer;

    internal TrainingState(Network network, NetworkWeights weights, Device device, TrainerOptions options)
    {
        weights.ThrowIfNotFor(network);
        _device = device;
        foreach (ParameterSpec spec in network.Parameters)
        {
            using DisposeScope scope = NewDisposeScope();
            Tensor values = Upload(weights[spec.Name]);
            var parameter = new Parameter(values.clone(), requires_grad: true);
            parameter.DetachFromDisposeScope();
            _parameters.Add((spec.Name, parameter));
            _averages.Add(spec.Name, values.clone().DetachFromDisposeScope());
        }

        _optimizer = optim.AdamW(_parameters.Select(p => p.Parameter), options.LearningRate, options.Beta1, options.Beta2, eps: 1e-8, options.WeightDecay);
    }

    /// <summary>Steps done.</summary>
    internal long Step { get; set; }

    internal IReadOnlyList<Parameter> Parameters => [.. _parameters.Select(p => p.Parameter)];

    internal AdamW Optimizer => _optimizer;

    internal Dictionary<string, Tensor> ParametersByName() => _parameters.ToDictionary(p => p.Name, Tensor (p) => p.Parameter, StringComparer.Ordinal);

    internal Dictionary<string, Tensor> AveragesByName() => new(_averages, StringComparer.Ordinal);

    /// <summary>Moves the averages towards the weights. Early steps use a smaller decay, so that the random start is soon forgotten.</summary>
    internal void UpdateAverages(double decay)
    {
        using IDisposable noGrad = no_grad();
        using DisposeScope scope = NewDisposeScope();
        double effective = Math.Min(decay, (1.0 + Step) / (10.0 + Step));
        foreach ((string name, Parameter parameter) in _parameters)
        {
            _averages[name].mul_(effective).add_(parameter, alpha: 1.0 - effective);
        }
    }

    internal NetworkWeights ReadAverages() => new(_averages.Select(a => KeyValuePair.Create(a.Key, Download(a.Value))));

    internal void Save(string path, string fingerprint)
    {
        var tensors = new Dictionary<string, WeightTensor>(StringComparer.Ordinal);
        List<AdamW.State> states = OptimizerStates();
        for (int i = 0; i < _parameters.Count; i++)
        {
            string name = _parameters[i].Name;
            tensors.Add("weight/" + name, Download(_parameters[i].Parameter));
            tensors.Add("average/" + name, Download(_averages[name]));
            tensors.Add("exp_avg/" + name, Download(states[i].exp_avg));
            tensors.Add("exp_avg_sq/" + name, Download(states[i].exp_avg_sq));
        }

        var metadata = new Dictionary<string, string>(StringComparer.Ordinal)
        {
            [FormatKey] = FormatValue,
            [StepKey] = Step.ToString(CultureInfo.InvariantCulture),
            [FingerprintKey] = fingerprint,
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

        using IDisposable noGrad = no_grad();
        List<AdamW.State> states = OptimizerStates();
        for (int i = 0; i < _parameters.Count; i++)
        {
            using DisposeScope scope = NewDisposeScope();
            string name = _parameters[i].Name;
            _parameters[i].Parameter.copy_(Upload(Find(file, path, "weight/" + name, _parameters[i].Parameter)));
            _averages[name].copy_(Upload(Find(file, path, "average/" + name, _averages[name])));
            states[i].exp_avg.copy_(Upload(Find(file, path, "exp_avg/" + name, states[i].exp_avg)));
            states[i].exp_avg_sq.copy_(Upload(Find(file, path, "exp_avg_sq/" + name, states[i].exp_avg_sq)));
            states[i].step = step;
        }

        Step = step;
    }

    public void Dispose()
    {
        _optimizer.Dispose();
        foreach ((_, Parameter parameter) in _parameters)
        {
            parameter.Dispose();
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

    private List<AdamW.State> OptimizerStates() => [.. _optimizer.state_dict().State.Cast<AdamW.State>()];
}
