using System.Collections.Immutable;
using System.Globalization;
using ImageRestoration.Networks;
using static TorchSharp.torch;

namespace ImageRestoration.TorchSharp;

/// <summary>What losses have in common that look at prediction and target through a frozen network.</summary>
/// <remarks>
/// Any network will do: layers of a classifier whose weights were loaded, or the encoder of an autoencoder. Holds native memory from the
/// first batch on: dispose it after training.
/// </remarks>
public abstract class FeatureLoss : Loss, IDisposable
{
    private readonly Network _features;
    private readonly NetworkWeights _weights;
    private readonly Lazy<string> _digest;
    private readonly Lock _lock = new();
    private TorchNetwork? _network;
    private bool _disposed;

    /// <summary>Creates the loss.</summary>
    /// <param name="features">Network of a picture; each of its outputs is compared.</param>
    /// <param name="weights">Its weights; they stay as they are.</param>
    /// <exception cref="ArgumentException">The network takes more than a picture.</exception>
    /// <exception cref="ModelFormatException">The weights do not fit the network.</exception>
    /// <exception cref="UnsupportedLayerException">The backend has no implementation of a layer.</exception>
    private protected FeatureLoss(Network features, NetworkWeights weights)
    {
        ArgumentNullException.ThrowIfNull(features);
        ArgumentNullException.ThrowIfNull(weights);
        if (features.Inputs.Length != 1)
        {
            throw LossErrors.FeatureInputs(features, nameof(features));
        }

        weights.ThrowIfNotFor(features);
        TorchLowering.ThrowIfUnsupported(features);
        _features = features;
        _weights = weights;
        _digest = new(weights.Digest);
    }

    /// <summary>Weight of each output, in order; empty for 1 each.</summary>
    /// <value>Default empty.</value>
    public ImmutableArray<double> OutputWeights
    {
        get;
        init => field = value.IsDefaultOrEmpty ? [] : value.Length == _features.Outputs.Length
            ? [.. value.Select(w => LossWeight.Required(w))]
            : throw LossErrors.OutputWeights(value.Length, _features, nameof(value));
    } = [];

    /// <summary>What is subtracted from each channel before the network sees it; empty for nothing.</summary>
    /// <value>Default empty; 0.485, 0.456, 0.406 for networks trained on ImageNet with PyTorch.</value>
    public ImmutableArray<double> Mean { get; init => field = PerChannel(value); } = [];

    /// <summary>What each channel is then divided by; empty for 1.</summary>
    /// <value>Above 0; default empty; 0.229, 0.224, 0.225 for networks trained on ImageNet with PyTorch.</value>
    public ImmutableArray<double> StandardDeviation
    {
        get;
        init => field = PerChannel(value).All(v => v > 0)
            ? PerChannel(value)
            : throw new ArgumentOutOfRangeException(nameof(value), "Every standard deviation must be above 0.");
    } = [];

    /// <inheritdoc/>
    public override string Description
        => $"{Name} {_features.Describe()}, weights {_digest.Value}{Given("output weights", OutputWeights)}{Given("mean", Mean)}"
            + Given("deviation", StandardDeviation);

    /// <summary>Name and own settings.</summary>
    private protected abstract string Name { get; }

    /// <inheritdoc/>
    public override Tensor Compute(LossInput input)
    {
        int channels = _features.Inputs[0].Channels;
        if (input.Prediction.shape[1] != channels)
        {
            throw LossErrors.FeatureChannels(_features, input.Prediction.shape[1]);
        }

        TorchNetwork network = Open(input.Prediction.device);
        Tensor[] target;
        using (no_grad())
        {
            target = network.Forward(Normalize(input.Target));
        }

        Tensor[] prediction = network.Forward(Normalize(Picture(input)));
        Tensor? sum = null;
        for (int i = 0; i < prediction.Length; i++)
        {
            Tensor term = Compare(prediction[i], target[i]);
            term = OutputWeights.IsEmpty ? term : term * Keep(OutputWeights[i]);
            sum = sum is null ? term : sum.Plus(term);
        }

        return sum!;
    }

    /// <summary>The picture that is looked at beside the target.</summary>
    private protected virtual Tensor Picture(LossInput input) => input.Prediction;

    /// <summary>The difference in one output of the network: a tensor with a single value.</summary>
    private protected abstract Tensor Compare(Tensor prediction, Tensor target);

    /// <summary>Frees the network.</summary>
    public void Dispose()
    {
        Dispose(true);
        GC.SuppressFinalize(this);
    }

    /// <summary>Frees the network.</summary>
    /// <param name="disposing">Whether called by <see cref="Dispose()"/>.</param>
    protected virtual void Dispose(bool disposing)
    {
        lock (_lock)
        {
            _disposed = true;
            if (disposing)
            {
                _network?.Dispose();
            }
        }
    }

    private TorchNetwork Open(Device device)
    {
        lock (_lock)
        {
            ObjectDisposedException.ThrowIf(_disposed, this);
            return _network ??= new TorchNetwork(_features, _weights, device, ComputePrecision.Float32);
        }
    }

    private Tensor Normalize(Tensor pictures)
    {
        Tensor centred = Mean.IsEmpty ? pictures : pictures - ToTensor(Mean, pictures.device);
        return StandardDeviation.IsEmpty ? centred : centred / ToTensor(StandardDeviation, pictures.device);
    }

    private static Tensor ToTensor(ImmutableArray<double> channels, Device device)
        => TorchTensors.ToTorch([.. channels.Select(v => (float)v)], [1, channels.Length, 1, 1], device);

    private ImmutableArray<double> PerChannel(ImmutableArray<double> values)
        => values.IsDefaultOrEmpty ? [] : values.Length == _features.Inputs[0].Channels && values.All(double.IsFinite)
            ? values
            : throw LossErrors.ValuesPerChannel(values.Length, _features, nameof(values));

    private static string Given(string what, ImmutableArray<double> values)
        => values.IsEmpty
            ? string.Empty
            : $", {what} {string.Join('/', values.Select(v => v.ToString("R", CultureInfo.InvariantCulture)))}";
}
