using ImageRestoration.Networks;
using TorchSharp;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace ImageRestoration.TorchSharp;

/// <summary>
/// What training changes of one network: master weights, their moving average where it is wanted, and the optimiser's moments, all float32.
/// </summary>
internal sealed class NetworkState : IDisposable
{
    private const string WeightPrefix = "weight/";
    private const string AveragePrefix = "average/";
    private const string UpdatesName = "updates";

    private readonly OptimizerOptions _optimizer;
    private readonly Device _device;
    private readonly List<(string Name, Parameter Parameter, bool IsLearned, Tensor[] Moments)> _parameters = [];
    private readonly Dictionary<string, Tensor> _averages = new(StringComparer.Ordinal);

    internal NetworkState(Network network, NetworkWeights weights, Device device, OptimizerOptions optimizer, bool keepsAverages)
    {
        weights.ThrowIfNotFor(network);
        _optimizer = optimizer;
        _device = device;
        foreach (ParameterSpec spec in network.Parameters)
        {
            using DisposeScope scope = NewDisposeScope();
            Tensor values = Upload(weights[spec.Name]);

            // As the kernels want them: what is cast from them, their gradients and their moments then lie in memory alike, and nothing is
            // reordered.
            values = values.ndim == 4 ? TorchTensors.ToChannelsLast(values) : values;
            var parameter = new Parameter(values.clone(), requires_grad: spec.Learned);
            parameter.DetachFromDisposeScope();
            _parameters.Add(
                (
                    spec.Name,
                    parameter,
                    spec.Learned,
                    spec.Learned ? [.. optimizer.StateNames.Select(_ => zeros_like(values).DetachFromDisposeScope())] : []));
            if (keepsAverages)
            {
                _averages.Add(spec.Name, values.clone().DetachFromDisposeScope());
            }
        }

        Learned = [.. _parameters.Where(p => p.IsLearned).Select(p => p.Parameter)];
    }

    /// <summary>What the optimiser changes: not the statistics that normalisation gathers on the way.</summary>
    internal IReadOnlyList<Parameter> Learned { get; }

    /// <summary>
    /// Steps of the optimiser so far. Not the run's: a critic may begin later, and steps whose gradients overflow change nothing.
    /// </summary>
    internal long Updates { get; private set; }

    /// <summary>How many tensors a checkpoint holds of this network, and how many values they have in all.</summary>
    internal (long Tensors, long Values) Size
        => Tensors(string.Empty).Aggregate((1L, 2L), (size, t) => (size.Item1 + 1, size.Item2 + t.Tensor.numel()));

    internal Dictionary<string, Tensor> ParametersByName()
        => _parameters.ToDictionary(p => p.Name, Tensor (p) => p.Parameter, StringComparer.Ordinal);

    internal Dictionary<string, Tensor> AveragesByName() => new(_averages, StringComparer.Ordinal);

    /// <summary>The weights that a checkpoint holds for use: the averaged ones where there are any.</summary>
    internal static NetworkWeights ReadWeights(IReadOnlyDictionary<string, WeightTensor> tensors)
    {
        string prefix = tensors.Keys.Any(name => name.StartsWith(AveragePrefix, StringComparison.Ordinal)) ? AveragePrefix : WeightPrefix;
        return new NetworkWeights(tensors
            .Where(tensor => tensor.Key.StartsWith(prefix, StringComparison.Ordinal))
            .Select(tensor => KeyValuePair.Create(tensor.Key[prefix.Length..], tensor.Value)));
    }

    internal NetworkWeights ReadAverages() => new(_averages.Select(a => KeyValuePair.Create(a.Key, Download(a.Value))));

    /// <summary>Forgets the gradients.</summary>
    internal void ClearGradients()
    {
        foreach (Parameter parameter in Learned)
        {
            parameter.grad = null;
        }
    }

    /// <summary>Takes the factor of the loss out of the gradients.</summary>
    internal void DivideGradients(double scale)
    {
        using IDisposable noGrad = no_grad();
        using DisposeScope scope = NewDisposeScope();
        foreach (Parameter parameter in Learned)
        {
            parameter.grad?.mul_(Keep(1 / scale));
        }
    }

    /// <summary>Whether the backward pass reaches the parameters.</summary>
    internal void CollectGradients(bool collect)
    {
        foreach (Parameter parameter in Learned)
        {
            parameter.requires_grad = collect;
        }
    }

