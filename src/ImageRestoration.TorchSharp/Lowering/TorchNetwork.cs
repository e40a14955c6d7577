using ImageRestoration.Networks;
using TorchSharp;
using static TorchSharp.torch;

namespace ImageRestoration.TorchSharp;

/// <summary>
/// A declared network with its weights on a device. Holds native memory: dispose it; runs in progress end first. Running it changes
/// nothing.
/// </summary>
internal sealed class TorchNetwork : IDisposable
{
    private readonly Dictionary<string, Tensor> _weights;
    private readonly Dictionary<string, int> _lastUse = new(StringComparer.Ordinal);
    private readonly ComputePrecision _precision;
    private readonly UseCount _uses;

    /// <summary>Copies weights to a device.</summary>
    internal TorchNetwork(Network network, NetworkWeights weights, Device device, ComputePrecision precision)
        : this(network, Upload(network, weights, device), device, precision, ownsWeights: true)
    {
    }

    /// <summary>Uses tensors that belong to somebody else, such as the trainer's parameters.</summary>
    internal TorchNetwork(Network network, Dictionary<string, Tensor> weights, Device device, ComputePrecision precision)
        : this(network, weights, device, precision, ownsWeights: false)
    {
    }

    private TorchNetwork(Network network, Dictionary<string, Tensor> weights, Device device, ComputePrecision precision, bool ownsWeights)
    {
        TorchLowering.ThrowIfUnsupported(network);
        Network = network;
        Device = device;
        _weights = weights;
        _precision = precision;
        _uses = new UseCount(() =>
        {
            if (ownsWeights)
            {
                weights.Values.ToList().ForEach(weight => weight.Dispose());
            }
        });
        for (int i = 0; i < network.Layers.Length; i++)
        {
            foreach (string input in network.Layers[i].Inputs)
            {
                _lastUse[input] = i;
            }
        }

        foreach (NetworkInput input in network.Inputs)
        {
            _lastUse.Remove(input.Name);
        }

        foreach (NetworkOutput output in network.Outputs)
        {
            _lastUse.Remove(output.Value);
        }
    }

    internal Network Network { get; }

    internal Device Device { get; }

    internal bool IsDisposed => _uses.IsDisposed;

    /// <summary>Threads within operations, where the network runs on threads that others use too.</summary>
    internal int? Threads { get; init; }

    /// <summary>
    /// Computes all outputs, float32 (float64 where the inputs are and no layer has weights), in the current dispose scope. Inputs stay the
    /// caller's. Values between layers are released as soon as no later layer needs them; what autograd needs of them it keeps itself.
    /// </summary>
    internal Tensor[] Forward(params ReadOnlySpan<Tensor> inputs) => Forward(training: false, inputs);

    /// <summary>
    /// The same, for training where asked: batch normalisation then uses the batch's own statistics and moves its running ones, which are
    /// among the weights, in place.
    /// </summary>
    internal Tensor[] Forward(bool training, params ReadOnlySpan<Tensor> inputs)
    {
        _uses.Enter(this);
        try
        {
            return Compute(training, inputs);
        }
        finally
        {
            _uses.Leave();
        }
    }

    /// <inheritdoc/>
    public void Dispose() => _uses.Dispose();

    private static Dictionary<string, Tensor> Upload(Network network, NetworkWeights weights, Device device)
    {
        weights.ThrowIfNotFor(network);
        var tensors = new Dictionary<string, Tensor>(StringComparer.Ordinal);
        foreach (ParameterSpec parameter in network.Parameters)
        {
            using DisposeScope scope = NewDisposeScope();
            long[] shape = [.. parameter.Shape.Select(extent => (long)extent)];
            tensors.Add(parameter.Name, TorchTensors.ToTorch(weights[parameter.Name].Values.Span, shape, device).DetachFromDisposeScope());
        }

        return tensors;
    }

    private Tensor[] Compute(bool training, ReadOnlySpan<Tensor> inputs)
    {
        if (Threads is { } threads)
        {
            TorchRuntime.UseThreads(threads);
        }

        using DisposeScope scope = NewDisposeScope();
        var values = new Dictionary<string, Tensor>(StringComparer.Ordinal);
        for (int i = 0; i < inputs.Length; i++)
        {
            values.Add(Network.Inputs[i].Name, inputs[i]);
        }

        for (int i = 0; i < Network.Layers.Length; i++)
        {
            Layer layer = Network.Layers[i];
            values.Add(layer.Name, Run(layer, values, training));
            foreach (string input in layer.Inputs)
            {
                if (_lastUse.TryGetValue(input, out int last) && last == i && values.Remove(input, out Tensor? finished))
                {
                    finished.Dispose();
                }
            }
        }

        var outputs = new Tensor[Network.Outputs.Length];
        for (int i = 0; i < outputs.Length; i++)
        {
            Tensor value = values[Network.Outputs[i].Value];

            // An alias, so that an output which is an input too can be disposed on its own.
            outputs[i] = (value.dtype is ScalarType.Float32 or ScalarType.Float64 ? value.alias() : value.to(ScalarType.Float32))
                .MoveToOuterDisposeScope();
        }

        return outputs;
    }

    private Tensor Run(Layer layer, Dictionary<string, Tensor> values, bool training)
    {
        using DisposeScope scope = NewDisposeScope();
        var inputs = new Tensor[layer.Inputs.Length];
        for (int i = 0; i < inputs.Length; i++)
        {
            inputs[i] = values[layer.Inputs[i]];
        }

        return TorchLowering.Apply(layer, inputs, _weights, _precision, training).MoveToOuterDisposeScope();
    }
}
