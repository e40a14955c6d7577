using ImageRestoration.Data;
using ImageRestoration.Networks;
using ImageRestoration.Numerics;
using static TorchSharp.torch;

namespace ImageRestoration.TorchSharp;

/// <summary>One batch on the device, and the networks to run on it, as an objective sees them. Tensors live until the step ends.</summary>
internal sealed class TrainingStep
{
    // Apart from the streams of the samples, which count from 0.
    private const int NoiseStream = -2;

    private readonly TrainingBatch _batch;
    private readonly TorchNetwork _network;
    private readonly TorchNetwork? _critic;
    private readonly TrainingState _state;
    private readonly TrainerOptions _options;
    private readonly Device _device;
    private readonly long _seed;
    private readonly Dictionary<string, double> _terms;

    internal TrainingStep(
        TrainingBatch batch,
        TorchNetwork network,
        TorchNetwork? critic,
        TrainingState state,
        TrainerOptions options,
        Device device,
        BatchUpload upload,
        long seed,
        Dictionary<string, double> terms)
    {
        _batch = batch;
        _network = network;
        _critic = critic;
        _state = state;
        _options = options;
        _device = device;
        _seed = seed;
        _terms = terms;
        Input = upload.Upload(BatchUpload.Slot.Input, batch.Input);
        Target = upload.Upload(BatchUpload.Slot.Target, batch.Target);
        Mask = batch.Mask is null ? null : upload.Upload(BatchUpload.Slot.Mask, batch.Mask);
    }

    /// <summary>The model's encoder and decoder with its parameters, where it is made of two networks.</summary>
    internal (TorchNetwork Encoder, TorchNetwork Decoder)? Halves { private get; init; }

    /// <summary>The model's network.</summary>
    internal Network Network => _network.Network;

    /// <summary>What is minimised.</summary>
    internal Loss Loss => _options.Loss;

    /// <summary>Steps done before this one.</summary>
    internal long Number => _state.Step;

    /// <summary>Share of the run that is done, in [0, 1).</summary>
    internal double Progress => (double)Number / _options.Steps;

    /// <summary>Degraded pictures, NCHW float32.</summary>
    internal Tensor Input { get; }

    /// <summary>Clean pictures of the same shape.</summary>
    internal Tensor Target { get; }

    /// <summary>Missing pixels (1), N×1×H×W.</summary>
    internal Tensor? Mask { get; }

    /// <summary>Class of each sample, where the pictures have classes.</summary>
    internal IReadOnlyList<int>? Labels => _batch.Labels;

    /// <summary>A source of randomness that is the same whenever this batch is trained on.</summary>
    internal SeededRandom CreateRandom() => SeededRandom.ForSample(_seed, _batch.Step, NoiseStream);

    /// <summary>Standard normal noise, the same on every machine whenever this batch is trained on.</summary>
    internal Tensor Noise(ReadOnlySpan<long> shape, Random random)
    {
        long count = 1;
        foreach (long extent in shape)
        {
            count *= extent;
        }

        var values = new float[count];
        random.NextGaussian(values);

        return TorchTensors.ToTorch(values, shape, _device);
    }

    /// <summary>Copies an array to the device.</summary>
    internal Tensor Upload(ReadOnlySpan<float> values, ReadOnlySpan<long> shape) => TorchTensors.ToTorch(values, shape, _device);

    /// <summary>The model's first output for pictures, with this batch's masks where it takes masks.</summary>
    internal Tensor Restore(Tensor pictures) => (Mask is null ? Run(pictures) : Run(pictures, Mask))[0];

    /// <summary>All outputs of the model, in training mode.</summary>
    internal Tensor[] Run(params ReadOnlySpan<Tensor> inputs) => _network.Forward(training: true, inputs);

    /// <summary>
    /// The model's latent of pictures by name, with this batch's masks where the encoder takes masks, and given the conditions.
    /// </summary>
    internal Dictionary<string, Tensor> Encode(Tensor pictures, IReadOnlyDictionary<string, Tensor> conditions)
    {
        TorchNetwork encoder = Parts.Encoder;
        int taken = 0;
        Tensor[] outputs = encoder.Forward(
            training: true, [.. encoder.Network.Inputs.Select(i => i.IsCondition ? conditions[i.Name] : taken++ == 0 ? pictures : Mask!)]);
        return encoder.Network.Outputs.Zip(outputs).ToDictionary(pair => pair.First.Name, pair => pair.Second, StringComparer.Ordinal);
    }

    /// <summary>The pictures that the model's decoder makes of a latent.</summary>
    internal Tensor Decode(Dictionary<string, Tensor> latent)
        => Parts.Decoder.Forward(training: true, [.. Parts.Decoder.Network.Inputs.Select(i => latent[i.Name])])[0];

    /// <summary>All outputs of the critic for pictures, with this batch's masks where it takes masks.</summary>
    internal Tensor[] Judge(Tensor pictures)
        => _critic is not { } critic ? throw new InvalidOperationException("The objective has no critic.")
            : critic.Network.Inputs.Length == 1 ? critic.Forward(training: true, pictures)
            : critic.Forward(training: true, pictures, Mask!);

    /// <summary>Whether the backward pass reaches the critic's own parameters, or only passes through.</summary>
    internal void TeachCritic(bool teach) => _state.Critic!.CollectGradients(teach);

    /// <summary>A prediction of this batch, as a loss wants it.</summary>
    internal LossInput LossOf(Tensor prediction) => new(prediction, Target, Mask, Number);

    /// <summary>Adds the gradients of a loss.</summary>
    /// <returns>The loss.</returns>
    internal double Backward(Tensor loss)
    {
        double factor = (_state.Scaler?.Scale ?? 1) / _options.GradientAccumulation;
        (factor == 1 ? loss : loss * Keep(factor)).backward();

        // Read last: on a device, reading waits for everything before it, and the backward pass is queued by now.
        double value = loss.item<float>();
        return double.IsFinite(value) ? value : throw new NotFiniteNumberException();
    }

    private (TorchNetwork Encoder, TorchNetwork Decoder) Parts
        => Halves ?? throw new InvalidOperationException("The model is one network.");

    /// <summary>Reports a part of the loss beside the whole.</summary>
    internal void Report(string term, double value)
        => _terms[term] = _terms.GetValueOrDefault(term) + (value / _options.GradientAccumulation);
}