    /// <summary>
    /// One step of the optimiser along the gradients; parameters that the loss did not reach, and statistics, stay as they are.
    /// </summary>
    internal void Update(double learningRate)
    {
        using IDisposable noGrad = no_grad();
        if (!HasGradients())
        {
            return;
        }

        Updates++;
        foreach ((_, Parameter parameter, _, Tensor[] moments) in _parameters)
        {
            using DisposeScope scope = NewDisposeScope();
            if (parameter.grad is { } gradient)
            {
                _optimizer.Update(parameter, gradient, moments, Updates, learningRate);
            }
        }
    }

    private bool HasGradients()
    {
        using DisposeScope scope = NewDisposeScope();
        return Learned.Any(parameter => parameter.grad is not null);
    }

    /// <summary>
    /// Moves the averages towards the weights. Early steps use a smaller decay, so that the random start is soon forgotten.
    /// </summary>
    internal void UpdateAverages(long step, double decay)
    {
        using IDisposable noGrad = no_grad();
        using DisposeScope scope = NewDisposeScope();
        double effective = Math.Min(decay, (1.0 + step) / (10.0 + step));
        foreach ((string name, Parameter parameter, bool isLearned, _) in _parameters)
        {
            if (isLearned)
            {
                _averages[name].mul_(Keep(effective)).add_(parameter, alpha: Keep(1.0 - effective));
            }
            else
            {
                // Statistics are averages already.
                _averages[name].copy_(parameter);
            }
        }
    }

    /// <summary>Adds all tensors, as a checkpoint holds them.</summary>
    internal void AddTo(Dictionary<string, WeightTensor> tensors, string prefix)
    {
        foreach ((string name, Tensor tensor) in Tensors(prefix))
        {
            tensors.Add(name, Download(tensor));
        }

        // Two numbers, because one float32 is exact up to 16 million only.
        tensors.Add(prefix + UpdatesName, new WeightTensor([2], [Updates >> 20, Updates & 0xFFFFF]));
    }

    /// <summary>Checks that a checkpoint has all tensors.</summary>
    internal void ThrowIfNotIn(IReadOnlyDictionary<string, WeightTensor> tensors, string prefix, string path)
    {
        foreach ((string name, Tensor tensor) in Tensors(prefix))
        {
            if (!tensors.TryGetValue(name, out WeightTensor? saved) || !saved.Shape.Select(e => (long)e).SequenceEqual(tensor.shape))
            {
                throw TrainerErrors.CheckpointOfOtherShapes(path, name, tensor.shape);
            }
        }
    }

    /// <summary>Takes all tensors from a checkpoint that has them.</summary>
    internal void Load(IReadOnlyDictionary<string, WeightTensor> tensors, string prefix, long step)
    {
        using IDisposable noGrad = no_grad();

        // Checkpoints of earlier versions took the run's steps for the optimiser's.
        Updates = tensors.TryGetValue(prefix + UpdatesName, out WeightTensor? updates) && updates.Shape is [2]
            ? ((long)updates.Values.Span[0] << 20) + (long)updates.Values.Span[1]
            : step;
        foreach ((string name, Tensor tensor) in Tensors(prefix))
        {
            using DisposeScope scope = NewDisposeScope();
            tensor.copy_(Upload(tensors[name]));
        }
    }

    public void Dispose()
    {
        foreach ((_, Tensor tensor) in Tensors(string.Empty))
        {
            tensor.Dispose();
        }
    }

    private IEnumerable<(string Name, Tensor Tensor)> Tensors(string prefix)
    {
        foreach ((string name, Parameter parameter, _, Tensor[] moments) in _parameters)
        {
            yield return ($"{prefix}{WeightPrefix}{name}", parameter);
            if (_averages.TryGetValue(name, out Tensor? average))
            {
                yield return ($"{prefix}{AveragePrefix}{name}", average);
            }

            foreach ((string moment, Tensor tensor) in _optimizer.StateNames.Zip(moments))
            {
                yield return ($"{prefix}{moment}/{name}", tensor);
            }
        }
    }

    private static WeightTensor Download(Tensor tensor)
    {
        using DisposeScope scope = NewDisposeScope();
        return new WeightTensor([.. tensor.shape.Select(e => checked((int)e))], TorchTensors.ToArray(tensor));
    }

    private Tensor Upload(WeightTensor tensor) => TorchTensors.ToTorch(tensor.Values.Span, [.. tensor.Shape.Select(e => (long)e)], _device);
}
